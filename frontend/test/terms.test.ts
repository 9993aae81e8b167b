// The field for terms without a page: words compared, terms remembered, terms counted, the order of the list.

import { describe, expect, test } from "vitest";
import { around, arranged, FREE, type Given } from "../src/fields/arranged.ts";
import { fold, pieces } from "../src/fields/fold.ts";
import { nameOfOntology, ONTOLOGIES, placesToAsk } from "../src/fields/ontologies.ts";
import { KEPT, recentTerms, remember } from "../src/fields/recent.ts";
import { asOption, type Match, type Suggested, suggested } from "../src/fields/search.ts";
import { saysItAll } from "../src/fields/termsearch.tsx";
import { usedTerms } from "../src/fields/used.ts";
import type { FieldGuide, Guide } from "../src/types.ts";

const t = Object.assign(
  (key: string, values: Record<string, unknown> = {}) => [key, ...Object.values(values)].join(" "),
  { n: (key: string, n: number) => `${key} ${n}` },
);
const mouse = { label: "Mus musculus", id: "NCBITaxon:10090", ontology: "NCBITaxon" };
const rat = { label: "Rattus norvegicus", id: "NCBITaxon:10116", ontology: "NCBITaxon" };
const human = { label: "Homo sapiens", id: "NCBITaxon:9606", ontology: "NCBITaxon" };

function hit(term: typeof mouse, more: Partial<Match> = {}): Suggested {
  return suggested({ ...term, why: "so", confident: true, score: 1000, ...more });
}

describe("words", () => {
  test.each([
    ["Étude", "etude"],
    ["μm", "um"],
    ["µm", "um"],
    ["ﬁbroblast", "fibroblast"],
    ["HeLa", "hela"],
    ["İstanbul", "istanbul"],
  ])("%s is compared as %s", (text, folded) => expect(fold(text)).toBe(folded));

  const marked = (text: string, query: string) =>
    pieces(text, query)
      .map((piece) => (piece.marked ? `[${piece.text}]` : piece.text))
      .join("");

  test.each([
    ["confocal microscopy", "conf", "[conf]ocal microscopy"],
    ["confocal microscopy", "micro conf", "[conf]ocal [micro]scopy"],
    ["microscopie à fluorescence", "fluo", "microscopie à [fluo]rescence"],
    ["Étude de l’œil", "etude", "[Étude] de l’œil"],
    ["ﬁbroblast", "fibro", "[ﬁbro]blast"],
    ["cell", "ell", "cell"],
    ["cell", "c", "cell"],
    ["cell", "", "cell"],
    ["a.b (c)", "(c) .*+?[", "a.b (c)"],
    ["𝒳 cells", "cells", "𝒳 [cells]"],
    ["<b>mouse</b>", "mouse", "<b>[mouse]</b>"],
    ["mouse mouse", "mouse", "[mouse] [mouse]"],
  ])("in %s the words %s are marked", (text, query, shown) => expect(marked(text, query)).toBe(shown));

  test("the pieces are the whole text", () => {
    const text = "Ünïcode 𝒳 ﬁ İ ﷺ mouse";
    expect(
      pieces(text, "uni fi mouse i")
        .map((piece) => piece.text)
        .join(""),
    ).toBe(text);
  });
});

describe("terms taken lately", () => {
  function box(): Storage {
    const held = new Map<string, string>();
    return {
      getItem: (key: string) => held.get(key) ?? null,
      setItem: (key: string, value: string) => void held.set(key, value),
    } as never;
  }

  test("the last one comes first, none stands twice, each vocabulary has its own", () => {
    const keep = box();
    for (const term of [mouse, rat, mouse]) remember("organism", term, keep);
    expect(recentTerms("organism", keep)).toEqual([mouse, rat]);
    expect(recentTerms("cell_line", keep)).toEqual([]);
  });

  test("only so many are kept, and no free text", () => {
    const keep = box();
    for (let n = 0; n < KEPT + 5; n++) remember("organism", { label: `T${n}`, id: `X:${n}` }, keep);
    remember("organism", { label: "my own words" }, keep);
    expect(recentTerms("organism", keep)).toHaveLength(KEPT);
    expect(recentTerms("organism", keep)[0]?.label).toBe(`T${KEPT + 4}`);
  });

  test.each(["not json", "[]", "null", '{"organism": 3}', '{"organism": [3, {"label": 1}, {"label": "a"}]}'])(
    "a storage that holds %s costs nothing",
    (said) => {
      const keep = box();
      keep.setItem("rembi:recent-terms", said);
      expect(recentTerms("organism", keep)).toEqual([]);
      remember("organism", mouse, keep);
      expect(recentTerms("organism", keep)).toEqual([mouse]);
    },
  );

  test("a full or closed storage is no fault", () => {
    const full = {
      getItem: () => null,
      setItem: () => {
        throw new Error("full");
      },
    } as never;
    expect(() => remember("organism", mouse, full)).not.toThrow();
    expect(() => remember("organism", mouse, undefined)).not.toThrow();
    expect(recentTerms("organism", undefined)).toEqual([]);
  });
});

