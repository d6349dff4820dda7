/** One line of the comparison: our figure, the peer's for the same work in the same run, and how many times ours that is. */
export interface BenchRow {
  readonly name: string;
  readonly ours: number;
  readonly peer: number;
  readonly ratio: number;
  readonly unit: string;
}

export function benchRow(name: string, unit: string, ours: number, peer: number): BenchRow {
  return { name, ours, peer, ratio: peer / ours, unit };
}
