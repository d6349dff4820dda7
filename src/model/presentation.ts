import { parseDate } from "./dates.ts";
import { say } from "./language.ts";
import type { RuleSet } from "./rule-set.ts";
import { comparedWords } from "./similarity.ts";

/** The field that holds what an organisation prints otherwise than its rule set, one value a line. */
export const PRESENTATION = "presentation";

/** A value of rule sets that an organisation may set for itself: where it stands, and between what bounds. */
export interface PresentationSetting {
  /** Keys from the rule set down to the value, joined by dots: the name by which everybody can write it. */
  readonly path: string;
  readonly kind: "number" | "count" | "switch" | "text" | "pitch";
  /** Of numbers the least and the greatest, of texts the greatest length. */
  readonly least: number;
  readonly greatest: number;
}

type Value = number | boolean | string | RuleSet["body"]["line"];

function setting(path: string, kind: PresentationSetting["kind"], least = 0, greatest = 0): PresentationSetting {
  return { path, kind, least, greatest };
}

/** Everything an organisation may set for itself. Lengths are millimetres, sizes points. */
export const PRESENTATION_SETTINGS: readonly PresentationSetting[] = [
  setting("page.margin.top", "number", 10, 60),
  setting("page.margin.bottom", "number", 10, 60),
  setting("page.margin.left", "number", 10, 60),
  setting("page.margin.right", "number", 10, 60),
  setting("page.pageNumber.size", "number", 8, 24),
  setting("page.pageNumber.fromEdge", "number", 4, 30),
  setting("page.pageNumber.onFirstPage", "switch"),
  setting("heading.number.text", "text", 0, 100),
  setting("heading.typeName.size", "number", 8, 30),
  setting("heading.subject.size", "number", 8, 30),
  setting("body.text.size", "number", 8, 24),
  setting("body.firstLineIndent", "number", 0, 40),
  setting("body.spaceBefore", "number", 0, 40),
  setting("body.spaceAfter", "number", 0, 40),
  setting("body.line", "pitch"),
  setting("body.endMark", "text", 0, 10),
  setting("appendix.restartPages", "switch"),
  setting("appendix.lyingFrom", "count", 1, 63),
  setting("closing.recipients.items.size", "number", 8, 24),
  setting("closing.recipients.last", "text", 0, 300),
  setting("closing.signature.space", "number", 5, 80),
  setting("responses.numberedRows", "switch"),
];

/** What a field of own values says: the values by their paths, and the lines that say nothing that can be used. */
export interface OwnPresentation {
  readonly values: ReadonlyMap<string, Value>;
  readonly wrong: readonly string[];
}

/**
 * Reads lines such as `lề phải = 20`, by the names of either language or by the path itself. A later line of the same
 * name counts. Total: what cannot be used is given back among the wrong lines.
 */
export function readPresentation(text: string): OwnPresentation {
  const values = new Map<string, Value>();
  const wrong: string[] = [];
  for (const line of text.split(/\r?\n/).map((each) => each.trim())) {
    if (line === "") continue;
    const [name = "", ...rest] = line.split(/[=:]/);
    const known = PRESENTATION_SETTINGS.find((each) => namesOf(each).includes(folded(name)));
    const value = known && valueOf(known, line.slice(name.length + 1).trim());
    if (!known || rest.length === 0 || value === null || value === undefined) wrong.push(line);
    else values.set(known.path, value);
  }
  return { values, wrong };
}

function namesOf({ path }: PresentationSetting): string[] {
  return [path, say("vi", `presentation.${path}`), say("en", `presentation.${path}`)].map(folded);
}

function folded(name: string): string {
  return comparedWords(name).join(" ");
}

function valueOf({ kind, least, greatest }: PresentationSetting, text: string): Value | null {
  if (kind === "text") return text.length <= greatest ? text.replaceAll(/\p{Cc}/gu, "") : null;
  if (kind === "switch")
    return /^(có|true|yes)$/iu.test(text) ? true : /^(không|false|no)$/iu.test(text) ? false : null;
  const [, figures = "", unit = ""] = /^(\d{1,3}(?:[.,]\d{1,2})?)\s*(pt|mm)?$/u.exec(text) ?? [];
  if (figures === "") return null;
  const number = Number(figures.replace(",", "."));
  if (kind === "count" && !Number.isInteger(number)) return null;
  if (kind === "number" || kind === "count") return number >= least && number <= greatest ? number : null;
  // A line pitch is so many lines, or with its unit exactly so many points.
  if (unit === "pt") return number >= 10 && number <= 60 ? { rule: "exact", points: number } : null;
  return unit === "" && number >= 1 && number <= 3 ? { rule: "multiple", lines: number } : null;
}

/**
 * The rule set a report prints by: of the family of `named` the one in force on the report's date where that one is not
 * (`others` are those there are), with the organisation's own values in place of its. Without a date it is `named`.
 */
export function ruleSetInForce(
  named: RuleSet,
  fields: Readonly<Record<string, string>>,
  others: Iterable<RuleSet> = [],
): RuleSet {
  const dated = onDate(named, fields["date"] ?? "", others);
  const { values } = readPresentation(fields[PRESENTATION] ?? "");
  return values.size === 0 ? dated : withOwnValues(dated, values);
}

function onDate(named: RuleSet, date: string, others: Iterable<RuleSet>): RuleSet {
  if (parseDate(date) === null) return named;
  const holds = ({ effectiveFrom, effectiveTo }: RuleSet): boolean =>
    effectiveFrom <= date && (effectiveTo === undefined || date <= effectiveTo);
  if (holds(named)) return named;
  let best: RuleSet | null = null;
  for (const other of others) {
    if (other.family !== named.family || !holds(other)) continue;
    if (best === null || other.effectiveFrom > best.effectiveFrom) best = other;
  }
  return best ?? named;
}

function withOwnValues(ruleSet: RuleSet, values: ReadonlyMap<string, Value>): RuleSet {
  let set: RuleSet = ruleSet;
  for (const [path, value] of values) set = put(set, path.split("."), value) as RuleSet;
  const room = ({ page }: RuleSet): number => page.width - page.margin.left - page.margin.right;
  const share = room(set) / room(ruleSet);
  if (share === 1) return set;
  // Two columns fill the width between the margins, whatever that is.
  const scaled = ([left]: readonly [number, number]): readonly [number, number] => {
    const first = Math.round(left * share);
    return [first, room(set) - first];
  };
  return {
    ...set,
    heading: { ...set.heading, columns: scaled(set.heading.columns) },
    closing: { ...set.closing, columns: scaled(set.closing.columns) },
  };
}

function put(object: unknown, [key = "", ...rest]: readonly string[], value: Value): unknown {
  const under = typeof object === "object" && object !== null ? object : {};
  const next: unknown = (under as Readonly<Record<string, unknown>>)[key];
  return { ...under, [key]: rest.length === 0 ? value : put(next, rest, value) };
}
