import { openRound, roundState } from "#model";
import type { FastifyBaseLogger } from "fastify";
import type { Storage } from "../storage/storage.ts";
import type { Live } from "../sync/live.ts";
import { now } from "../tokens.ts";
import type { Turns } from "../turns.ts";

/** The longest a timer of Node waits, milliseconds. */
const LONGEST = 2 ** 31 - 1;

/** When rounds that could not be closed are tried again, milliseconds. */
const AGAIN = 5000;

interface RoundClockOptions {
  readonly storage: Storage;
  readonly live: Pick<Live, "announce">;
  readonly roundTurns: Turns;
  readonly log: FastifyBaseLogger;
}

/**
 * Closes every round whose deadline has passed, at the deadline, and tells everybody in its report. One that passed
 * while no server ran is closed at the start, with the deadline as the time of its closing. Until it is noted, whoever
 * decides by {@link roundState} decides the same.
 */
export class RoundClock {
  private readonly options: RoundClockOptions;
  private timer: NodeJS.Timeout | null = null;
  private running: Promise<void> = Promise.resolve();
  private ended = false;

  constructor(options: RoundClockOptions) {
    this.options = options;
  }

  /** Looks at all deadlines anew: to be called at the start and whenever a round has changed. */
  look(): Promise<void> {
    this.running = this.running
      .then(() => this.closeDue())
      .catch((error: unknown) => {
        this.options.log.error({ err: error }, "rounds whose deadline has passed could not be closed");
        this.wake(AGAIN);
      });
    return this.running;
  }

  /** Lets what is under way end; nothing is closed any more. */
  async close(): Promise<void> {
    this.ended = true;
    if (this.timer) clearTimeout(this.timer);
    await this.running;
  }

  private async closeDue(): Promise<void> {
    const { storage, live, roundTurns } = this.options;
    let next = Infinity;
    for (const { id } of await storage.reports.list()) {
      if (this.ended) return;
      const deadline = await roundTurns.run(async () => {
        const round = openRound(await storage.reports.rounds(id));
        if (round?.deadline === undefined) return null;
        if (roundState(round, now()) !== "closed") return round.deadline;
        await storage.reports.putRounds(
          id,
          [{ ...round, closedAt: round.deadline, changedAt: laterOf(round.changedAt, round.deadline) }],
          [],
        );
        live.announce(id);
        return null;
      });
      if (deadline !== null) next = Math.min(next, Date.parse(deadline));
    }
    if (next < Infinity) this.wake(next - Date.now());
  }

  private wake(after: number): void {
    if (this.timer) clearTimeout(this.timer);
    if (this.ended) return;
    this.timer = setTimeout(() => void this.look(), Math.min(Math.max(after, 0), LONGEST));
    this.timer.unref();
  }
}

function laterOf(a: string | undefined, b: string): string {
  return a !== undefined && a > b ? a : b;
}
