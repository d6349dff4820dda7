import { docFrom, slotOfRoot, tableOfRoot } from "#collab";
import { readNotes } from "#comments";
import * as Y from "yjs";
import { departureOf } from "./absence.ts";
import { DeviceLog } from "./device-log.ts";
import { keptDocuments } from "./device-store.ts";
import { UnsavedTally } from "./unsaved-tally.ts";

/**
 * The paragraphs that are in a body and were not in it `before`: what a person wrote without a connection, for one who
 * may not send it any more. Each stands as often as it was added.
 */
export function paragraphsSince(body: Y.Doc, before: Uint8Array): string[] {
  const then = docFrom(before);
  return [...body.share.keys()].flatMap((root) => {
    // What a slot says, or a cell of a table.
    if (slotOfRoot(root) === null && !tableOfRoot(root)?.cell) return [];
    const known = new Map<string, number>();
    for (const paragraph of paragraphs(then, root)) known.set(paragraph, (known.get(paragraph) ?? 0) + 1);
    return paragraphs(body, root).filter((paragraph) => {
      const left = known.get(paragraph) ?? 0;
      known.set(paragraph, left - 1);
      return left <= 0;
    });
  });
}

/**
 * Takes from the device what nobody may keep there any more of a report whose link was revoked: gives what its persons
 * wrote that was never sent, and forgets all of it.
 */
export async function takeUnsent(report: string): Promise<string[]> {
  const found: string[] = [];
  for (const { name, person, kind } of await keptDocuments(report)) {
    const doc = new Y.Doc();
    const tally = new UnsavedTally();
    const log = new DeviceLog({ name, doc, tally, isOwn: () => false, changed: () => undefined });
    await log.loaded;
    const before = departureOf(log)?.before;
    if (tally.total > 0 && kind === "body" && before) found.push(...paragraphsSince(doc, before));
    if (tally.total > 0 && kind === "notes") found.push(...wordsOfNotes(doc, person));
    await log.forget();
  }
  return found;
}

/** The words of a person's own comments and replies that are not withdrawn. */
export function wordsOfNotes(notes: Y.Doc, person: string): string[] {
  const { comments, replies } = readNotes(notes, person);
  return [...comments, ...replies]
    .filter(({ withdrawn }) => !withdrawn)
    .flatMap((said) => [said.text, "proposal" in said ? (said.proposal ?? "") : ""])
    .filter((text) => text !== "");
}

function paragraphs(body: Y.Doc, root: string): string[] {
  return body
    .getText(root)
    .toJSON()
    .split("\n")
    .filter((paragraph) => paragraph.trim() !== "");
}
