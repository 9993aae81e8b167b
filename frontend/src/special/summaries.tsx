// What a closed card of the study's lists says beside its title: enough to find the one that lacks something.

import { useSection, useText } from "../context.tsx";
import { useChoiceName } from "../fields/choice.tsx";
import { itemsOf } from "../fields/values.ts";
import { Icon } from "../icons.tsx";
import type { FieldGuide, Node, Term } from "../types.ts";
import { useNames } from "./names.ts";

const NO_CHOICES: FieldGuide = { name: "roles", kind: "terms", levels: {} };
/** Roles said in a line. */
const SAID = 2;

function text(value: unknown): string {
  return typeof value === "string" ? value : "";
}

function Said({ parts }: { parts: string[] }) {
  return <span class="rw-two rw-small rw-summary">{parts.filter(Boolean).join(" · ")}</span>;
}

export function PersonSummary({ node }: { node: Node }) {
  const t = useText();
  const field = useSection("person")?.fields.find(({ name }) => name === "roles");
  const role = useChoiceName(field ?? NO_CHOICES);
  const names = useNames("organisations");
  const places = itemsOf<string>(node.affiliations).map((id) => names.name(id) ?? "");
  const roles = itemsOf<Term | string>(node.roles).map((item) => role(typeof item === "string" ? item : item.label));
  const few = roles.length > SAID ? [...roles.slice(0, SAID), `+${roles.length - SAID}`] : roles;
  return (
    <>
      {text(node.orcid) && (
        <span class="rw-chip" title={text(node.orcid)}>
          <Icon name="check" />
          {t("guide.person.orcid.label")}
        </span>
      )}
      <Said parts={[places.filter(Boolean).join(", "), few.join(", "), text(node.email)]} />
    </>
  );
}

export function OrganisationSummary({ node }: { node: Node }) {
  return <Said parts={[text(node.address), text(node.ror).replace(/^https?:\/\//, "")]} />;
}

export function PublicationSummary({ node }: { node: Node }) {
  return <Said parts={[text(node.authors), text(node.year), text(node.doi)]} />;
}
