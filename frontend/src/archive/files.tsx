// The beginning of a file list, cell by cell as it will be written, and pictures of the images it lists.

import { useChosen, useText } from "../context.tsx";
import { bytes, number } from "../curator/ask.ts";
import { Picture, useSeen } from "../curator/thumbs.tsx";
import { Lead, Missing } from "./lead.tsx";
import type { Listed } from "./types.ts";

function Pictures({ images, of }: { images: string[]; of: string }) {
  const t = useText();
  const [ref, seen] = useSeen<HTMLUListElement>();
  return (
    <ul class="rw-pictures" ref={ref}>
      {images.map((image, place) => (
        <li key={image}>
          <Picture image={image} alt={t("ui.archive.picture", { n: place + 1, of })} size={128} seen={seen} />
        </li>
      ))}
    </ul>
  );
}

export function FileListPart({ list, of, path }: { list: Listed | null; of: string; path: string }) {
  const t = useText();
  const lang = useChosen((state) => state.lang);
  if (!list)
    return (
      <p>
        <Missing path={path} words={t("ui.archive.no_list")} />
      </p>
    );
  const size = list.bytes === null ? "" : `, ${bytes(list.bytes, lang)}`;
  const more = list.count - list.rows.length;
  return (
    <div class="rw-toldlist">
      {list.images.length > 0 && <Pictures images={list.images} of={of} />}
      <div class="rw-tablewrap">
        <table class="rw-table rw-listed">
          <caption>
            <code>{list.name}</code>{" "}
            <span class="rw-two rw-num">
              {t.n("ui.archive.files", list.count, { count: number(list.count, lang) })}
              {size}
            </span>
          </caption>
          <thead>
            <tr>
              {list.columns.map((column, place) => (
                <th key={`${place} ${column}`} scope="col">
                  {column}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {list.rows.map((row, line) => (
              <tr key={list.paths[line]}>
                {row.map((cell, place) =>
                  place === 0 ? (
                    <th key="path" scope="row">
                      <Lead path={list.paths[line] ?? ""}>
                        <code>{cell}</code>
                      </Lead>
                    </th>
                  ) : (
                    <td key={list.columns[place]}>{cell}</td>
                  ),
                )}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {more > 0 && <p class="rw-two rw-small">{t.n("ui.archive.more", more, { count: number(more, lang) })}</p>}
    </div>
  );
}
