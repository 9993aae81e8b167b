// Rules that answer in the browser at once: addresses, identifiers with check digits, dates.
// Each gives the key of a sentence, or undefined when the value is fine.

/** ORCID: sixteen characters, the last an ISO 7064 MOD 11-2 check character (support.orcid.org, structure of the identifier). */
export function orcidFault(text: string): string | undefined {
  const bare = text.trim().replace(/^https?:\/\/(www\.)?orcid\.org\//i, "");
  if (!/^\d{4}-\d{4}-\d{4}-\d{3}[\dXx]$/.test(bare)) return "orcid_form";
  const digits = bare.replace(/-/g, "");
  let total = 0;
  for (const digit of digits.slice(0, 15)) total = (total + Number(digit)) * 2;
  const check = (12 - (total % 11)) % 11;
  return digits[15]?.toUpperCase() === (check === 10 ? "X" : String(check)) ? undefined : "orcid_check";
}

const CROCKFORD = "0123456789abcdefghjkmnpqrstvwxyz";

/** ROR: ``0``, six characters of Crockford's base 32, two check digits after ISO 7064 MOD 97-10 (ror.org, identifier pattern). */
export function rorFault(text: string): string | undefined {
  const bare = text
    .trim()
    .toLowerCase()
    .replace(/^(https?:\/\/)?ror\.org\//, "");
  if (!/^0[a-hj-km-np-tv-z0-9]{6}\d{2}$/.test(bare)) return "ror_form";
  let number = 0n;
  for (const letter of bare.slice(0, 7)) number = number * 32n + BigInt(CROCKFORD.indexOf(letter));
  const check = 98n - ((number * 100n) % 97n);
  return Number(bare.slice(7)) === Number(check) ? undefined : "ror_check";
}

/** DOI: ``10.``, a registrant of four digits or more, a slash, a suffix (DOI handbook, section 2.2). */
export function doiFault(text: string): string | undefined {
  const bare = text.trim().replace(/^(https?:\/\/(dx\.)?doi\.org\/|doi:\s*)/i, "");
  return /^10\.\d{4,9}(\.\d+)*\/\S+$/.test(bare) ? undefined : "doi";
}

export function emailFault(text: string): string | undefined {
  return /^[^\s@<>,;]+@[^\s@<>,;.]+(\.[^\s@<>,;.]+)+$/.test(text.trim()) ? undefined : "email";
}

export function urlFault(text: string): string | undefined {
  try {
    const url = new URL(text.trim());
    return ["http:", "https:", "ftp:"].includes(url.protocol) && url.hostname ? undefined : "url";
  } catch {
    return "url";
  }
}

/** A date of ISO 8601, ``2026-11-24``, that exists in the calendar. */
export function dateFault(text: string): string | undefined {
  const [, year, month, day] = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text.trim()) ?? [];
  if (!year) return "date";
  const made = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day)));
  return made.getUTCMonth() === Number(month) - 1 && made.getUTCDate() === Number(day) ? undefined : "date_none";
}

const FAULTS: Record<string, (text: string) => string | undefined> = {
  orcid: orcidFault,
  ror: rorFault,
  doi: doiFault,
  email: emailFault,
  url: urlFault,
  date: dateFault,
  year: (text) => (/^\d{4}$/.test(text.trim()) ? undefined : "year"),
  pubmed: (text) => (/^(PMC)?\d{1,8}$/i.test(text.trim()) ? undefined : "pubmed"),
  colour: (text) => (/^#[0-9a-f]{6}$/i.test(text.trim()) ? undefined : "colour"),
};

/** Give what is wrong with text under a named pattern: the end of a key ``ui.form.fault.*``. */
export function faultOf(pattern: string | null | undefined, text: string): string | undefined {
  return text.trim() && pattern ? FAULTS[pattern]?.(text) : undefined;
}

/** Read a date typed in a usual way as ISO: ``2026-3-4``, ``20260304``, ``4.3.2026``; other text stays as it is. */
export function readDate(text: string): string {
  const trimmed = text.trim();
  const forms: [RegExp, (m: RegExpExecArray) => [string, string, string]][] = [
    [/^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})$/, (m) => [m[1] ?? "", m[2] ?? "", m[3] ?? ""]],
    [/^(\d{4})(\d{2})(\d{2})$/, (m) => [m[1] ?? "", m[2] ?? "", m[3] ?? ""]],
    [/^(\d{1,2})\.(\d{1,2})\.(\d{4})$/, (m) => [m[3] ?? "", m[2] ?? "", m[1] ?? ""]],
  ];
  for (const [form, order] of forms) {
    const found = form.exec(trimmed);
    if (!found) continue;
    const [year, month, day] = order(found);
    return `${year}-${month.padStart(2, "0")}-${day.padStart(2, "0")}`;
  }
  return trimmed;
}
