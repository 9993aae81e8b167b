// The top of the page: title, who, when, under which licence.

import { useText } from "../context.tsx";
import { Lead, Missing } from "./lead.tsx";
import { RowsTable } from "./parts.tsx";
import type { ArchivePage, Author, Part } from "./types.ts";
import { Address, Value } from "./value.tsx";

function rowOf(part: Part, name: string): string {
  return part.rows.find((row) => row.name.toLowerCase() === name)?.value ?? "";
}

function AuthorName({ author }: { author: Author }) {
  const t = useText();
  const [orcid, email, role] = [rowOf(author, "orcid"), rowOf(author, "e-mail"), rowOf(author, "role")];
  return (
    <li>
      <Lead path={author.path}>{author.title || t("ui.archive.untitled")}</Lead>
      {author.organisations.length > 0 && (
        <sup>
          <span class="rw-hidden">{t("ui.archive.of")} </span>
          {author.organisations.join(", ")}
        </sup>
      )}
      <span class="rw-two rw-small">
        {orcid && <Address url={`https://orcid.org/${orcid.replace(/^https?:\/\/orcid\.org\//i, "")}`} words={orcid} />}
        {email && <span>{email}</span>}
        {role && <span>{role}</span>}
      </span>
    </li>
  );
}

function Authors({ page }: { page: ArchivePage }) {
  const t = useText();
  return (
    <section aria-label={t("ui.archive.authors")}>
      {page.authors.length ? (
        <ul class="rw-authors">
          {page.authors.map((author) => (
            <AuthorName key={author.path} author={author} />
          ))}
        </ul>
      ) : (
        <p>
          <Missing path="/people" words={t("ui.archive.no_author")} />
        </p>
      )}
      {page.organisations.length > 0 && (
        <ol class="rw-organisations rw-small">
          {page.organisations.map((one) => (
            <li key={one.path}>
              <Lead path={one.path}>{one.title || t("ui.archive.untitled")}</Lead>
              {rowOf(one, "address") && <span>, {rowOf(one, "address")}</span>}
              {rowOf(one, "rorid") && (
                <span>
                  {" "}
                  <Address url={rowOf(one, "rorid")} />
                </span>
              )}
            </li>
          ))}
        </ol>
      )}
    </section>
  );
}

function Facts({ page }: { page: ArchivePage }) {
  const t = useText();
  const doi = page.doi === null ? "" : page.doi || t("ui.archive.doi.asked");
  return (
    <dl class="rw-facts">
      <dt>{t("ui.archive.accession")}</dt>
      <dd>{page.accession || <span class="rw-two">{t("ui.archive.accession.later")}</span>}</dd>
      <dt>{t("ui.archive.released")}</dt>
      <dd>
        {page.release_date ? (
          <Lead path="/study/release_date">{page.release_date}</Lead>
        ) : (
          <Missing path="/study/release_date" words={t("ui.archive.no_date")} />
        )}
      </dd>
      {page.template !== "BioImages.MIFA.v1" && (
        <>
          <dt>{t("ui.archive.licence")}</dt>
          <dd>
            {page.licence ? (
              <>
                <Lead path={page.licence.path}>{page.licence.value}</Lead>
                {page.licence.qualifiers.map(([name, url]) => (
                  <span class="rw-small" key={name}>
                    {" "}
                    <Address url={url} />
                  </span>
                ))}
              </>
            ) : (
              <Missing path="/study/license" words={t("ui.archive.no_licence")} />
            )}
          </dd>
        </>
      )}
      {doi && (
        <>
          <dt>{t("ui.archive.doi")}</dt>
          <dd>{doi}</dd>
        </>
      )}
    </dl>
  );
}

export function ArchiveHead({ page }: { page: ArchivePage }) {
  const t = useText();
  return (
    <>
      <h2 class="rw-archivetitle">
        {page.title ? (
          <Lead path="/study/title">{page.title}</Lead>
        ) : (
          <Missing path="/study/title" words={t("ui.archive.no_title")} />
        )}
      </h2>
      <Authors page={page} />
      <Facts page={page} />
      <section class="rw-group">
        <h2 class="rw-h2">{t("ui.archive.description")}</h2>
        <p class="rw-said">
          {page.description ? (
            <Lead path="/study/description">{page.description}</Lead>
          ) : (
            <Missing path="/study/description" words={t("ui.archive.no_description")} />
          )}
        </p>
        <p class="rw-keywords">
          <span class="rw-two rw-small">{t("ui.archive.keywords")}:</span>{" "}
          {page.keywords.length ? (
            page.keywords.map((word) => (
              <span class="rw-chip" key={word}>
                {word}
              </span>
            ))
          ) : (
            <Missing path="/study/keywords" words={t("ui.archive.no_keyword")} />
          )}
        </p>
        <RowsTable rows={page.rows} caption={t("ui.archive.also")} />
      </section>
      {page.links.length > 0 && (
        <section class="rw-group">
          <h2 class="rw-h2">{t("ui.archive.links")}</h2>
          <ul class="rw-linklist">
            {page.links.map((link) => (
              <li key={link.path}>
                <Address url={link.url} />{" "}
                {link.rows.map((row) => (
                  <span key={row.name} class="rw-two">
                    <Value row={row} />
                  </span>
                ))}{" "}
                <Lead path={link.path}>{t("ui.archive.change")}</Lead>
              </li>
            ))}
          </ul>
        </section>
      )}
    </>
  );
}
