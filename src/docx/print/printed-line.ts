import { BorderStyle, Paragraph } from "docx";
import type { IParagraphOptions, ParagraphChild } from "docx";
import type { FieldSpec, PrintedLine, RuleSet } from "#model";
import { fillIn } from "#model";
import { balancedWidth } from "./balanced-lines.ts";
import { pointTwips } from "./measure.ts";
import { alignment, runStyle, STYLE } from "./paragraph-style.ts";
import { isBlank, textRun } from "./printable.ts";
import { brokenLines, textWidth } from "./text-width.ts";

/** What printed lines are filled from. */
export interface LineSource {
  readonly ruleSet: RuleSet;
  /** As `printedFields` of the model gives them. */
  readonly fields: Readonly<Record<string, string>>;
  readonly specs: readonly FieldSpec[];
}

/**
 * The words of a printed line, or null where it is left out: where it names fields and none of them has a value. A
 * required field without a value is printed as its label in square brackets, so that the gap is seen.
 */
export function lineText(text: string, source: LineSource): string | null {
  const names = [...text.matchAll(/\{(\w+)\}/g)].map((match) => match[1] ?? "");
  const values: Record<string, string> = {};
  for (const name of names) {
    const value = source.fields[name] ?? "";
    const spec = source.specs.find((field) => field.id === name);
    // Spaces that do not break are room left to write in, which is something to print.
    if (!isBlank(value) || value.includes("\u00a0")) values[name] = value;
    else if (spec?.required) values[name] = `[${spec.label.vi}]`;
  }
  if (names.length > 0 && Object.keys(values).length === 0) return null;
  // What is left is optional and empty: it is printed as nothing rather than in braces.
  return fillIn(text, values)
    .replaceAll(/\{(\w+)\}/g, (whole, name: string) => (names.includes(name) ? "" : whole))
    .replace(/^[\s,]+/, "");
}

/** A paragraph of a fixed line, with what a caller adds to it. */
export interface LineOptions extends Pick<IParagraphOptions, "style" | "keepNext" | "keepLines"> {
  /** The room it has, in points, and what of it stays free on either side. */
  readonly width: number;
  readonly inset?: number;
  /** Puts the words of the line under the ranges of its comments. */
  readonly wrap?: (children: readonly ParagraphChild[]) => ParagraphChild[];
}

/**
 * A printed line with its rule or signs below. A centred line that does not fit is broken into lines of like length,
 * and its rule is as long as its share of the longest of them.
 */
export function printedLine(line: PrintedLine, source: LineSource, options: LineOptions): Paragraph[] {
  const text = lineText(line.text, source);
  if (text === null || isBlank(text)) return [];
  const { width, inset = 0, wrap, ...paragraph } = options;
  const setting = {
    size: line.size ?? source.ruleSet.body.text.size,
    bold: line.bold,
    italic: line.italic,
    capitals: line.capitals,
  };
  const widest = width - 2 * inset;
  const room = line.align === "center" ? balancedWidth(text, setting, widest) : widest;
  const side = Math.max(Math.floor(((width - room) / 2) * 20), 0);
  const run = textRun(text, runStyle(line));
  const after = pointTwips(line.spaceAfter ?? 0);
  const { below } = line;
  const signs = below?.signs ?? "";
  const hasBelow = signs !== "" || (below?.share ?? 0) > 0;
  const out = [
    new Paragraph({
      keepNext: true,
      ...paragraph,
      ...alignment(line),
      ...(side > 0 ? { indent: { left: side, right: side } } : {}),
      spacing: { before: pointTwips(line.spaceBefore ?? 0), after: hasBelow ? 0 : after },
      children: wrap ? wrap([run]) : [run],
    }),
  ];
  if (signs !== "") {
    out.push(
      new Paragraph({
        keepNext: true,
        ...paragraph,
        ...alignment(line),
        spacing: { before: 0, after },
        children: [textRun(signs, { ...runStyle(line), allCaps: false })],
      }),
    );
  } else if (below && below.share > 0) {
    const longest = Math.max(...brokenLines(text, setting, room).map((part) => textWidth(part, setting)));
    out.push(rule(Math.min(longest, width) * below.share, width, after));
  }
  return out;
}

/** A drawn rule of `length` points, centred in `width`: the upper border of a paragraph drawn in from both sides. */
function rule(length: number, width: number, after: number): Paragraph {
  const side = Math.round(((width - length) / 2) * 20);
  return new Paragraph({
    style: STYLE.rule,
    indent: { left: side, right: side },
    ...(after > 0 ? { spacing: { after } } : {}),
    border: { top: { style: BorderStyle.SINGLE, size: 6, space: 0, color: "000000" } },
    children: [],
  });
}

/** Borders of a table that only places its cells. */
export const NO_BORDERS = {
  top: { style: BorderStyle.NONE, size: 0, color: "auto" },
  bottom: { style: BorderStyle.NONE, size: 0, color: "auto" },
  left: { style: BorderStyle.NONE, size: 0, color: "auto" },
  right: { style: BorderStyle.NONE, size: 0, color: "auto" },
} as const;
