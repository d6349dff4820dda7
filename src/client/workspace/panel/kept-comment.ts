import type { CommentKind, CommentTarget } from "#model";
import { COMMENT_KINDS } from "#model";

/** A comment of the committee that is half-written, as this device keeps it. */
export interface KeptComment {
  readonly target: CommentTarget;
  readonly kind: CommentKind;
  readonly text: string;
  readonly proposal: string;
  /** Which of several ranges the wording is for, from 0. */
  readonly part?: number;
}

const PREFIX = "tongket.comment.";

/** What was being written under a key when the page was left; null where nothing was. */
export function keptComment(key: string): KeptComment | null {
  try {
    const value: unknown = JSON.parse(localStorage.getItem(PREFIX + key) ?? "null");
    // Only `keepComment` writes here; what is sent of it the server looks at.
    const kept = value as KeptComment | null;
    return kept && COMMENT_KINDS.includes(kept.kind) ? kept : null;
  } catch {
    return null;
  }
}

/** Keeps what is being written; null forgets it. */
export function keepComment(key: string, comment: KeptComment | null): void {
  try {
    if (comment) localStorage.setItem(PREFIX + key, JSON.stringify(comment));
    else localStorage.removeItem(PREFIX + key);
  } catch {
    // Nothing can be kept here; the form itself still holds the words.
  }
}
