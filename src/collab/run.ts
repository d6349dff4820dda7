/** Characters under consecutive clocks of one client, in UTF-16 units. */
export interface Run {
  readonly client: number;
  readonly clock: number;
  readonly length: number;
}

/** What is in both of two lists of runs. */
export function overlapOf(some: readonly Run[], others: readonly Run[]): Run[] {
  const byClient = new Map<number, Run[]>();
  for (const other of others) {
    const known = byClient.get(other.client);
    if (known) known.push(other);
    else byClient.set(other.client, [other]);
  }
  return some.flatMap(({ client, clock, length }) =>
    (byClient.get(client) ?? []).flatMap((other): Run[] => {
      const from = Math.max(clock, other.clock);
      const to = Math.min(clock + length, other.clock + other.length);
      return from < to ? [{ client, clock: from, length: to - from }] : [];
    }),
  );
}

/** Runs in order, those that touch or overlap as one. */
export function joinedRuns(runs: readonly Run[]): Run[] {
  const found: Run[] = [];
  for (const run of runs.toSorted((a, b) => a.client - b.client || a.clock - b.clock)) {
    const last = found.at(-1);
    if (!last || last.client !== run.client || last.clock + last.length < run.clock) {
      found.push(run);
      continue;
    }
    const length = Math.max(last.length, run.clock + run.length - last.clock);
    found[found.length - 1] = { client: last.client, clock: last.clock, length };
  }
  return found;
}
