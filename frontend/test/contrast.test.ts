// Percentiles of a contrast without a page: what is held, set and typed.

import { expect, test } from "vitest";
import { AUTO, percentOf, rangeOf, withRange } from "../src/curator/contrast.tsx";

test("a channel has its own percentiles, else those of all, else the automatic ones", () => {
  expect(rangeOf({}, "0")).toEqual(AUTO);
  expect(rangeOf({ all: [0, 100] }, "0")).toEqual([0, 100]);
  expect(rangeOf({ all: [0, 100], 0: [2, 98] }, "0")).toEqual([2, 98]);
});

test("percentiles of all take the place of those of single channels", () => {
  expect(withRange({ 0: [2, 98] }, "1", [3, 97])).toEqual({ 0: [2, 98], 1: [3, 97] });
  expect(withRange({ 0: [2, 98], all: [0, 1] }, "all", [3, 97])).toEqual({ all: [3, 97] });
});

test.each([
  ["12,5", 12.5],
  [" 0 ", 0],
  ["100", 100],
  ["", undefined],
  ["-1", undefined],
  ["100.1", undefined],
  ["1e999", undefined],
  ["x", undefined],
])("%j is read as %s", (said, percent) => expect(percentOf(said)).toBe(percent));
