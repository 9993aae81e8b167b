// Words as they are compared: without accents, in lower case, micro signs as one.

/** One letter as it is compared; a letter may become several (``œ`` stays one, ``ﬁ`` becomes two). */
function folded(letter: string): string {
  return letter.normalize("NFKD").replace(/\p{M}/gu, "").toLocaleLowerCase("en").replace("μ", "u");
}

export function fold(text: string): string {
  return [...text].map(folded).join("");
}

function escaped(word: string): string {
  return word.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}

export interface Piece {
  text: string;
  marked: boolean;
}

/** Cut a text into pieces, those marked that begin as a word of the query does. */
export function pieces(text: string, query: string): Piece[] {
  const words = fold(query).match(/[\p{L}\p{N}]{2,}/gu) ?? [];
  if (!words.length) return [{ text, marked: false }];
  const letters = [...text];
  const from: number[] = [];
  let flat = "";
  for (const [place, letter] of letters.entries()) {
    for (const part of folded(letter)) {
      flat += part;
      for (let unit = 0; unit < part.length; unit++) from.push(place);
    }
  }
  const wanted = words.sort((a, b) => b.length - a.length).map(escaped);
  const marked = new Set<number>();
  for (const found of flat.matchAll(new RegExp(`(?<![\\p{L}\\p{N}])(?:${wanted.join("|")})`, "gu")))
    for (let at = found.index; at < found.index + found[0].length; at++) marked.add(from[at] ?? -1);
  const cut: Piece[] = [];
  for (const [place, letter] of letters.entries()) {
    const last = cut.at(-1);
    if (last && last.marked === marked.has(place)) last.text += letter;
    else cut.push({ text: letter, marked: marked.has(place) });
  }
  return cut;
}
