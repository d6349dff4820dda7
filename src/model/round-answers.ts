import type { CommentThread, Person } from "./comment.ts";
import type { Report } from "./report.ts";
import type { Round } from "./round.ts";
import type { Voice } from "./stance.ts";
import { voiceOf } from "./stance.ts";

/** What came of asking one delegate in one round. */
export interface RoundAnswer {
  readonly person: Person;
  /** For whom the person speaks in the round; null where for nobody else. */
  readonly voice: Voice | null;
  /** `commented` while a comment stands; `agreed` where the person said so and no comment stands; else `silent`. */
  readonly state: "commented" | "agreed" | "silent";
  /** How many comments of the person stand in the round. */
  readonly comments: number;
}

/** What came of asking the delegates in a round: one answer for each, in the order of the report's people. */
export function roundAnswers(
  report: Pick<Report, "people" | "threads" | "stances">,
  round: Pick<Round, "number">,
): RoundAnswer[] {
  const { number } = round;
  const counts = countByAuthor(report.threads.filter(({ comment }) => comment.round === number));
  const agreeing = agreeingIn(report, (other) => other === number);
  return report.people
    .filter(({ role }) => role === "delegate")
    .map((person) => {
      const comments = counts.get(person.id) ?? 0;
      return {
        person,
        voice: voiceOf(report.stances, { author: person.id, round: number }),
        state: comments > 0 ? "commented" : agreeing.has(person.id) ? "agreed" : "silent",
        comments,
      };
    });
}

/** Those who were asked, made no comment that stands in any round, and said in one that they agree. */
export function agreeingPeople(report: Pick<Report, "people" | "threads" | "stances">): Person[] {
  const counts = countByAuthor(report.threads);
  const agreeing = agreeingIn(report, () => true);
  return report.people.filter(({ id, role }) => role === "delegate" && agreeing.has(id) && !counts.has(id));
}

function agreeingIn({ stances }: Pick<Report, "stances">, inRound: (round: number) => boolean): Set<string> {
  return new Set(stances.filter(({ agrees, round }) => agrees && inRound(round)).map(({ author }) => author));
}

function countByAuthor(threads: readonly CommentThread[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { comment } of threads) {
    if (!comment.withdrawn) counts.set(comment.author, (counts.get(comment.author) ?? 0) + 1);
  }
  return counts;
}
