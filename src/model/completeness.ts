import type { CommentThread } from "./comment.ts";
import { responseSuffices, threadState } from "./comment.ts";
import { fieldFits } from "./field-values.ts";
import type { Language } from "./language.ts";
import { numberOutline, titleInPlace, titlesAbove } from "./numbering.ts";
import { fieldsOf } from "./printed-fields.ts";
import type { Report } from "./report.ts";
import { isEmptySlot } from "./report.ts";
import { openRound } from "./round.ts";

/**
 * Something to look at before a report is signed. `code` names the sentence `check.<code>` of the language files and
 * `values` fill it; `field`, `slot`, `block` and `comment` say where, as far as it has a place. A `gap` is missing; a
 * `warning` is probably wrong, or waits for its time.
 */
export interface Finding {
  readonly code: string;
  readonly severity: "gap" | "warning";
  readonly field?: string;
  readonly slot?: string;
  readonly block?: string;
  readonly comment?: string;
  readonly values: Readonly<Record<string, string | number>>;
}

/**
 * What a report lacks, in reading order: fields without a value or with one that does not fit, required slots without
 * text, comments without a decision, decisions without the response they need or not validated. Of a round still open
 * they are only warnings, like the round itself. Fields are named in `language`, slots as printed.
 */
export function completenessFindings(report: Report, language: Language): Finding[] {
  return [...fieldFindings(report, language), ...slotFindings(report), ...roundFindings(report)];
}

function fieldFindings(report: Report, language: Language): Finding[] {
  return fieldsOf(report.template, report.ruleSet).flatMap((spec): Finding[] => {
    const value = report.fields[spec.id] ?? "";
    const empty = value.trim() === "";
    if (empty ? !spec.required : fieldFits(spec, value)) return [];
    const code = empty ? "field-empty" : "field-wrong";
    return [{ code, severity: "gap", field: spec.id, values: { label: spec.label[language], value } }];
  });
}

function slotFindings({ template, ruleSet, fields, slots }: Report): Finding[] {
  const outline = numberOutline(template, ruleSet, fields);
  const above = titlesAbove(outline);
  return outline
    .filter(({ slot }) => slot.required && isEmptySlot(slots[slot.id]))
    .map(({ slot, entry }) => ({
      code: "slot-empty",
      severity: "gap",
      slot: slot.id,
      values: { slot: slot.id, title: titleInPlace(entry, above.get(slot.id) ?? []) },
    }));
}

function roundFindings(report: Report): Finding[] {
  const round = openRound(report.rounds);
  const findings: Finding[] = [];
  if (round) findings.push({ code: "round-open", severity: "warning", values: { round: round.number } });
  for (const thread of report.threads) {
    const { comment, decision } = thread;
    const state = threadState(thread);
    if (state === "withdrawn") continue;
    const found = { comment: comment.id, values: { comment: comment.id, ...wordsOf(thread) } };
    if (state !== "validated") {
      const code = state === "open" ? "comment-open" : "comment-proposed";
      findings.push({ code, severity: comment.round === round?.number ? "warning" : "gap", ...found });
    }
    if (decision && !responseSuffices(decision.outcome, decision.response)) {
      findings.push({ code: "response-missing", severity: "gap", ...found });
    }
  }
  return findings;
}

/** By what a comment is known in a sentence: who made it and how it begins. */
export function wordsOf({ comment, author }: CommentThread): { author: string; text: string } {
  return { author: author.name, text: excerpt(comment.text || (comment.proposal ?? "")) };
}

/** Enough of a text to know it by. */
export function excerpt(text: string): string {
  const signs = Array.from(text.replaceAll(/\s+/g, " ").trim());
  return signs.length > 60 ? `${signs.slice(0, 59).join("")}…` : signs.join("");
}