describe("terms of the study", () => {
  const guide = {
    sections: {
      biosample: {
        fields: [
          { name: "organism", terms: "organism" },
          { name: "biological_entity", terms: "entity" },
        ],
      },
      label: { fields: [{ name: "marks", terms: "entity" }] },
    },
  } as unknown as Guide;
  const organism = { name: "organism", terms: "organism", kind: "terms", levels: {} } as FieldGuide;
  const entity = { ...organism, name: "biological_entity", terms: "entity" };
  const record = {
    biosamples: [
      { id: "1", organism: [rat] },
      { id: "2", organism: [mouse] },
      { id: "3", organism: [mouse, { label: "Yeast" }], biological_entity: [{ label: "cell", id: "CL:0" }] },
      { id: "4", organism: { absent: "not_recorded" } },
      { id: "5", organism: ["yeast "] },
    ],
    samples: [{ id: "s", labels: [{ id: "l", marks: { label: "cell", id: "CL:0" } }] }],
  };

  test("what stands most often comes first, free text among it", () => {
    expect(usedTerms(record as never, guide, organism).map(({ term, count }) => [term.label, count])).toEqual([
      ["Mus musculus", 2],
      ["Yeast", 2],
      ["Rattus norvegicus", 1],
    ]);
  });

  test("fields of one vocabulary share what they hold, wherever they stand", () => {
    expect(usedTerms(record as never, guide, entity).map(({ count }) => count)).toEqual([2]);
  });

  test("two hundred biosamples are counted in no time", () => {
    const many = {
      biosamples: Array.from({ length: 200 }, (_, n) => ({ id: `${n}`, organism: [n % 2 ? mouse : rat] })),
    };
    expect(usedTerms(many as never, guide, organism).map(({ count }) => count)).toEqual([100, 100]);
  });
});

