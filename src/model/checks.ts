import type { Block } from "./block.ts";
import { blockText, blockTexts } from "./block.ts";
import { isUnplaced, quotation, quotedCell } from "./comment.ts";
import type { Finding } from "./completeness.ts";
import { completenessFindings, excerpt, wordsOf } from "./completeness.ts";
import { parseDate } from "./dates.ts";
import type { Language } from "./language.ts";
import { formatNumber } from "./figure.ts";
import { numberOutline, tableLabel, tablesBefore, titleInPlace, titlesAbove } from "./numbering.ts";
import { PRESENTATION, readPresentation } from "./presentation.ts";
import type { Report } from "./report.ts";
import { isEmptySlot } from "./report.ts";
import { columnTitle } from "./table.ts";
import { signingFindings } from "./signing.ts";
import type { SlotNode, SlotRole } from "./template.ts";
import { checkTotals } from "./totals.ts";

/** What looks back on the year, and what looks ahead. Other slots may speak of either. */
const BACK: readonly SlotRole[] = ["context", "statistics", "achievements", "shortcomings", "causes"];
const AHEAD: readonly SlotRole[] = ["directions", "targets", "tasks", "organisation"];

/** A slot with what a check needs of it. */
interface Examined {
  readonly slot: SlotNode;
  readonly title: string;
  readonly blocks: readonly Block[];
  /** How many tables stand above it. */
  readonly tables: number;
}

/**
 * Everything a person should look at, in reading order: first what the report lacks (of a round still open, what waits
 * for an answer is a warning, not a gap), then what seems wrong: comments that lost their words, dates, the power to sign, an organisation's own presentation, shortcomings
 * without causes or remedies, years, totals that do not add up, and the typing. Empty where there is nothing. Works on the roles of slots, never
 * on titles. Fields are named in `language`, slots as they are printed.
 */
export function checkReport(report: Report, language: Language = "vi"): Finding[] {
  const outline = numberOutline(report.template, report.ruleSet, report.fields);
  const above = titlesAbove(outline);
  const tables = tablesBefore(outline, report.slots);
  const slots = outline.map(({ slot, entry }) => ({
    slot,
    title: titleInPlace(entry, above.get(slot.id) ?? []),
    blocks: report.slots[slot.id] ?? [],
    tables: tables.get(slot.id) ?? 0,
  }));
  return [
    ...completenessFindings(report, language),
    ...placeFindings(report),
    ...dateFindings(report),
    ...signingFindings(report),
    ...presentationFindings(report),
    ...remedyFindings(slots),
    ...slots.flatMap((examined) => yearFindings(examined, report)),
    ...slots.flatMap(totalFindings),
    ...slots.flatMap(knownTypingFindings),
    ...unshownFindings(report, slots),
  ];
}

/** What no report can show: the person should know that it is there, and is not printed. */
function unshownFindings({ unshown = [] }: Report, slots: readonly Examined[]): Finding[] {
  return unshown.map(({ kind, slot, name, count }) => {
    const title = slots.find((examined) => examined.slot.id === slot)?.title ?? "";
    const code = title === "" ? `unshown-${kind}` : `unshown-${kind}-in`;
    const values = { name: excerpt(name), count, title };
    return { code, severity: "warning", ...(slot === undefined ? {} : { slot }), values };
  });
}

/** Comments whose words, or whose cell, are no longer in the text. */
function placeFindings(report: Report): Finding[] {
  return report.threads.flatMap((thread): Finding[] => {
    const { id, target, withdrawn } = thread.comment;
    if (withdrawn || target.scope === "report" || !isUnplaced(thread)) return [];
    const lost = target.scope === "cell" ? quotedCell(target.quote) : (quotation(thread.comment)?.exact ?? "");
    const values = { ...wordsOf(thread), quote: excerpt(lost) };
    const code = target.scope === "cell" ? "comment-cell-gone" : "comment-unplaced";
    return [{ code, severity: "warning", slot: target.slot, comment: id, values }];
  });
}

/** An annual report is dated within its year or the next. */
function dateFindings(report: Report): Finding[] {
  const date = parseDate(report.fields["date"] ?? "");
  const year = Number(report.fields["year"]);
  if (!date || !Number.isInteger(year) || date.year === year || date.year === year + 1) return [];
  const values = { year, found: date.year };
  return [{ code: "date-year", severity: "warning", field: "date", values }];
}

/** Values an organisation set for itself that cannot be used: they are printed as the rule has them. */
function presentationFindings({ fields }: Report): Finding[] {
  return readPresentation(fields[PRESENTATION] ?? "").wrong.map((line) => ({
    code: "presentation-wrong",
    severity: "warning",
    field: PRESENTATION,
    values: { line: excerpt(line) },
  }));
}

