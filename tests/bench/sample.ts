/** The middle of some figures. */
export function median(figures: readonly number[]): number {
  return share(figures, 0.5);
}

/** The figure that a share of all figures does not exceed: 0.95 for the 95th percentile. */
export function share(figures: readonly number[], part: number): number {
  const sorted = figures.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? 0;
}
