/**
 * One draft sent out for comments (*Dự thảo lần n*). Its version is the text frozen when it was opened. What it is at
 * an instant {@link roundState} says.
 */
export interface Round {
  readonly number: number;
  readonly version: string;
  readonly openedAt: string;
  /** When it closes by itself, by the server's clock. Absent: it is open until the chair closes it. */
  readonly deadline?: string;
  /** Since when it takes no comments for a while. Absent: it is not paused. */
  readonly pausedAt?: string;
  readonly closedAt?: string;
  /** Whose comments are taken although it is closed: ids of persons, or {@link EVERYBODY}. */
  readonly late?: readonly string[];
  /** When anything of it was last changed after its opening. Of two copies the one changed later counts. */
  readonly changedAt?: string;
}

/** Among the ids of persons, stands for all. */
export const EVERYBODY = "*";

/** Whether a round takes comments, takes none for a while, or is over. */
export type RoundState = "open" | "paused" | "closed";

/** What a round is at the instant `now` (UTC, ISO 8601 with milliseconds): its deadline ends it, noted or not. */
export function roundState(round: Round, now: string): RoundState {
  if (round.closedAt !== undefined || (round.deadline !== undefined && round.deadline <= now)) return "closed";
  return round.pausedAt === undefined ? "open" : "paused";
}

/** True where a comment of this person is taken although the round is closed: it is then marked as late. */
export function takesLate(round: Round, person: string): boolean {
  return round.late?.some((id) => id === EVERYBODY || id === person) ?? false;
}

/** The round that was opened and not closed, or null. At most one is. */
export function openRound(rounds: readonly Round[]): Round | null {
  return rounds.find((round) => round.closedAt === undefined) ?? null;
}

/** The round numbered so; without a number the open one, or else the newest. Null where there is none. */
export function roundOf(rounds: readonly Round[], number?: number): Round | null {
  if (number === undefined) return openRound(rounds) ?? rounds.at(-1) ?? null;
  return rounds.find((round) => round.number === number) ?? null;
}
