// What the kernel tells of a submission, for tests: a page with hostile words, what would be said, a file that was read.

import type { ArchivePage, Row, Verdict } from "../src/archive/types.ts";
import type { Looked } from "../src/curator/study.tsx";

const row = (name: string, value: string, path: string, qualifiers: [string, string][] = []): Row => ({
  name,
  value,
  qualifiers,
  path,
});

export const HOSTILE = "<img src=x onerror=alert(1)>";

export const ARCHIVE_PAGE: ArchivePage = {
  template: "BioImages.v5",
  accession: "",
  doi: "",
  title: `Nuclei ${HOSTILE}`,
  release_date: "2027-01-01",
  description: "First line\nsecond line",
  keywords: ["nucleus", HOSTILE],
  licence: row("License", "CC0", "/study/license", [["URL", "https://creativecommons.org/"]]),
  rows: [row("Funding statement", "Nobody paid.", "/study/funding_statement")],
  links: [
    { url: "javascript:alert(1)", rows: [], path: "/links/li-1/url" },
    { url: "https://example.org/code", rows: [row("Description", "code", "/links/li-2/url")], path: "/links/li-2/url" },
  ],
  authors: [
    {
      kind: "Author",
      title: "Ada Example",
      rows: [row("ORCID", "0000-0002-1825-0097", "/people/pe-1/orcid")],
      below: [],
      path: "/people/pe-1",
      organisations: [1],
    },
  ],
  organisations: [
    { kind: "Organization", title: "Institute of Examples", rows: [], below: [], path: "/organisations/or-1" },
  ],
  components: [
    {
      kind: "Study Component",
      title: "Fixed cells",
      rows: [row("Name", "Fixed cells", "/components/sc-1/title")],
      below: [],
      path: "/components/sc-1",
      parts: [
        {
          kind: "Biosample",
          title: "HeLa",
          rows: [
            row("Title", "HeLa", "/biosamples/bs-1/title"),
            row("Organism", "Homo sapiens", "/biosamples/bs-1/organism", [["TermId", "NCBITaxon_9606"]]),
          ],
          below: [
            {
              kind: "Organism",
              title: "",
              rows: [row("Scientific name", "Homo sapiens", "/biosamples/bs-1/organism")],
              below: [],
              path: "/biosamples/bs-1",
            },
          ],
          path: "/biosamples/bs-1",
        },
      ],
      associations: { columns: ["Biosample"], rows: [["HeLa"]], paths: ["/components/sc-1/associations/as-1"] },
      list: {
        name: "file_list_Fixed-cells.tsv",
        columns: ["Files", "Well"],
        rows: [["a/b.tiff", HOSTILE]],
        paths: ["/files/fl-1/path"],
        count: 12,
        bytes: 1_200_000,
        images: ["im-1", "im-2"],
      },
    },
  ],
  annotations: [{ kind: "Annotation", title: "Outlines", rows: [], below: [], path: "/annotations/at-1", list: null }],
  publications: [],
  grants: [],
  others: [],
};

const said = (n: number, path: string) => ({
  level: "error" as const,
  code: `simulation_${n}`,
  message: `Thing ${n} is missing.`,
  path,
});

export const SIMULATION: { passes: boolean; parts: Verdict[] } = {
  passes: false,
  parts: [
    {
      name: "form",
      passes: false,
      findings: [1, 2, 3, 4, 5, 6].map((n) => said(n, "/biosamples/bs-1/organism")),
      count: 6,
    },
    { name: "server", passes: true, findings: [], count: 0 },
    {
      name: "ingest",
      passes: true,
      findings: [{ ...said(7, "/acquisitions/ac-1/imaging_method"), level: "info" }],
      count: 1,
    },
  ],
};

export const LOOKED: Looked = {
  token: "t1",
  name: "S-BIAD0.json",
  format: "bia",
  title: `Spindles ${HOSTILE}`,
  accession: "S-BIAD0",
  sections: [
    { section: "person", count: 3, titles: [], people: true },
    { section: "biosample", count: 2, titles: ["HeLa", "U2OS"], people: false },
  ],
  files: 40,
  left: [{ words: "S-BIAD0.json: Study/Table", count: 2 }],
  left_count: 1,
  findings: [{ level: "warning", message: "A list is elsewhere." }],
};
