// The tree of a header without a page: what is found, open and drawn.

import { expect, test } from "vitest";
import { partsOf } from "../src/curator/omemodel.tsx";
import {
  type Branch,
  type Choices,
  drawn,
  type Leaf,
  LIMIT,
  marked,
  opened,
  revealing,
  search,
  type Twig,
  treeOf,
  wordsOf,
} from "../src/curator/tree.ts";

const LEAVES: Leaf[] = [
  [["Image", "Pixels", "@SizeX"], "512", ["Width"]],
  [["Image", "Pixels", "Channel[0]", "@Name"], "DAPI"],
  [["Image", "Pixels", "Channel[1]", "@Name"], "GFP"],
  [["Instrument"], "Zeiss"],
];
const NONE: Choices = { open: new Map(), room: new Map() };

function show(leaves: readonly Leaf[], wanted = "", choices: (root: Branch) => Choices = () => NONE) {
  const root = treeOf(leaves);
  const found = search(root, wordsOf(wanted));
  return { root, found, twigs: drawn(root, found, opened(root, found), choices(root)) };
}

function names(twigs: readonly Twig[]): string[] {
  return twigs.flatMap((twig) => ["  ".repeat(twig.level - 1) + twig.branch.name, ...names(twig.inner)]);
}

test("values stand under the parts of their places; a small tree is open", () => {
  const { root, twigs } = show(LEAVES);
  expect(root.count).toBe(4);
  expect(names(twigs)).toEqual([
    "Image",
    "  Pixels",
    "    @SizeX",
    "    Channel[0]",
    "      @Name",
    "    Channel[1]",
    "      @Name",
    "Instrument",
  ]);
  expect(twigs.map(({ place, of, open }) => [place, of, open])).toEqual([
    [1, 2, true],
    [2, 2, false],
  ]);
});

test("a place said twice is shown twice, and a place may hold a value and more below it", () => {
  const { root } = show([
    [["A"], "1"],
    [["A"], "2"],
    [["A", "B"], "3"],
  ]);
  expect(root.inner.map(({ value }) => value)).toEqual(["1", "2"]);
  expect(root.inner[0]?.inner[0]?.value).toBe("3");
  expect(root.count).toBe(3);
});

test("a search finds all of its words in place, value or use, and keeps the way to its hits", () => {
  const { found, twigs, root } = show(LEAVES, "channel GF");
  expect(found?.hits.map(({ value }) => value)).toEqual(["GFP"]);
  expect(names(twigs)).toEqual(["Image", "  Pixels", "    Channel[1]", "      @Name"]);
  expect(found?.counts.get(root)).toBe(1);
  expect(show(LEAVES, "width").found?.hits).toHaveLength(1);
  expect(show(LEAVES, "nothing").twigs).toEqual([]);
  expect(search(root, wordsOf("   "))).toBeUndefined();
});

test("of thousands of values only what is open is drawn, and beyond a limit it says how many more", () => {
  const many: Leaf[] = Array.from({ length: 5000 }, (_, n) => [["Image", `Plane[${n}]`, "@DeltaT"], String(n)]);
  const { twigs } = show(many);
  expect(names(twigs)).toEqual(["Image"]);
  const open = show(many, "", (root) => ({ open: new Map([[root.inner[0] as Branch, true]]), room: new Map() }));
  expect(open.twigs[0]?.inner).toHaveLength(LIMIT);
  expect(open.twigs[0]?.more).toBe(5000 - LIMIT);
  const found = show(many, "deltat");
  expect(found.found?.hits).toHaveLength(5000);
  expect(names(found.twigs).length).toBeLessThan(500);
});

test("a hit that is cut off or closed is brought into view", () => {
  const many: Leaf[] = Array.from({ length: 300 }, (_, n) => [["Image", `Plane[${n}]`, "@DeltaT"], String(n)]);
  const root = treeOf(many);
  const found = search(root, ["299"]);
  const last = root.inner[0]?.inner[299]?.inner[0] as Branch;
  const closed = { open: new Map([[root.inner[0] as Branch, false]]), room: new Map() };
  const twigs = drawn(root, undefined, opened(root, undefined), revealing(last, undefined, closed));
  expect(names(twigs).at(-1)).toBe("    @DeltaT");
  expect(twigs[0]?.inner).toHaveLength(300);
  expect(found?.hits).toEqual([last]);
});

test("what was searched for is marked, overlapping words too, and no text is lost", () => {
  expect(marked("Channel Name", ["nn", "anne", "name"])).toEqual([
    ["Ch", false],
    ["anne", true],
    ["l ", false],
    ["Name", true],
  ]);
  expect(marked("<b>", ["b"]).map(([piece]) => piece)).toEqual(["<", "b", ">"]);
  expect(marked("İstanbul", ["i"])).toEqual([["İstanbul", false]]);
  expect(marked("", ["i"])).toEqual([]);
});

test("places in the OME model have numbered parts", () => {
  expect(partsOf("images/0/pixels/channels/12/size_x")).toEqual(["images[0]", "pixels", "channels[12]", "size x"]);
  expect(partsOf("0/a")).toEqual(["0", "a"]);
});
