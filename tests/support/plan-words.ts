import type { WordBlock, WordFile } from "#docx";
import type { ImportPlan } from "#model";
import { inputTexts, isUnsettled } from "#model";

/** Every word of the file as it reads with its changes accepted, sorted. */
export function fileWords(file: WordFile): string[] {
  return wordsOf([accepted(file.blocks)]);
}

/** The text of blocks: a paragraph ends its line unless its mark was taken out, and a table always does. */
function accepted(blocks: readonly WordBlock[]): string {
  let text = "";
  for (const block of blocks) {
    if (block.type === "table") {
      const cells = block.table.rows.flat().map((cell) => accepted(cell.blocks));
      text += `\n${cells.join("\n")}\n`;
    } else {
      const { runs, mark } = block.paragraph;
      text += runs.map((run) => (run.change?.kind === "deleted" ? "" : run.text)).join("");
      if (mark?.kind !== "deleted") text += "\n";
    }
  }
  return text;
}

/** Every word a plan holds, wherever it stands. */
export function planWords(plan: ImportPlan): string[] {
  return wordsOf([
    ...plan.pieces.flatMap((piece) => [
      piece.label,
      piece.title,
      ...piece.computed,
      ...piece.blocks.flatMap(inputTexts),
    ]),
    ...plan.fields.flatMap((field) => field.source),
    ...plan.frame,
  ]);
}

function wordsOf(texts: readonly string[]): string[] {
  return (
    texts
      .join("\n")
      .normalize("NFC")
      .match(/[\p{L}\p{M}\p{N}]+/gu)
      ?.toSorted() ?? []
  );
}

/** What of `all` is not in `had`, each as often as it is missing. */
export function missing(all: readonly string[], had: readonly string[]): string[] {
  const counts = new Map<string, number>();
  for (const word of had) counts.set(word, (counts.get(word) ?? 0) + 1);
  return all.filter((word) => {
    const left = counts.get(word) ?? 0;
    counts.set(word, left - 1);
    return left <= 0;
  });
}

/** Where each heading with its number goes; for a title over others, and what a person has to settle, that. */
export function placesOf(plan: ImportPlan): Record<string, string> {
  return Object.fromEntries(
    plan.pieces.map((piece) => [
      `${piece.label} ${piece.title}`.trim() || piece.origin,
      isUnsettled(piece) ? "?" : (piece.slot ?? `over ${piece.node ?? "others"}`),
    ]),
  );
}
