import type { QuotedRange } from "#model";
import { COMMENT_KINDS } from "#model";
import type { CommentWords } from "./comment-words.ts";

const PREFIX = "tongket.draft.";

/** Half-written words about a subject, kept on this device; null where there are none. */
export function keptDraft(key: string): CommentWords | null {
  try {
    const value: unknown = JSON.parse(localStorage.getItem(PREFIX + key) ?? "null");
    if (typeof value !== "object" || value === null || !("kind" in value) || !("text" in value)) return null;
    const kind = COMMENT_KINDS.find((known) => known === value.kind);
    if (!kind || typeof value.text !== "string") return null;
    return {
      kind,
      text: value.text,
      ...("proposal" in value && typeof value.proposal === "string" ? { proposal: value.proposal } : {}),
      ...("part" in value && typeof value.part === "number" ? { part: value.part } : {}),
      // Only `keepDraft` writes here, and the server looks at what is sent.
      ...("also" in value && Array.isArray(value.also) ? { also: value.also as QuotedRange[] } : {}),
    };
  } catch {
    return null;
  }
}

/** Keeps half-written words; those that are still `untouched` leave nothing behind. */
export function keepDraft(key: string, words: CommentWords, untouched: CommentWords): void {
  const places = words.also?.length ?? 0;
  if (
    words.text === untouched.text &&
    words.proposal === untouched.proposal &&
    words.kind === untouched.kind &&
    places === 0
  ) {
    forgetDraft(key);
    return;
  }
  try {
    localStorage.setItem(PREFIX + key, JSON.stringify(words));
  } catch {
    // Nothing can be kept here; the sheet itself still holds the words.
  }
}

export function forgetDraft(key: string): void {
  try {
    localStorage.removeItem(PREFIX + key);
  } catch {
    // As above.
  }
}
