/** A number as it was written. */
export interface Figure {
  readonly value: number;
  /** How many digits stood after the decimal comma. */
  readonly decimals: number;
  readonly percent: boolean;
}

/** Thousands parted by dots, or by spaces, or not at all; then a decimal comma. */
const VIETNAMESE = /^([-−–+]?)([1-9]\d{0,2}(?:\.\d{3})+|[1-9]\d{0,2}(?:[ \u00A0\u202F]\d{3})+|\d+)(?:,(\d+))?\s*(%?)$/u;
/** A decimal point, where the dot cannot part thousands. */
const POINTED = /^([-−–+]?)(\d+)\.(\d+)\s*(%?)$/u;

/** More digits than this are no longer exact. */
const EXACT_DIGITS = 15;

/**
 * The number that a text is, as Vietnamese write it: `1.234.567,8`, `12,5%`, `-3`. Null for anything else, for a number
 * with its unit too, and for one of so many digits that it could not be told exactly.
 */
export function readNumber(text: string): Figure | null {
  const [, sign, whole = "", fraction = "", percent] = VIETNAMESE.exec(text.trim()) ?? POINTED.exec(text.trim()) ?? [];
  const digits = whole.replaceAll(/\D/gu, "");
  if (sign === undefined || digits.length + fraction.length > EXACT_DIGITS) return null;
  const value = Number(`${digits}.${fraction}`);
  return {
    value: sign === "" || sign === "+" || value === 0 ? value : -value,
    decimals: fraction.length,
    percent: percent === "%",
  };
}

/**
 * A number as Vietnamese write it: `1.234.567,8`. Without `decimals` it has as many as it needs, six at most. The
 * caller owes a finite number.
 */
export function formatNumber(value: number, { decimals, percent }: Partial<Omit<Figure, "value">> = {}): string {
  const size = Math.abs(value);
  const needed = [0, 1, 2, 3, 4, 5].find((digits) => Number(size.toFixed(digits)) === size) ?? 6;
  const fixed = size.toFixed(decimals ?? needed);
  const [whole = "0", digits = ""] = fixed.split(".");
  const fraction = decimals === undefined ? digits.replace(/0+$/u, "") : digits;
  const grouped = whole.replaceAll(/(?<=\d)(?=(?:\d{3})+$)/gu, ".");
  const sign = value < 0 && Number(fixed) !== 0 ? "-" : "";
  return `${sign}${grouped}${fraction === "" ? "" : `,${fraction}`}${percent ? "%" : ""}`;
}
