import { roman } from "#model";

/** The level of a paragraph that Word numbers or bullets, or null. */
export function wordListLevel(element: Element): number | null {
  const style = element.getAttribute("style") ?? "";
  const level = style.match(/mso-list:[^;]*\blevel(?<level>\d+)/iu)?.groups?.["level"];
  return level === undefined ? null : Number(level);
}

/** The number that Word shows before a list paragraph, as `1.`, `a)` or `II-`; null where it is a bullet. */
export function wordNumber(element: Element): string | null {
  const shown = [...element.querySelectorAll("[style]")].find(isListSign)?.textContent?.replaceAll(/\s/gu, "") ?? "";
  return /^\(?(?:\p{N}+(?:[.-]\p{N}+)*[.)-]*|[\p{L}\p{N}.]{1,8}[.)-]+)$/u.test(shown) ? shown : null;
}

/** The number of an item of an ordered list, as a browser shows it; null for any other element. */
export function listNumber(element: Element): string | null {
  const list = element.parentElement;
  if (element.tagName !== "LI" || list?.tagName !== "OL") return null;
  const items = [...list.children].filter(({ tagName }) => tagName === "LI");
  let n = Number(list.getAttribute("start") ?? 1) - 1;
  for (const item of items.slice(0, items.indexOf(element) + 1)) n = Number(item.getAttribute("value") ?? n + 1);
  const type = declared(element.getAttribute("style") ?? "", "list-style-type") ?? list.getAttribute("type") ?? "";
  if (/^(?:none|disc|circle|square)$/u.test(type) || n < 1) return null;
  if (/^(?:a|lower-(?:alpha|latin))$/u.test(type)) return `${latinLetter(n)}.`;
  if (/^(?:A|upper-(?:alpha|latin))$/u.test(type)) return `${latinLetter(n).toUpperCase()}.`;
  if (/^(?:I|upper-roman)$/u.test(type)) return `${roman(n)}.`;
  return /^(?:i|lower-roman)$/u.test(type) ? `${roman(n).toLowerCase()}.` : `${n}.`;
}

/** The letter by which browsers number: a, b, … z, aa. */
function latinLetter(n: number): string {
  const letter = String.fromCodePoint(97 + ((n - 1) % 26));
  return n > 26 ? latinLetter(Math.floor((n - 1) / 26)) + letter : letter;
}

/** True for the element in which Word writes the sign or number of a list paragraph, marked to be ignored. */
export function isListSign(element: Element): boolean {
  return /mso-list:\s*ignore/iu.test(element.getAttribute("style") ?? "");
}

/** What a style attribute says of a property, or null. */
export function declared(style: string, property: string): string | null {
  const found = style.match(new RegExp(`(?:^|;)\\s*${property}\\s*:\\s*(?<value>[^;]+)`, "iu"));
  return found?.groups?.["value"]?.trim() ?? null;
}
