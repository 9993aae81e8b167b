/// <reference types="vite/client" />
// The real guide and the real texts, for tests in a browser.

import type { Guide, SectionGuide } from "../src/types.ts";

const sections = import.meta.glob<SectionGuide>("../../rembi_widgets/record/guide/*.json", {
  eager: true,
  import: "default",
});
const catalogues = import.meta.glob<Record<string, string>>("../../rembi_widgets/locale/*/*.json", {
  eager: true,
  import: "default",
});

export const GUIDE: Guide = {
  sections: Object.fromEntries(
    Object.values(sections)
      .filter((section) => section.name)
      .map((section) => [section.name, section]),
  ),
  targets: ["isatab", "bia", "idr", "omero"],
  imaging: ["light", "electron", "xray", "correlative", "screen"],
};

function texts(lang: string): Record<string, string> {
  const own = Object.entries(catalogues).filter(([path]) => path.includes(`/${lang}/`));
  return Object.assign({}, ...own.map(([, part]) => part));
}

export const TEXTS = { en: texts("en"), fr: texts("fr") };
