// Sections whose body is drawn by a screen of its own instead of the generic form.

import type { ComponentType } from "preact";
import type { SectionGuide } from "../types.ts";

export interface SpecialProps {
  section: SectionGuide;
  /** The entity, or, for a list below the study's own fields, the list. */
  path: string;
}

/** Name of a section to what draws its body: of an entity (``component``, ``sample``), of a list (``person``), of a table (``image``). */
export const SPECIAL: Record<string, ComponentType<SpecialProps>> = {};
