/** How much a Word file may hold. Sizes are in bytes. */
export interface WordLimits {
  /** The file as it comes. */
  readonly file: number;
  /** Entries of the package, pictures and all. */
  readonly entries: number;
  /** One part that is read, unpacked; pictures are never unpacked. */
  readonly part: number;
  /** All parts that are read. */
  readonly parts: number;
  /** Elements of one part. */
  readonly elements: number;
  readonly depth: number;
  readonly paragraphs: number;
  readonly comments: number;
}

const MEBIBYTE = 1024 * 1024;

/** Far above any report: a thousand pages with ten thousand comments stay below half of each. */
export const WORD_LIMITS: WordLimits = {
  file: 64 * MEBIBYTE,
  entries: 5000,
  part: 64 * MEBIBYTE,
  parts: 128 * MEBIBYTE,
  elements: 1_500_000,
  depth: 256,
  paragraphs: 50_000,
  comments: 20_000,
};

/** Bytes as mebibytes for an error's text. */
export function mebibytes(bytes: number): number {
  return Math.max(1, Math.round(bytes / MEBIBYTE));
}
