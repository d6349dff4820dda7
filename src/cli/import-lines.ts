import type { ImportPiece, ImportPlan, Language, NumberedSlot, OutlineEntry, StandingYear } from "#model";
import { isUnsettled } from "#model";
import type { Word } from "./words.ts";
import { tell } from "./words.ts";

/** What is told of a Word file that was laid beside a skeleton. */
export interface ImportTelling {
  readonly plan: ImportPlan;
  readonly places: Readonly<Record<string, string>>;
  readonly outline: readonly NumberedSlot[];
  readonly reportYear: string;
  readonly years: readonly StandingYear[];
}

/** The table of headings and their slots, what has no place, and what to know of the file, as lines for a terminal. */
export function importLines(telling: ImportTelling, language: Language): string[] {
  const { plan, places } = telling;
  const titles = titlesOf(telling.outline);
  const lines = [
    tell(language, "import.file", {
      paragraphs: plan.counts.paragraphs,
      tables: plan.counts.tables,
      words: plan.counts.words,
    }),
    "",
    tell(language, "import.headings"),
    ...plan.pieces.map((piece) => pieceLine(piece, places, titles, language)),
    "",
    ...unsettledLines(telling, language),
    "",
    tell(language, "import.fields"),
    ...plan.fields.map(({ id, value, former }) => {
      const note = former ? ` (${tell(language, "import.former", { year: plan.year ?? "" })})` : "";
      return `  ${id}: ${value.replaceAll("\n", "; ")}${note}`;
    }),
  ];
  const notes = [...countLines(plan, language), ...yearLines(telling, titles, language)];
  return notes.length === 0 ? lines : [...lines, "", ...notes];
}

function pieceLine(
  piece: ImportPiece,
  places: Readonly<Record<string, string>>,
  titles: ReadonlyMap<string, string>,
  language: Language,
): string {
  const placed = Object.hasOwn(places, piece.id);
  const slot = placed ? places[piece.id] : piece.slot;
  const name = `${"  ".repeat(piece.depth + 1)}${nameOf(piece, language)}`;
  if (isUnsettled(piece, places)) return `${name} → ? (${tell(language, "import.unsettled", { words: piece.words })})`;
  if (!slot && piece.node === null) return `${name} → ${tell(language, "import.over")}`;
  const where = slot
    ? tell(language, "import.slot", { title: titles.get(slot) ?? slot, slot })
    : tell(language, "import.group", { title: titles.get(piece.node ?? "") ?? "" });
  const how = placed ? "import.placed" : piece.certainty === "exact" ? "import.exact" : "import.likely";
  return `${name} → ${where} (${tell(language, how)})`;
}

function nameOf(piece: ImportPiece, language: Language): string {
  if (piece.title !== "") return `${piece.label} ${piece.title}`.trim();
  return tell(language, piece.origin === "text" ? "import.start" : `import.from.${piece.origin}`);
}

function unsettledLines({ plan, places, outline }: ImportTelling, language: Language): string[] {
  const open = plan.pieces.filter((piece) => isUnsettled(piece, places));
  if (open.length === 0) return [tell(language, "import.all")];
  const all = outline.map(({ slot }) => slot.id);
  return [
    tell(language, "import.count", { count: open.length }),
    ...open.map((piece) => {
      const slots = piece.suggestions.length > 0 ? piece.suggestions : all;
      const heading = piece.title === "" ? piece.id : piece.title;
      return `  ${tell(language, "import.place", { heading, slot: slots[0] ?? "", slots: slots.join(", ") })}`;
    }),
  ];
}

function countLines({ counts }: ImportPlan, language: Language): string[] {
  const lines: string[] = [];
  if (counts.comments > 0) lines.push(tell(language, "import.comments", { count: counts.comments }));
  if (counts.inserted + counts.deleted > 0) {
    lines.push(tell(language, "import.changes", { inserted: counts.inserted, deleted: counts.deleted }));
  }
  if (counts.converted > 0) lines.push(tell(language, "import.converted", { count: counts.converted }));
  const lost = Object.entries(counts.leftOut).map(([kind, count]) =>
    tell(language, `import.${kind}` as Word, { count: count ?? 0 }),
  );
  if (lost.length > 0) lines.push(tell(language, "import.leftOut", { what: lost.join(", ") }));
  return lines;
}

function yearLines(telling: ImportTelling, titles: ReadonlyMap<string, string>, language: Language): string[] {
  const { plan, reportYear, years } = telling;
  if (years.length === 0) return [];
  return [
    tell(language, "import.years", { from: plan.year ?? "", to: reportYear, count: years.length }),
    ...years.map(({ slot, block, words }) => {
      return `  ${tell(language, "import.year", { slot: titles.get(slot) ?? slot, block, words })}`;
    }),
  ];
}

function titlesOf(outline: readonly NumberedSlot[]): Map<string, string> {
  const entries: OutlineEntry[] = outline.flatMap(({ before, entry }) => [...before, entry]);
  return new Map(entries.map((entry) => [entry.node.id, entry.title]));
}
