import { strFromU8, strToU8, unzipSync, zipSync } from "fflate";
import type { Random } from "../support/random.ts";
import type { MadeCopy } from "./copies.ts";

/** A copy as it is, and as its author had sent it a day before, with other words in some of the same remarks. */
export interface Editions {
  readonly earlier: MadeCopy;
  readonly later: MadeCopy;
}

/** What the generator writes, and what its author had written first. */
const FIRST_WORDS: readonly (readonly [string, string])[] = [
  [": đề nghị xem lại chỗ này.", ": xem lại."],
  ["kịp thời, thiết thực", "kịp thời, sát thực tế"],
  ["quyết liệt hơn", "mạnh hơn"],
  ["cụ thể theo từng tháng", "cụ thể theo từng quý"],
  [" và thực chất", " và rõ ràng"],
  ["về chăm lo đời sống người lao động", "về đời sống"],
];

/** The two editions of a copy; null where the file does not say when it was saved. */
export function editionsOf(copy: MadeCopy, r: Random): Editions | null {
  const files = unzipSync(copy.bytes);
  const core = files["docProps/core.xml"];
  if (!core || !/modified[^>]*>\d{4}-/u.test(strFromU8(core))) return null;
  const reworded = (xml: string): string => {
    let text = xml;
    for (const [now, first] of FIRST_WORDS) text = text.replaceAll(now, (all) => (r.int(3) > 0 ? first : all));
    return text;
  };
  const saved = (time: string, revision: number): Uint8Array =>
    strToU8(
      strFromU8(core)
        .replace(/(modified[^>]*>)[^<]*/u, `$1${time}`)
        .replace(/(<cp:revision>)[^<]*/u, `$1${revision}`),
    );
  const earlier: Record<string, Uint8Array> = { ...files, "docProps/core.xml": saved("2022-01-05T08:00:00Z", 3) };
  for (const part of ["word/comments.xml", "word/document.xml"]) {
    const xml = files[part];
    if (xml) earlier[part] = strToU8(reworded(strFromU8(xml)));
  }
  const later = { ...files, "docProps/core.xml": saved("2022-01-06T08:00:00Z", 5) };
  return {
    earlier: { ...copy, name: `trước-${copy.name}`, bytes: zipSync(earlier), expected: [] },
    later: { ...copy, bytes: zipSync(later) },
  };
}

/** What a list holds, in an order of chance. */
export function shuffled<T>(list: readonly T[], r: Random): T[] {
  const left = [...list];
  return Array.from({ length: left.length }, () => left.splice(r.int(left.length), 1)).flat();
}