/** Where shortcomings are named, somebody will ask for their causes and their remedies. */
function remedyFindings(slots: readonly Examined[]): Finding[] {
  const written = (role: SlotRole): Examined | undefined =>
    slots.find((examined) => examined.slot.role === role && !isEmptySlot(examined.blocks));
  const shortcomings = written("shortcomings");
  if (!shortcomings) return [];
  const values = { title: shortcomings.title };
  return (["causes", "tasks"] as const)
    .filter((role) => !written(role))
    .map((role) => ({
      code: `shortcomings-without-${role}`,
      severity: "warning",
      slot: shortcomings.slot.id,
      values,
    }));
}

/** `trong năm …` with a year the section is not about: mostly a text taken over from last year. */
function yearFindings({ slot, title, blocks }: Examined, report: Report): Finding[] {
  const year = Number(report.fields["year"]);
  const expected = BACK.includes(slot.role) ? year : AHEAD.includes(slot.role) ? year + 1 : NaN;
  if (!Number.isInteger(expected)) return [];
  return blocks.flatMap((block): Finding[] => {
    const found = [...blockText(block).matchAll(/(?<!\p{L})trong năm (\d{4})(?!\d)/giu)].find(
      (m) => Number(m[1]) !== expected,
    );
    if (!found) return [];
    const values = { title, found: String(found[1]), expected: String(expected) };
    return [{ code: "year-mismatch", severity: "warning", slot: slot.id, block: block.id, values }];
  });
}

/** Rows declared totals that are not the sum of what stands above them, each column by itself. */
function totalFindings({ slot, title, blocks, tables }: Examined): Finding[] {
  return blocks
    .filter((block) => block.kind === "table")
    .flatMap((block, index) => {
      const { table } = block;
      if (!table) return [];
      const caption = excerpt(blockText(block));
      const name = tableLabel(tables + index + 1);
      return checkTotals(table).map((wrong): Finding => {
        const column = excerpt(columnTitle(table, wrong.column)) || String(wrong.column + 1);
        const figures = { stated: formatNumber(wrong.stated), computed: formatNumber(wrong.computed) };
        const values = { title, table: caption === "" ? name : `${name}. ${caption}`, column, row: wrong.row + 1 };
        return {
          code: "total-unbalanced",
          severity: "warning",
          slot: slot.id,
          block: block.id,
          values: { ...values, ...figures },
        };
      });
    });
}

/** Each kind of slip with what gives it away, in the text of blocks and of cells. */
const SLIPS: readonly (readonly [code: string, sign: RegExp])[] = [
  ["typing-abbreviation", /(?<![\p{L}\p{M}])[đĐ]\/c(?![\p{L}\p{M}])/u],
  ["typing-double-space", / {2,}/],
  ["typing-space-before-sign", /\S{0,40} [,;:.?!](?=\s|$)/u],
  ["typing-number", /^(?:[-–+•*]|\d{1,2}(?:\.\d{1,2})*[.)]|[a-zđ]\))\s/u],
  ["typing-end-mark", /\.\/\./],
  // Icelandic Ð and ð look like Đ and đ, but no search finds them.
  ["typing-lookalike", /[\u00d0\u00f0]/],
];

/** The typing of a slot is looked through once for as long as its blocks are the very same. */
const typing = new WeakMap<readonly Block[], { readonly title: string; readonly findings: readonly Finding[] }>();

function knownTypingFindings(examined: Examined): readonly Finding[] {
  const { blocks, title } = examined;
  const known = typing.get(blocks);
  if (known?.title === title) return known.findings;
  const findings = typingFindings(examined);
  typing.set(blocks, { title, findings });
  return findings;
}

/** At most one finding of each kind in a slot, at the first block that has it, with the number of blocks that do. */
function typingFindings({ slot, title, blocks }: Examined): Finding[] {
  const finding = (code: string, hit: (text: string) => string | null): Finding[] => {
    const hits = blocks.flatMap((block) => {
      // Rows of a table are numbered by hand.
      const texts = code === "typing-number" ? [blockText(block)] : blockTexts(block);
      const sample = texts.map(hit).find((found) => found !== null);
      return sample === undefined ? [] : [{ block, sample }];
    });
    const first = hits[0];
    if (!first) return [];
    const values = { title, count: hits.length, sample: excerpt(first.sample) };
    return [{ code, severity: "warning", slot: slot.id, block: first.block.id, values }];
  };
  return [
    ...SLIPS.flatMap(([code, sign]) => finding(code, (text) => around(text, sign))),
    ...finding("typing-not-composed", (text) => (text === text.normalize("NFC") ? null : text)),
  ];
}

/** What a sign found, with some words on both sides. */
function around(text: string, sign: RegExp): string | null {
  const found = sign.exec(text);
  if (!found) return null;
  const from = text.lastIndexOf(" ", Math.max(found.index - 12, 0)) + 1;
  return text.slice(from, found.index + found[0].length + 24);
}
