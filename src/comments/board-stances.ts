import type { Stance } from "#model";
import type * as Y from "yjs";
import { compareText, readStance, sameJson } from "./record.ts";

/** What everybody declares of the rounds, on the committee's board under a root of its own. Only the server writes it. */
function stancesMap(doc: Y.Doc): Y.Map<unknown> {
  return doc.getMap("stances");
}

/** Makes a board tell exactly these stances, writing only what differs. */
export function writeBoardStances(doc: Y.Doc, stances: readonly Stance[], origin: unknown): void {
  const map = stancesMap(doc);
  const wanted = new Map(stances.map((stance) => [`${stance.author}/${stance.round}`, stance]));
  const removed = [...map.keys()].filter((key) => !wanted.has(key));
  const written = [...wanted].filter(([key, stance]) => !sameJson(map.get(key), stance));
  if (removed.length === 0 && written.length === 0) return;
  doc.transact(() => {
    for (const key of removed) map.delete(key);
    for (const [key, stance] of written) map.set(key, stance);
  }, origin);
}

/** The stances on a board, by round and person. Total: what is none is passed over. */
export function readBoardStances(doc: Y.Doc): Stance[] {
  return [...stancesMap(doc).values()].flatMap((value) => readStance(value) ?? []).sort(byRound);
}

/** By round, then by person: the same order however they came together. */
export function byRound(a: Stance, b: Stance): number {
  return a.round - b.round || compareText(a.author, b.author);
}
