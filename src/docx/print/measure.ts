/** Millimetres in twentieths of a point, the unit of lengths in WordprocessingML. */
export function twips(millimetres: number): number {
  return Math.round((millimetres * 1440) / 25.4);
}

/** Points in twentieths of a point. */
export function pointTwips(points: number): number {
  return Math.round(points * 20);
}

/** Millimetres in points. */
export function points(millimetres: number): number {
  return (millimetres * 72) / 25.4;
}

/** Points in half-points, the unit of text sizes. */
export function halfPoints(size: number): number {
  return Math.round(size * 2);
}
