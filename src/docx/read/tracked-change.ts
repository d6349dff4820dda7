import type { WordChange } from "./word-file.ts";
import type { XmlElement } from "./xml.ts";

/** What surrounds an element: a tracked change, or something whose words are not to be read. */
export interface Around {
  readonly change: WordChange | null;
  readonly mute: boolean;
}

export const PLAINLY: Around = { change: null, mute: false };

const KINDS: ReadonlyMap<string, WordChange["kind"]> = new Map([
  ["w:ins", "inserted"],
  ["w:moveTo", "inserted"],
  ["w:del", "deleted"],
  ["w:moveFrom", "deleted"],
]);

/** Who made a change and when, of an element that tracks one; null for any other. */
export function changeOf(element: XmlElement): WordChange | null {
  const kind = KINDS.get(element.name);
  if (!kind) return null;
  const { "w:author": author = "", "w:initials": initials = "", "w:date": date = "" } = element.attributes;
  return { kind, author, initials, date: realDate(date) };
}

/** The change among the children of a setting: of a paragraph's mark, of a row. The last of several. */
export function changeIn(setting: XmlElement | undefined): WordChange | null {
  return setting?.children.flatMap((element) => changeOf(element) ?? []).at(-1) ?? null;
}

/** A date as written; "" for what LibreOffice writes where it knows none. */
export function realDate(date: string): string {
  return /^0*-0*-0*T/.test(date) ? "" : date;
}
