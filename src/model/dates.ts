/** A day of the calendar; months and days from 1. */
export interface CalendarDate {
  readonly year: number;
  readonly month: number;
  readonly day: number;
}

/** The day that `yyyy-mm-dd` names, or null where it names none (the 30th of February, words, an empty field). */
export function parseDate(text: string): CalendarDate | null {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
  if (!match) return null;
  const [year, month, day] = [Number(match[1]), Number(match[2]), Number(match[3])];
  const real = new Date(Date.UTC(year, month - 1, day));
  return real.getUTCMonth() === month - 1 && real.getUTCDate() === day ? { year, month, day } : null;
}

/**
 * The day, month and year of a date as official papers print them: `0` before days below 10 and before months 1 and 2.
 * Null for anything but a real `yyyy-mm-dd`.
 */
export function officialDate(date: string): { day: string; month: string; year: string } | null {
  const parsed = parseDate(date);
  if (!parsed) return null;
  return {
    day: String(parsed.day).padStart(2, "0"),
    month: parsed.month <= 2 ? String(parsed.month).padStart(2, "0") : String(parsed.month),
    year: String(parsed.year),
  };
}

/** `ngày 05 tháng 01 năm 2022`, as the heading of a document says it; null as for {@link officialDate}. */
export function longDate(date: string): string | null {
  const parts = officialDate(date);
  return parts && `ngày ${parts.day} tháng ${parts.month} năm ${parts.year}`;
}

/** `05/9/2026`, as running text cites it, with the zeros of the long form; null as for {@link officialDate}. */
export function shortDate(date: string): string | null {
  const parts = officialDate(date);
  return parts && `${parts.day}/${parts.month}/${parts.year}`;
}

/** Vietnam keeps one time zone, seven hours before UTC, all year. */
export const VIETNAM_OFFSET: number = 7 * 60 * 60 * 1000;

/** An instant by the clock on the wall in Vietnam: *17 giờ 00, ngày 05/9/2026*. Null for what names none. */
export function wallTime(instant: string): string | null {
  const time = Date.parse(instant);
  if (Number.isNaN(time)) return null;
  const wall = new Date(time + VIETNAM_OFFSET).toISOString();
  return `${wall.slice(11, 13)} giờ ${wall.slice(14, 16)}, ngày ${shortDate(wall.slice(0, 10)) ?? wall.slice(0, 10)}`;
}
