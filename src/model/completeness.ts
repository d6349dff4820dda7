import { threadState } from "./comment.ts";
import { fieldFits } from "./field-values.ts";
import type { Language } from "./language.ts";
import { numberOutline } from "./numbering.ts";
import { fieldsOf } from "./printed-fields.ts";
import type { Report } from "./report.ts";
import { isEmptySlot, openRound } from "./report.ts";

/**
 * Something a report still lacks before it can be signed. `kind` names the sentence `check.<kind>` of the language
 * files, `values` fill it; `slot`, `field`, `comment` and `round` say where.
 */
export type Gap =
  | { readonly kind: "field-empty" | "field-wrong"; readonly field: string; readonly values: GapValues }
  | { readonly kind: "slot-empty"; readonly slot: string; readonly values: GapValues }
  | { readonly kind: "round-open"; readonly round: number; readonly values: GapValues }
  | { readonly kind: "comment-open" | "comment-proposed"; readonly comment: string; readonly values: GapValues };

type GapValues = Readonly<Record<string, string | number>>;

/**
 * What a report lacks, in reading order: fields without a value or with one that does not fit, required slots without
 * text, a round not closed, comments not answered or answered but not validated. Empty where it is complete. Fields are
 * named in `language`, slots as they are printed.
 */
export function gapsOf(report: Report, language: Language = "vi"): Gap[] {
  const gaps: Gap[] = [];
  for (const spec of fieldsOf(report.template, report.ruleSet)) {
    const value = report.fields[spec.id] ?? "";
    const values = { label: spec.label[language], value };
    if (value.trim() === "" && spec.required) gaps.push({ kind: "field-empty", field: spec.id, values });
    else if (!fieldFits(spec, value)) gaps.push({ kind: "field-wrong", field: spec.id, values });
  }
  for (const { slot, entry } of numberOutline(report.template, report.ruleSet, report.fields)) {
    if (!slot.required || !isEmptySlot(report.slots[slot.id])) continue;
    const title = `${entry.label} ${entry.title}`.trim();
    gaps.push({ kind: "slot-empty", slot: slot.id, values: { slot: slot.id, title } });
  }
  const round = openRound(report.rounds);
  if (round) gaps.push({ kind: "round-open", round: round.number, values: { round: round.number } });
  for (const thread of report.threads) {
    const state = threadState(thread);
    if (state !== "open" && state !== "proposed") continue;
    const { comment, author } = thread;
    const values = {
      comment: comment.id,
      author: author.name,
      text: excerpt(comment.text || (comment.proposal ?? "")),
    };
    gaps.push({ kind: state === "open" ? "comment-open" : "comment-proposed", comment: comment.id, values });
  }
  return gaps;
}

/** Enough of a text to know it by. */
export function excerpt(text: string): string {
  const signs = Array.from(text.replaceAll(/\s+/g, " ").trim());
  return signs.length > 60 ? `${signs.slice(0, 59).join("")}…` : signs.join("");
}
