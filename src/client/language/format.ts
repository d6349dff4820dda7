import type { Language } from "#model";

const LOCALE: Readonly<Record<Language, string>> = { vi: "vi-VN", en: "en-GB" };

/** A day and a time of day as people write them, in the reader's own time zone: *17:05, 21/11/2021*. */
export function formatDateTime(language: Language, iso: string): string {
  const date = new Date(iso);
  return `${formatTime(language, iso)}, ${date.toLocaleDateString(LOCALE[language])}`;
}

/** *17:05* */
export function formatTime(language: Language, iso: string): string {
  return new Date(iso).toLocaleTimeString(LOCALE[language], { hour: "2-digit", minute: "2-digit" });
}

/** *21/11/2021* */
export function formatDate(language: Language, iso: string): string {
  return new Date(iso).toLocaleDateString(LOCALE[language]);
}

/** How long it takes, in its two greatest units: *2 giờ 15 phút*. Less than a minute is one second or more. */
export function formatDuration(language: Language, milliseconds: number): string {
  const seconds = Math.max(0, Math.ceil(milliseconds / 1000));
  const part = (value: number, unit: string): string =>
    new Intl.NumberFormat(LOCALE[language], { style: "unit", unit, unitDisplay: "long" }).format(value);
  if (seconds < 60) return part(seconds, "second");
  const minutes = Math.ceil(seconds / 60);
  const parts: readonly (readonly [number, string])[] = [
    [Math.floor(minutes / 1440), "day"],
    [Math.floor((minutes % 1440) / 60), "hour"],
    [minutes % 60, "minute"],
  ];
  const first = parts.findIndex(([value]) => value > 0);
  return parts
    .slice(first, first + 2)
    .filter(([value]) => value > 0)
    .map(([value, unit]) => part(value, unit))
    .join(" ");
}

/** A number with the separators of the language: *3.482*. */
export function formatNumber(language: Language, value: number): string {
  return value.toLocaleString(LOCALE[language]);
}

const STEPS: readonly (readonly [Intl.RelativeTimeFormatUnit, number])[] = [
  ["minute", 60],
  ["hour", 3_600],
  ["day", 86_400],
];

/**
 * How long before or after `now` a moment is, in words: *5 phút trước*, *sau 2 ngày*. Beyond a week it is the date.
 * `now` is milliseconds, as the server's clock gives them.
 */
export function formatRelative(language: Language, iso: string, now: number): string {
  const seconds = (Date.parse(iso) - now) / 1000;
  if (Math.abs(seconds) >= 7 * 86_400) return formatDate(language, iso);
  const words = new Intl.RelativeTimeFormat(LOCALE[language], { numeric: "auto" });
  if (Math.abs(seconds) < 60) return words.format(0, "second");
  const [unit, length] = STEPS.findLast(([, size]) => Math.abs(seconds) >= size) ?? ["minute", 60];
  return words.format(Math.trunc(seconds / length), unit);
}