describe("the order of the list", () => {
  const given = (more: Partial<Given> = {}): Given => ({
    typed: "",
    answered: true,
    found: [],
    used: [],
    recent: [],
    online: [],
    held: [],
    ...more,
  });
  const names = (list: { options: { name: string; group?: string | undefined }[] }) =>
    list.options.map(
      ({ name, group }) => `${group?.replace("ui.terms.group.", "") ?? "-"}: ${name.replace(/^ui\S+ /, "")}`,
    );

  test("nothing typed: used, recent, often used; none twice, none preferred", () => {
    const list = arranged(
      t,
      given({ used: [{ term: rat, count: 2 }], recent: [rat, human], found: [hit(mouse), hit(rat), hit(human)] }),
    );
    expect(names(list)).toEqual(["used: Rattus norvegicus", "recent: Homo sapiens", "often: Mus musculus"]);
    expect(list.preferred).toBe(-1);
  });

  test("what the field holds already is not offered from before", () => {
    expect(arranged(t, given({ used: [{ term: rat, count: 2 }], recent: [rat], held: [rat] })).options).toEqual([]);
  });

  test("what is found for sure needs no heading, and free text comes last", () => {
    const list = arranged(t, given({ typed: "mouse", found: [hit(mouse), hit(rat, { confident: false })] }));
    expect(names(list)).toEqual(["-: Mus musculus", "-: Rattus norvegicus", "-: mouse"]);
    expect(list.preferred).toBe(0);
    expect(list.notice).toBeUndefined();
  });

  test("without a confident match free text comes first and is preferred, and a line says so", () => {
    const list = arranged(t, given({ typed: "mos", found: [hit(mouse, { confident: false })] }));
    expect(names(list)).toEqual(["-: mos", "perhaps: Mus musculus"]);
    expect(list.options[list.preferred]?.key).toBe(FREE);
    expect(list.notice).toContain("ui.terms.unsure");
    expect(arranged(t, given({ typed: "mos" })).notice).toContain("ui.terms.nothing");
  });

  test("half a word is no miss: nothing is said, and only what alone begins so is preferred, for Enter", () => {
    const half = (term: typeof mouse) => hit(term, { confident: false, begins: true });
    const one = arranged(t, given({ typed: "mus mu", found: [half(mouse), hit(rat, { confident: false })] }));
    expect(names(one)).toEqual(["-: Mus musculus", "-: Rattus norvegicus", "-: mus mu"]);
    expect([one.preferred, one.timid, one.notice]).toEqual([0, true, undefined]);
    const two = arranged(t, given({ typed: "mus mu", found: [half(mouse), half(rat)] }));
    expect([two.preferred, two.notice]).toEqual([-1, undefined]);
  });

  test("a used term stands first; it is preferred if it fits about as well", () => {
    const used = [{ term: rat, count: 1 }];
    const near = arranged(t, given({ typed: "r", used, found: [hit(mouse), hit(rat, { score: 900 })] }));
    expect(names(near)).toEqual(["used: Rattus norvegicus", "found: Mus musculus", "own: r"]);
    expect(near.preferred).toBe(0);
    const far = arranged(t, given({ typed: "r", used, found: [hit(mouse), hit(rat, { score: 700 })] }));
    expect(far.preferred).toBe(1);
  });

  test("a used term that the search did not find is offered by its own words", () => {
    const list = arranged(t, given({ typed: "nor rat", used: [{ term: rat, count: 3 }] }));
    expect(names(list)).toEqual(["-: nor rat", "used: Rattus norvegicus"]);
    expect(list.options[1]?.why).toBe("ui.terms.used 3");
  });

  test("what the online service adds stands below what is here, under a heading, without what is here already", () => {
    const online = [hit(mouse), hit(human, { confident: false })];
    const sure = arranged(t, given({ typed: "mouse", found: [hit(mouse)], online }));
    expect(names(sure)).toEqual(["found: Mus musculus", "online: Homo sapiens", "own: mouse"]);
    expect(sure.preferred).toBe(0);
    const unsure = arranged(t, given({ typed: "mouse", online }));
    expect(names(unsure)).toEqual(["-: mouse", "online: Mus musculus", "online: Homo sapiens"]);
    expect(unsure.preferred).toBe(0);
  });

  test("while the answer is on its way free text is not offered yet", () => {
    expect(arranged(t, given({ typed: "mouse", answered: false })).options).toEqual([]);
  });

  test("around a term: broader, itself, narrower; the highlight goes the way asked for", () => {
    const of = hit(mouse);
    const walk = { of, broader: [hit(rat)], narrower: [hit(human)], by: 1 as const };
    expect(names(around(t, walk))).toEqual([
      "broader: Rattus norvegicus",
      "here: Mus musculus",
      "narrower: Homo sapiens",
    ]);
    expect(around(t, walk).preferred).toBe(2);
    expect(around(t, { ...walk, by: -1 }).preferred).toBe(0);
    expect(around(t, { ...walk, narrower: [] }).preferred).toBe(1);
    expect(around(t, { ...walk, by: -1, broader: [] }).preferred).toBe(0);
  });
});

describe("what is pasted", () => {
  const best = hit(human);
  test.each([
    ["NCBITaxon:9606", true],
    ["NCBITaxon_9606", true],
    ["http://purl.obolibrary.org/obo/NCBITaxon_9606", true],
    ["<http://purl.obolibrary.org/obo/NCBITaxon_9606>", true],
    ["Homo sapiens (human)", true],
    ["homo sapiens", true],
    ["human", false],
    ["Homo sapiens cells", false],
    ["(human)", false],
  ])("%s says by itself which term is meant: %s", (text, whole) => expect(saysItAll(text, best)).toBe(whole));

  test("nothing does without a confident match", () => {
    expect(saysItAll("NCBITaxon:9606", undefined)).toBe(false);
    expect(saysItAll("NCBITaxon:9606", hit(human, { confident: false }))).toBe(false);
  });
});

describe("ontologies", () => {
  const field = { name: "imaging_method", terms: "imaging_method", kind: "terms", levels: {} } as FieldGuide;

  test("a term is asked for where its editors are, with its words made safe", () => {
    const [place] = placesToAsk(field, ' light & "dark"? ');
    expect(place?.url).toBe("https://github.com/foundingGIDE/fbbi/issues/new?title=light%20%26%20%22dark%22%3F");
    expect(placesToAsk({ ...field, terms: undefined, name: "roles" }, "x")).toEqual([]);
  });

  test("every address is https, and every ontology has a name", () => {
    for (const { name, ask } of Object.values(ONTOLOGIES)) {
      expect(new URL(ask).protocol).toBe("https:");
      expect(name).not.toBe("");
    }
    expect(nameOfOntology("CL")).toBe("Cell Ontology");
    expect(nameOfOntology("ZZ")).toBe("ZZ");
    expect(nameOfOntology(undefined)).toBeUndefined();
  });

  test("an option of a term says its ontology even if only the id does", () => {
    expect(asOption({ label: "HeLa", id: "CVCL_0030" }).ids).toBe("Cellosaurus");
    expect(asOption({ label: "my cells" }).ids).toBeUndefined();
  });
});
