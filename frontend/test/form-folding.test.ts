// Which fields stand open, what is left to do, what things are called.

import { describe, expect, test } from "vitest";
import { leadsTo } from "../src/form/aim.tsx";
import { around, groupsOf, isShort, toDo } from "../src/form/folding.ts";
import { brought, candidates, copied, copiedMarks, marksBelow, titleOf } from "../src/form/naming.ts";
import type { Node, SectionGuide } from "../src/types.ts";
import { GUIDE } from "./guide.ts";

const everything = () => true;
const light = (scope: string[] | undefined) => !scope?.length || scope.includes("light");
const section = (name: string) => GUIDE.sections[name] as SectionGuide;
const names = (fields: { name: string }[]) => fields.map(({ name }) => name);

describe("folding", () => {
  test("what the target asks for is open, the rest one click away", () => {
    const [about] = groupsOf(section("study"), {}, ["bia"], everything);
    expect(names(about?.open ?? [])).toEqual(["title", "description", "keywords"]);
    expect(names(about?.folded ?? [])).toEqual(["study_type"]);
  });

  test("another target opens what it asks for", () => {
    const [about] = groupsOf(section("study"), {}, ["bia", "idr"], everything);
    expect(names(about?.folded ?? [])).toEqual([]);
  });

  test("no field gets lost, whatever the target", () => {
    for (const target of GUIDE.targets)
      for (const one of Object.values(GUIDE.sections)) {
        const shown = groupsOf(one, {}, [target], everything).flatMap(({ open, folded }) => [...open, ...folded]);
        expect(names(shown).sort()).toEqual(names(one.fields).sort());
      }
  });

  test("other kinds of imaging are left out, unless they hold a value", () => {
    const fields = (node: Node) =>
      names(
        groupsOf(section("acquisition"), node, ["isatab"], light).flatMap(({ open, folded }) => [...open, ...folded]),
      );
    expect(fields({})).not.toContain("photon_energy");
    expect(fields({ photon_energy: { number: 8, unit: "keV" } })).toContain("photon_energy");
  });

  test("what is to do is what a target refuses to do without", () => {
    const node = { id: "bs-1", title: "a", organism: { absent: "not_recorded" } };
    expect(toDo(section("biosample"), node, ["isatab"], everything)).toBe(1);
    expect(
      toDo(section("biosample"), { ...node, biological_entity: [{ label: "HeLa" }] }, ["isatab"], everything),
    ).toBe(0);
  });

  test("short fields share a line", () => {
    const field = (name: string) => section("acquisition").fields.find((one) => one.name === name);
    expect(isShort(field("objective_na") as never)).toBe(true);
    expect(isShort(field("acquisition_parameters") as never)).toBe(false);
  });
});

test("of many, the neighbours of the chosen one are shown", () => {
  const all = Array.from({ length: 200 }, (_, n) => n);
  expect(around(all, 0, 8)).toEqual(all.slice(0, 8));
  expect(around(all, 100, 8)).toContain(100);
  expect(around(all, 199, 8)).toEqual(all.slice(192));
  expect(around([1, 2], 0, 8)).toEqual([1, 2]);
});

test("a path leads to its place and what lies below, not to a neighbour with a longer name", () => {
  expect(leadsTo("/a/b-1/x", ["/a/b-1"])).toBe(true);
  expect(leadsTo("/a/b-10/x", ["/a/b-1"])).toBe(false);
});

describe("titles", () => {
  const record = {
    people: [{ id: "pe-1", first_name: "Ada", last_name: "Lovelace" }],
    samples: [{ id: "sa-1", title: "s", labels: [{ id: "lb-1", content: { label: "EGFP" } }] }],
    components: [{ id: "sc-1", associations: [{ id: "as-1", sample: "sa-1" }] }],
  };
  test("a person is called by both names", () => {
    expect(candidates("people", "en", record, GUIDE)).toEqual([{ id: "pe-1", title: "Ada Lovelace" }]);
  });
  test("labels of all samples can be referred to", () => {
    expect(candidates("labels", "en", record, GUIDE)).toEqual([{ id: "lb-1", title: "EGFP" }]);
  });
  test("an association is called by its sample", () => {
    const node = { id: "as-1", sample: "sa-1" };
    expect(titleOf(section("association"), node, "en", record, GUIDE)).toBe("s");
  });
});

test("a copy has rows of its own, and what comes from elsewhere refers to nothing", () => {
  const node = { id: "sa-1", title: "s", biosample: "bs-9", labels: [{ id: "lb-1", content: { label: "EGFP" } }] };
  const copy = copied(section("sample"), node, GUIDE);
  const [label] = copy.labels as Node[];
  expect(copy).not.toHaveProperty("id");
  expect(label?.id).toMatch(/^lb-/);
  expect(label?.id).not.toBe("lb-1");
  expect(brought(section("sample"), node, GUIDE)).not.toHaveProperty("biosample");
});

test("what waits for confirmation waits in a copy too", () => {
  const node = { id: "ac-1", title: "a", objective_na: 1.4, channels: [{ id: "ch-1", name: "DAPI" }] };
  const copy = copied(section("acquisition"), node, GUIDE);
  const [row] = copy.channels as Node[];
  const pencil = { confirmed: false };
  const marks = copiedMarks(node, copy, { objective_na: pencil, "channels/ch-1/name": pencil });
  expect(marks).toEqual({ title: {}, objective_na: pencil, [`channels/${row?.id}/name`]: pencil });
});

test("the marks of an entity go with it", () => {
  const marks = { "/biosamples/bs-1/title": {}, "/biosamples/bs-10/title": { confirmed: false } };
  expect(marksBelow(marks, "/biosamples/bs-1")).toEqual({ title: {} });
});
