/** Where a quotation is found in a text, and how surely: the fewer edits and the more of its surroundings, the better. */
interface Found {
  readonly from: number;
  readonly to: number;
  readonly score: number;
}

/** Of how many signs of a quotation one may differ. */
const TOLERANCE = 5;

/**
 * What systems do that know a comment by its quotation alone: the place in a text where the quoted words stand, or else
 * the one that differs least from them; of several the one whose surroundings fit best.
 */
export function findQuote(text: string, exact: string, prefix: string, suffix: string): Found | null {
  const context = (from: number, to: number): number =>
    commonTail(text.slice(0, from), prefix) + commonHead(text.slice(to), suffix);
  let best: Found | null = null;
  for (let from = text.indexOf(exact); from !== -1; from = text.indexOf(exact, from + 1)) {
    const to = from + exact.length;
    const score = 1000 + context(from, to);
    if (!best || score > best.score) best = { from, to, score };
  }
  if (best) return best;
  const most = Math.floor(exact.length / TOLERANCE);
  const near = nearest(text, exact);
  if (!near || near.edits > most) return null;
  for (const { from, to } of near.ends) {
    const score = context(from, to) - near.edits;
    if (!best || score > best.score) best = { from, to, score };
  }
  return best;
}

/** All places that differ from a pattern by the fewest edits (Sellers), each with where it begins. */
function nearest(text: string, pattern: string): { edits: number; ends: { from: number; to: number }[] } | null {
  const m = pattern.length;
  const costs = Int32Array.from({ length: m + 1 }, (_, i) => i);
  const starts = new Int32Array(m + 1);
  let edits = m;
  let ends: { from: number; to: number }[] = [];
  for (let j = 1; j <= text.length; j++) {
    const letter = text.charCodeAt(j - 1);
    let [costBefore, startBefore] = [0, j - 1];
    starts[0] = j;
    for (let i = 1; i <= m; i++) {
      const [above, begin] = [costs[i] ?? 0, starts[i] ?? 0];
      const same = costBefore + (pattern.charCodeAt(i - 1) === letter ? 0 : 1);
      const least = Math.min(same, above + 1, (costs[i - 1] ?? 0) + 1);
      if (least === same) starts[i] = startBefore;
      else if (least !== above + 1) starts[i] = starts[i - 1] ?? 0;
      costs[i] = least;
      [costBefore, startBefore] = [above, begin];
    }
    const cost = costs[m] ?? m;
    if (cost < edits) [edits, ends] = [cost, []];
    if (cost === edits && cost < m) ends.push({ from: starts[m] ?? 0, to: j });
  }
  return ends.length > 0 ? { edits, ends } : null;
}

function commonHead(a: string, b: string): number {
  let n = 0;
  while (n < a.length && n < b.length && a.charAt(n) === b.charAt(n)) n++;
  return n;
}

function commonTail(a: string, b: string): number {
  let n = 0;
  while (n < a.length && n < b.length && a.charAt(a.length - 1 - n) === b.charAt(b.length - 1 - n)) n++;
  return n;
}
