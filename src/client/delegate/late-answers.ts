import type { Stance, Voice } from "#model";

/**
 * Answers to a round as a whole that reached the server after it was closed or paused, kept on this device. What the
 * server has of them is known only once its notes were read without them: until then none is `checked`.
 */
export interface LateAnswers {
  read(): KeptAnswers;
  /** Keeps what was declared, one per round, the later in place of the earlier. False where the device did not. */
  add(stances: readonly Stance[]): boolean;
  /** Forgets those that say what the server has: from then on it is known that it has none of the others. */
  check(received: readonly Stance[]): void;
  remove(round: number): void;
}

/** What a device keeps of late answers. */
export interface KeptAnswers {
  readonly stances: readonly Stance[];
  readonly checked: boolean;
}

const NONE: KeptAnswers = { stances: [], checked: true };

export function lateAnswers(report: string, person: string): LateAnswers {
  const key = `tongket.late-answers.${report}.${person}`;
  const read = (): KeptAnswers => {
    try {
      const value: unknown = JSON.parse(localStorage.getItem(key) ?? "null");
      // Only `write` writes here.
      return typeof value === "object" && value !== null && "stances" in value ? (value as KeptAnswers) : NONE;
    } catch {
      return NONE;
    }
  };
  const write = (stances: readonly Stance[], checked: boolean): boolean => {
    try {
      if (stances.length === 0) localStorage.removeItem(key);
      else localStorage.setItem(key, JSON.stringify({ stances, checked } satisfies KeptAnswers));
      return true;
    } catch {
      return false;
    }
  };
  return {
    read,
    add: (stances) => {
      const rounds = new Set(stances.map(({ round }) => round));
      const others = read().stances.filter(({ round }) => !rounds.has(round));
      return stances.length === 0 || write([...others, ...stances], false);
    },
    check: (received) => {
      const { stances } = read();
      if (stances.length > 0) write(unreceivedAnswers(stances, received), true);
    },
    remove: (round) => {
      const { stances, checked } = read();
      write(
        stances.filter((stance) => stance.round !== round),
        checked,
      );
    },
  };
}

/** What of the answers the server has otherwise, or not at all. One that says nothing is none. */
export function unreceivedAnswers(answers: readonly Stance[], received: readonly Stance[]): Stance[] {
  return answers.filter((answer) => {
    const known = received.find(({ round }) => round === answer.round);
    return answer.agrees !== (known?.agrees ?? false) || !sameVoice(answer.voice, known?.voice);
  });
}

function sameVoice(a: Voice | undefined, b: Voice | undefined): boolean {
  return a?.unit === b?.unit && a?.people === b?.people;
}
