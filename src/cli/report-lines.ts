import type { Block, CommentThread, Language, NumberedSlot, OutlineEntry, Report } from "#model";
import {
  plainMentions,
  blockLabels,
  blockText,
  cellPlace,
  cellPlaceWords,
  cellText,
  fieldsOf,
  fillIn,
  isEmptySlot,
  isUnplaced,
  numberOutline,
  quotedCell,
  tableGrid,
  tablesBefore,
  threadState,
} from "#model";
import { tell } from "./words.ts";

/** A report as lines of text for a terminal: fields, the numbered text, rounds, comments with their answers. */
export function reportLines(report: Report, language: Language): string[] {
  const { template, ruleSet, fields } = report;
  const head = { id: report.id, template: template.id, ruleSet: ruleSet.id };
  const lines = [tell(language, "show.report", head)];
  if (report.sample) lines.push(tell(language, "show.sample"));
  lines.push("", `${template.typeName} ${fillIn(template.subject, fields)}`, "", tell(language, "show.fields"));
  for (const spec of fieldsOf(template, ruleSet)) {
    const value = fields[spec.id] ?? "";
    lines.push(`  ${spec.label[language]}: ${value.replaceAll("\n", "; ") || tell(language, "show.empty")}`);
  }
  const outline = numberOutline(template, ruleSet, fields);
  const tables = tablesBefore(outline, report.slots);
  for (const numbered of outline) {
    lines.push(...slotLines(report, numbered, tables.get(numbered.slot.id) ?? 0, language));
  }
  if (report.rounds.length > 0) lines.push("", tell(language, "show.rounds"));
  for (const round of report.rounds) {
    const { number, openedAt, closedAt } = round;
    const state = closedAt === undefined ? tell(language, "show.open") : tell(language, "show.closed", { closedAt });
    lines.push(`  ${tell(language, "show.round", { round: number, openedAt, state })}`);
  }
  if (report.versions.length > 0) lines.push("", tell(language, "show.versions"));
  for (const { name, createdAt, createdBy, round } of report.versions) {
    const author = report.people.find((person) => person.id === createdBy)?.name ?? createdBy;
    const sent = round === undefined ? "" : ` (${tell(language, "show.versionOfRound", { round })})`;
    lines.push(`  ${tell(language, "show.version", { name, createdAt, author })}${sent}`);
  }
  if (report.threads.length > 0) lines.push("", tell(language, "show.comments", { count: report.threads.length }));
  const titles = new Map(outline.map(({ slot, entry }) => [slot.id, titleLine(entry)]));
  for (const thread of report.threads) lines.push(...threadLines(thread, report, titles, language));
  return lines;
}

function slotLines(report: Report, numbered: NumberedSlot, tables: number, language: Language): string[] {
  const { slot, entry, before } = numbered;
  const blocks = report.slots[slot.id] ?? [];
  const lines = before.flatMap((group) => ["", titleLine(group)]);
  if (slot.titled) lines.push("", titleLine(entry));
  else lines.push("");
  if (isEmptySlot(blocks)) return [...lines, tell(language, "show.empty")];
  const labels = blockLabels(report.ruleSet, entry.path, blocks, tables);
  return [
    ...lines,
    ...blocks.flatMap((block, index) => [`${labels[index] ?? ""} ${blockText(block)}`.trim(), ...rowLines(block)]),
  ];
}

/** The rows of a table, their cells parted by bars; a merged cell stands at its first place. */
function rowLines({ table }: Block): string[] {
  if (!table) return [];
  const { columns, rows } = tableGrid(table);
  return rows.map((row) => {
    const texts = Array.from({ length: columns }, (_, column) => {
      const cell = row.find((at) => at.column === column)?.cell;
      return cell ? cellText(cell).replaceAll(/\s+/gu, " ").trim() : "";
    });
    return `  | ${texts.join(" | ")} |`;
  });
}

function titleLine(entry: OutlineEntry): string {
  return `${entry.label} ${entry.title}`.trim();
}

function threadLines(
  thread: CommentThread,
  report: Report,
  titles: ReadonlyMap<string, string>,
  language: Language,
): string[] {
  const { comment, author, replies, decision } = thread;
  const who = author.unit === "" ? author.name : `${author.name} (${author.unit})`;
  const state = tell(language, `state.${threadState(thread)}`);
  const lines = [`  ${who}, ${aboutWhat(thread, report, titles, language)} [${state}]`];
  if (comment.text !== "") lines.push(`    ${plainMentions(comment.text, report.people)}`);
  if (comment.proposal !== undefined) {
    lines.push(`    ${tell(language, "show.proposal", { proposal: comment.proposal })}`);
  }
  for (const { reply, author: replier } of replies) {
    lines.push(
      `    ${tell(language, "show.reply", { author: replier.name, text: plainMentions(reply.text, report.people) })}`,
    );
  }
  if (decision) {
    const outcome = tell(language, `outcome.${decision.outcome}`);
    const response = decision.response === "" ? "" : tell(language, "show.response", { response: decision.response });
    lines.push(`    → ${outcome}${response === "" ? "" : `. ${response}`}`);
  }
  return lines;
}

function aboutWhat(
  thread: CommentThread,
  report: Report,
  titles: ReadonlyMap<string, string>,
  language: Language,
): string {
  const { target } = thread.comment;
  if (target.scope === "report") return tell(language, "show.onReport");
  const slot = titles.get(target.slot) ?? target.slot;
  if (target.scope === "slot") return tell(language, "show.onSlot", { slot });
  const cell = cellPlace(report, report.template, isUnplaced(thread) ? null : thread.place);
  if (cell) return tell(language, "show.onCell", { place: cellPlaceWords(cell, language), slot });
  const lost = target.scope === "cell" ? quotedCell(target.quote) : target.quote.exact;
  const words = tell(language, "show.onWords", { words: lost, slot });
  return isUnplaced(thread) ? `${words} (${tell(language, "show.unplaced")})` : words;
}
