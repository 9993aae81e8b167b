// Sections whose body is drawn by a screen of its own instead of the generic form, and fields with an input of their own.

import type { ComponentType } from "preact";
import type { Drawing } from "../fields/field.tsx";
import { AcquisitionScreen } from "../special/acquisition.tsx";
import { Affiliations } from "../special/affiliations.tsx";
import { ColourInput, LabelInput } from "../special/channelinputs.tsx";
import { ChannelTable } from "../special/channels.tsx";
import { ComponentScreen } from "../special/component.tsx";
import { ImagesScreen } from "../special/images.tsx";
import { PeopleList } from "../special/labpeople.tsx";
import { MatrixInput } from "../special/matrix.tsx";
import { PairsBanner } from "../special/pairs.tsx";
import { RelatedInput } from "../special/related.tsx";
import { Roles } from "../special/roles.tsx";
import { SampleScreen } from "../special/sample.tsx";
import { OrganisationSummary, PersonSummary, PublicationSummary } from "../special/summaries.tsx";
import { WithFiles } from "../special/which.tsx";
import type { Node, SectionGuide } from "../types.ts";

export interface SpecialProps {
  section: SectionGuide;
  /** The entity, or, for a list below the study's own fields, the list. */
  path: string;
}

/**
 * Name of a section to what draws its body: of an entity (``component``, ``sample``), of a list (``person``), of rows within
 * an entity (``channel``), of a table (``image``).
 */
export const SPECIAL: Record<string, ComponentType<SpecialProps>> = {
  acquisition: AcquisitionScreen,
  analysis: WithFiles,
  annotation: WithFiles,
  channel: ChannelTable,
  component: ComponentScreen,
  correlation: WithFiles,
  image: ImagesScreen,
  person: PeopleList,
  sample: SampleScreen,
};

/** Name of a section to what stands above its entities, whether there are any or not. */
export const ABOVE: Record<string, ComponentType<{ choose(id: string): void }>> = {
  sample: PairsBanner,
};

/** ``section.field`` to the input that is drawn instead of the one of its kind. */
export const INPUTS: Record<string, Drawing> = {
  "channel.colour": { Input: ColourInput },
  "channel.label": { Input: LabelInput, plain: true },
  "correlation.related_images": { Input: RelatedInput, grouped: true },
  "correlation.transformation_matrix": { Input: MatrixInput, grouped: true },
  "person.affiliations": { Input: Affiliations, grouped: true },
  "person.roles": { Input: Roles, grouped: true },
};

/** Name of a section to what a closed card says beside the title. */
export const SUMMARIES: Record<string, ComponentType<{ node: Node }>> = {
  organisation: OrganisationSummary,
  person: PersonSummary,
  publication: PublicationSummary,
};
