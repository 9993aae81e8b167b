// What the ontologies are called, and where their editors take requests for new terms.

import type { FieldGuide } from "../types.ts";

export interface Ontology {
  name: string;
  /** Where a term is asked for; ``{text}`` is what was sought. */
  ask: string;
}

const issues = (repository: string): string => `https://github.com/${repository}/issues/new?title={text}`;

export const ONTOLOGIES: Record<string, Ontology> = {
  NCBITaxon: { name: "NCBI Taxonomy", ask: "https://support.nlm.nih.gov/" },
  FBbi: { name: "FBbi", ask: issues("foundingGIDE/fbbi") },
  CL: { name: "Cell Ontology", ask: issues("obophenotype/cell-ontology") },
  UBERON: { name: "Uberon", ask: issues("obophenotype/uberon") },
  CVCL: { name: "Cellosaurus", ask: issues("calipho-sib/cellosaurus") },
  EFO: { name: "EFO", ask: issues("EBISPOT/efo") },
  GO: { name: "Gene Ontology", ask: issues("geneontology/go-ontology") },
  UO: { name: "Units Ontology", ask: issues("bio-ontology-research-group/unit-ontology") },
  CHEBI: { name: "ChEBI", ask: issues("ebi-chebi/ChEBI") },
  PATO: { name: "PATO", ask: issues("pato-ontology/pato") },
  CMPO: { name: "CMPO", ask: issues("EBISPOT/CMPO") },
  EDAM_BIM: { name: "EDAM-BIOIMAGING", ask: issues("edamontology/edam-bioimaging") },
  EDAM: { name: "EDAM", ask: issues("edamontology/edamontology") },
};

/** Vocabulary of a field to the ontologies that would take a new term, the likeliest first. */
const ASKED: Record<string, string[]> = {
  organism: ["NCBITaxon"],
  imaging_method: ["FBbi"],
  sample_prep: ["FBbi"],
  signal: ["FBbi"],
  label: ["FBbi", "CHEBI"],
  cell_line: ["CVCL"],
  cell_type: ["CL"],
  tissue: ["UBERON"],
  unit: ["UO"],
  biological_entity: ["CL", "UBERON", "CVCL"],
  study_type: ["EFO"],
  phenotype: ["CMPO"],
};

export function nameOfOntology(prefix: string | undefined): string | undefined {
  return prefix === undefined ? undefined : (ONTOLOGIES[prefix]?.name ?? prefix);
}

/** Give where a term can be asked for, with what was sought filled in. */
export function placesToAsk(field: FieldGuide, text: string): { name: string; url: string }[] {
  const known = (ASKED[field.terms ?? field.name] ?? []).flatMap((prefix) => ONTOLOGIES[prefix] ?? []);
  return known.map(({ name, ask }) => ({ name, url: ask.replace("{text}", encodeURIComponent(text.trim())) }));
}
