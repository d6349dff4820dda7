import { AlignmentType, LineRuleType } from "docx";
import type {
  IParagraphStyleOptions,
  IParagraphStylePropertiesOptions,
  IRunPropertiesOptions,
  IStylesOptions,
} from "docx";
import type { LevelFormat, RuleSet, TextStyle } from "#model";
import { say } from "#model";
import { isCountedAbove } from "./counted-list.ts";
import { halfPoints, pointTwips, twips } from "./measure.ts";

/** The paragraph styles of an exported file. Their names are Vietnamese; their ids stay when names are changed. */
export const STYLE = {
  headingBlock: "TkDauVanBan",
  typeName: "TkTenLoai",
  subject: "TkTrichYeu",
  addressee: "TkKinhGui",
  part: "TkPhan",
  appendix: "TkPhuLuc",
  body: "TkLoiVan",
  recipients: "TkNoiNhan",
  signature: "TkChuKy",
  caption: "TkTenBang",
  cell: "TkOBangBieu",
  cellHead: "TkDauBangBieu",
  tableHead: "TkDauBang",
  tableCell: "TkOBang",
  tableGroup: "TkNhomBang",
  pageNumber: "TkSoTrang",
  rule: "TkDuongKe",
  note: "TkLuuY",
  comment: "CommentText",
} as const;

/** The style of titles at a depth of the numbering (0 is the first below a part); deeper ones share the last. */
export function levelStyle(ruleSet: RuleSet, depth: number): string {
  return `TkMuc${Math.min(depth, ruleSet.numbering.levels.length - 1) + 1}`;
}

/** The style of items of a level, from 1. */
export function itemStyle(ruleSet: RuleSet, level: number): string {
  return `TkGach${Math.max(Math.min(level, ruleSet.body.items.length), 1)}`;
}

/** How the characters of a text style are set; what it leaves open is inherited. */
export function runStyle(style: TextStyle): IRunPropertiesOptions {
  return {
    ...(style.size === undefined ? {} : { size: halfPoints(style.size) }),
    ...(style.bold === undefined ? {} : { bold: style.bold }),
    ...(style.italic === undefined ? {} : { italics: style.italic }),
    ...(style.underline ? { underline: {} } : {}),
    ...(style.capitals === undefined ? {} : { allCaps: style.capitals }),
  };
}

const ALIGNMENTS = {
  left: AlignmentType.LEFT,
  center: AlignmentType.CENTER,
  right: AlignmentType.RIGHT,
  justify: AlignmentType.BOTH,
} as const;

/** No line of a paragraph stands alone on a page. The docx library writes it, but leaves it out of the type of styles. */
const WIDOWS = { widowControl: true } as const;

/** The alignment of a text style, where it says one. */
export function alignment(style: TextStyle): Pick<IParagraphStylePropertiesOptions, "alignment"> {
  return style.align === undefined ? {} : { alignment: ALIGNMENTS[style.align] };
}

/**
 * The styles a rule set makes. `outlineFrom` is the outline level of the first depth of titles: 1 where the report has
 * parts above them, else 0; `numberingOf` is what a style says of its list.
 */
