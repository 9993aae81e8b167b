// Small turns of the section screens: matrices of another size, what was typed as a pattern.

import { expect, test } from "vitest";
import { nothing, resized } from "../src/special/matrix.tsx";
import { patternOf } from "../src/special/related.tsx";

test("a matrix begins as the one that changes nothing", () => {
  expect(nothing(2)).toEqual([
    ["1", "0", "0"],
    ["0", "1", "0"],
  ]);
});

test("from images to volumes and back, what was typed stays", () => {
  const cells = [
    ["2", "a", "5"],
    ["0.5", "3", "6"],
  ];
  const volume = resized(cells, 3);
  expect(volume).toEqual([
    ["2", "a", "0", "5"],
    ["0.5", "3", "0", "6"],
    ["0", "0", "1", "0"],
  ]);
  expect(resized(volume, 2)).toEqual(cells);
});

test("a part of a name stands for all that have it, a pattern for itself", () => {
  expect(patternOf("DAPI")).toBe("**DAPI**");
  expect(patternOf("light/*.tif")).toBe("light/*.tif");
});
