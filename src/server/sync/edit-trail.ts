import { editedBy, joinedRuns } from "#collab";
import type { Run } from "#collab";
import type { DocumentKey, LoggedUpdate, TrailStep } from "../storage/storage.ts";

/** Edits of one person that follow each other within so many milliseconds are told as one. */
const PAUSE = 10 * 60_000;

/** Whose edits are kept by person and time when a snapshot replaces them: those of the text. */
export function isFollowed({ document }: DocumentKey): boolean {
  return document === "body";
}

/** Updates as steps, each of one person without a long pause, in the order in which they began. */
export function stepsOf(updates: readonly Omit<LoggedUpdate, "seq">[]): TrailStep[] {
  const steps: { person: string; from: string; until: string; inserted: Run[]; deleted: Run[] }[] = [];
  const last = new Map<string, number>();
  for (const { person, at, bytes } of updates) {
    const { inserted, deleted } = editedBy(bytes);
    const open = steps[last.get(person) ?? -1];
    if (open && Date.parse(at) - Date.parse(open.until) <= PAUSE) {
      open.until = at;
      open.inserted.push(...inserted);
      open.deleted.push(...deleted);
    } else {
      last.set(person, steps.length);
      steps.push({ person, from: at, until: at, inserted: [...inserted], deleted: [...deleted] });
    }
  }
  return steps.map((step) => ({
    ...step,
    inserted: joinedRuns(step.inserted),
    deleted: joinedRuns(step.deleted),
  }));
}
