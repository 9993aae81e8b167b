// Values of a submission: text as it stands, what qualifies it, and addresses that can be followed.

import type { Row } from "./types.ts";

const ADDRESS = /^https?:\/\/[^\s]+$/i;

/** An address is a link only if a browser may open it; anything else is text, whatever it says. */
export function Address({ url, words }: { url: string; words?: string }) {
  if (!ADDRESS.test(url)) return <>{words ?? url}</>;
  return (
    <a class="rw-link" href={url} target="_blank" rel="noreferrer noopener">
      {words ?? url}
    </a>
  );
}

export function Value({ row }: { row: Row }) {
  return (
    <>
      <span class="rw-said">
        <Address url={row.value} />
      </span>
      {row.qualifiers.length > 0 && (
        <span class="rw-qualified">
          {row.qualifiers.map(([name, value]) => (
            <span key={name}>
              {name}: <Address url={value} />
            </span>
          ))}
        </span>
      )}
    </>
  );
}
