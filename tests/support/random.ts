/** A repeatable source of chance: the same seed, the same run. */
export interface Random {
  /** From 0 to below 1. */
  (): number;
  /** From 0 to below `n`. */
  int(n: number): number;
  pick<T>(list: readonly T[]): T;
  weighted<T extends string>(weights: Readonly<Record<T, number>>): T;
}

/** mulberry32. */
export function random(seed: number): Random {
  let a = seed >>> 0;
  const next = (): number => {
    a = (a + 0x6d2b79f5) | 0;
    let t = Math.imul(a ^ (a >>> 15), 1 | a);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
  const int = (n: number): number => Math.floor(next() * n);
  return Object.assign(next, {
    int,
    pick<T>(list: readonly T[]): T {
      const item = list[int(list.length)];
      if (item === undefined) throw new RangeError("nothing to pick from");
      return item;
    },
    weighted<T extends string>(weights: Readonly<Record<T, number>>): T {
      const entries = Object.entries<number>(weights);
      let rest = next() * entries.reduce((sum, [, weight]) => sum + weight, 0);
      for (const [name, weight] of entries) {
        rest -= weight;
        if (rest < 0) return name as T;
      }
      throw new RangeError("no weights");
    },
  });
}