export function paragraphStyles(
  ruleSet: RuleSet,
  outlineFrom: number,
  numberingOf: (style: string) => Pick<IParagraphStylePropertiesOptions, "numbering">,
): IStylesOptions {
  const { body, numbering, page, closing, responses, heading, tables = {} } = ruleSet;
  const font = { ascii: page.font, hAnsi: page.font, cs: page.font, eastAsia: page.font };
  const pitch =
    body.line.rule === "exact"
      ? { line: pointTwips(body.line.points), lineRule: LineRuleType.EXACT }
      : { line: Math.round(body.line.lines * 240), lineRule: LineRuleType.AUTO };
  const spacing = { before: pointTwips(body.spaceBefore), after: pointTwips(body.spaceAfter), ...pitch };
  const indent = { firstLine: twips(body.firstLineIndent) };
  const style = (
    id: string,
    name: string,
    options: Omit<IParagraphStyleOptions, "id" | "name">,
  ): IParagraphStyleOptions => ({
    id,
    name,
    basedOn: "Normal",
    quickFormat: true,
    ...options,
  });
  const title = (id: string, name: string, format: LevelFormat, outlineLevel: number): IParagraphStyleOptions => {
    const align = format.align ?? body.text.align;
    return style(id, name, {
      next: STYLE.body,
      run: runStyle(isCountedAbove(format) ? { ...format, capitals: false } : format),
      paragraph: {
        ...alignment({ align }),
        ...(align === "center" ? {} : { indent }),
        ...numberingOf(id),
        spacing,
        outlineLevel: Math.min(outlineLevel, 8),
        keepNext: true,
        keepLines: true,
      },
    });
  };
  return {
    default: {
      document: {
        run: {
          font,
          size: halfPoints(body.text.size),
          language: { value: page.language, eastAsia: page.language, bidirectional: page.language },
        },
        paragraph: { ...WIDOWS, spacing: { before: 0, after: 0, line: 240, lineRule: LineRuleType.AUTO } },
      },
    },
    // What the docx library bases its own styles of characters on without making it.
    characterStyles: [{ id: "DefaultParagraphFont", name: "Default Paragraph Font", uiPriority: 1, semiHidden: true }],
    paragraphStyles: [
      style(STYLE.headingBlock, name("headingBlock"), { paragraph: alignment({ align: "center" }) }),
      style(STYLE.typeName, name("typeName"), {
        next: STYLE.subject,
        run: runStyle(heading.typeName),
        paragraph: { ...alignment(heading.typeName), keepNext: true },
      }),
      style(STYLE.subject, name("subject"), {
        next: STYLE.body,
        run: runStyle(heading.subject),
        paragraph: { ...alignment(heading.subject), keepNext: true },
      }),
      style(STYLE.addressee, name("addressee"), { run: runStyle(heading.addressee ?? {}) }),
      title(STYLE.part, name("part"), numbering.part, 0),
      title(STYLE.appendix, name("appendix"), numbering.appendix, 0),
      ...numbering.levels.map((format, depth) =>
        title(levelStyle(ruleSet, depth), name("level", { level: depth + 1 }), format, outlineFrom + depth),
      ),
      style(STYLE.body, name("body"), { paragraph: { ...alignment(body.text), indent, spacing, ...WIDOWS } }),
      ...body.items.map((_, index) =>
        style(itemStyle(ruleSet, index + 1), name("item", { level: index + 1 }), {
          basedOn: STYLE.body,
          paragraph: { ...numberingOf(itemStyle(ruleSet, index + 1)), indent },
        }),
      ),
      style(STYLE.recipients, name("recipients"), {
        run: runStyle(closing.recipients.items),
        paragraph: { ...alignment({ align: "left" }), keepNext: true },
      }),
      style(STYLE.signature, name("signature"), { paragraph: { ...alignment({ align: "center" }), keepNext: true } }),
      style(STYLE.caption, name("caption"), {
        next: STYLE.body,
        run: runStyle({ bold: true, ...tables.caption }),
        paragraph: {
          ...alignment({ align: "center", ...tables.caption }),
          spacing: { before: pointTwips(Math.max(body.spaceBefore, 6)), after: 60 },
          keepNext: true,
          keepLines: true,
        },
      }),
      style(STYLE.cell, name("cell"), {
        run: runStyle(tables.cells ?? {}),
        paragraph: { ...alignment({ align: "left", ...tables.cells }), spacing: { before: 40, after: 40 } },
      }),
      style(STYLE.cellHead, name("cellHead"), {
        basedOn: STYLE.cell,
        run: { bold: true },
        paragraph: alignment({ align: "center" }),
      }),
      style(STYLE.tableHead, name("tableHead"), {
        run: runStyle(responses.head),
        paragraph: { ...alignment(responses.head), spacing: { before: 80, after: 80 }, keepNext: true },
      }),
      style(STYLE.tableCell, name("tableCell"), {
        run: runStyle(responses.cells),
        paragraph: { ...alignment(responses.cells), spacing: { before: 40, after: 40 } },
      }),
      style(STYLE.tableGroup, name("tableGroup"), {
        basedOn: STYLE.tableCell,
        run: { bold: true },
        paragraph: { keepNext: true },
      }),
      style(STYLE.pageNumber, name("pageNumber"), {
        run: runStyle(page.pageNumber),
        paragraph: alignment(page.pageNumber),
      }),
      style(STYLE.rule, name("rule"), {
        paragraph: { keepNext: true, spacing: { before: 60, after: 0, line: 120, lineRule: LineRuleType.EXACT } },
      }),
      style(STYLE.note, name("note"), {
        run: { size: halfPoints(11) },
        // The border is drawn outside of the text: it is drawn in, so that the box is as wide as what stands below it.
        paragraph: { ...alignment({ align: "left" }), indent: { left: 100, right: 100 }, keepLines: true },
      }),
      { id: STYLE.comment, name: "annotation text", basedOn: "Normal", run: { size: 20 } },
    ],
  };
}

function name(key: string, values: Readonly<Record<string, number>> = {}): string {
  return say("vi", `print.style.${key}`, values);
}
