import type { Comment } from "./comment.ts";
import type { Language } from "./language.ts";
import { say } from "./language.ts";
import type { RuleSet } from "./rule-set.ts";

/** A unit that one person speaks for, with the number of people in it. */
export interface Voice {
  readonly unit: string;
  /** Absent where it was not said. */
  readonly people?: number;
}

/**
 * What a person declares of a round as a whole: for whom they speak in it, and that they agree to the draft without
 * comment. One person has at most one for a round; to take something back is to write it anew without it.
 */
export interface Stance {
  readonly author: string;
  readonly round: number;
  /** True: "no comment, agrees to the draft". It counts as long as no comment by the same person stands in the round. */
  readonly agrees: boolean;
  /** Absent where the person speaks for nobody else. */
  readonly voice?: Voice;
  readonly createdAt: string;
  readonly editedAt?: string;
  /** Written after its round was closed, and taken all the same. */
  readonly late?: true;
}

/** For whom the author of a comment speaks in its round; null where for nobody else. */
export function voiceOf(stances: readonly Stance[], comment: Pick<Comment, "author" | "round">): Voice | null {
  return stances.find(({ author, round }) => author === comment.author && round === comment.round)?.voice ?? null;
}

/** Whom a voice speaks for, in a line: `Chi bộ 3 (24 đảng viên)`. What its people are called follows the organisation. */
export function voiceWords(language: Language, { unit, people }: Voice, ruleSet: Pick<RuleSet, "family">): string {
  if (people === undefined) return unit;
  return `${unit} (${say(language, `voice.people.${ruleSet.family}`, { count: people })})`;
}
