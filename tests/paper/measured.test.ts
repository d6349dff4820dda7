import { beforeAll, describe, expect, it } from "vitest";
import type { LevelFormat, OutlineNode, PrintedLine, RuleSet, TextStyle } from "#model";
import { fillIn } from "#model";
import { readDocx } from "../support/docx-reader.ts";
import { packageFaults } from "../support/package-faults.ts";
import type { PdfPage, PdfWord } from "../support/pdf-reader.ts";
import type { Band, FoundWords } from "./page-words.ts";
import { baseLine, findWords, mm, SINGLE } from "./page-words.ts";
import type { PrintedReport } from "./printed-reports.ts";
import { LONG, NEXT, printAll } from "./printed-reports.ts";

let all: PrintedReport[];
let texts: PrintedReport[];

beforeAll(async () => {
  all = await printAll();
  texts = all.filter(({ kind }) => kind !== "responses");
  // A machine that does other things meanwhile takes its time over a hundred files.
}, 400_000);

/** The room between the margins. */
function textBand({ page: { width, margin } }: RuleSet): Band {
  return { left: mm(margin.left), right: mm(width - margin.right) };
}

function column(ruleSet: RuleSet, columns: readonly [number, number], which: 0 | 1): Band {
  const { left } = textBand(ruleSet);
  const middle = left + mm(columns[0]);
  return which === 0 ? { left, right: middle } : { left: middle, right: middle + mm(columns[1]) };
}

function shown(text: string, style: TextStyle): string {
  return style.capitals ? text.toLocaleUpperCase("vi") : text;
}

/** Where a text stands that must stand somewhere. */
function found({ name, pages }: PrintedReport, text: string, band?: Band): FoundWords {
  const words = findWords(pages, text, band);
  if (!words) throw new Error(`${name}: “${text}” is not printed.`);
  return words;
}

/** Every word is set in a face of Times New Roman's measures, in the size and weight that `style` asks for. */
function expectSet(printed: PrintedReport, { words }: FoundWords, style: TextStyle): void {
  const size = style.size ?? printed.ruleSet.body.text.size;
  for (const word of words) {
    const about = `${printed.name}: ${word.text}`;
    expect(word.font, about).toMatch(/^(Times ?New ?Roman|LiberationSerif|Tinos)/);
    expect(Math.abs(word.size - size), `${about} is ${word.size}, not ${size}`).toBeLessThan(0.26);
    expect({ about, bold: word.bold, italic: word.italic }).toEqual({
      about,
      bold: style.bold === true,
      italic: style.italic === true,
    });
  }
}

/** Every line of it stands in the middle of the band. */
function expectCentred(printed: PrintedReport, { lines, words }: FoundWords, { left, right }: Band): void {
  for (const line of lines) {
    const off = (line.left + line.right) / 2 - (left + right) / 2;
    expect(Math.abs(off), `${printed.name}: ${words[0]?.text} is ${off} pt off the middle`).toBeLessThan(1.5);
  }
}

/** A printed line with the values of the measured reports. */
function words(line: PrintedLine, { report }: PrintedReport): string {
  const values = {
    ...report.fields,
    number: "07",
    day: "05",
    month: "01",
    dateYear: "2022",
    typeName: report.template.typeName,
    subject: fillIn(report.template.subject, report.fields),
    round: "1",
  };
  return shown(fillIn(line.text, values), line);
}

/** What stands below a line: a drawn rule of its share of the longest line, or signs, in the middle under it. */
function expectBelow(printed: PrintedReport, line: PrintedLine, at: FoundWords, band: Band): void {
  const { below } = line;
  if (!below) return;
  if (below.signs !== undefined) {
    const signs = found(printed, `${words(line, printed)} ${below.signs}`, band);
    expectCentred(printed, { ...signs, lines: signs.lines.slice(-1) }, band);
    expectSet(printed, signs, line);
    return;
  }
  const longest = Math.max(...at.lines.map(({ left, right }) => right - left));
  const rule = printed.pages[at.page]?.rules.find(
    ({ top, left, right }) =>
      top > at.bottom - 6 && top < at.bottom + 8 && left > band.left - 2 && right < band.right + 2,
  );
  if (!rule) throw new Error(`${printed.name}: no rule below “${line.text}”.`);
  const share = (rule.right - rule.left) / longest;
  expect(Math.abs(share - below.share), `${printed.name}: ${line.text}, rule of ${share}`).toBeLessThan(0.04);
  expectCentred(printed, { ...at, lines: [rule] }, band);
}

describe("a Word file as a package", () => {
  it("holds together in every kind: content types, relationships, ids, styles, the order of elements", () => {
    for (const { name, bytes } of all)
      expect({ name, faults: packageFaults(readDocx(bytes).parts) }).toEqual({ name, faults: [] });
  });

  it("would be told from one that does not", () => {
    const { parts } = readDocx(all.find(({ kind }) => kind === "draft")?.bytes ?? new Uint8Array());
    const document = "word/document.xml";
    const planted: readonly (readonly [part: string, from: string | RegExp, to: string, fault: RegExp])[] = [
      ["[Content_Types].xml", /<Override [^>]*PartName="\/word\/comments.xml"[^>]*>/, "", /no content type/],
      [
        "word/_rels/document.xml.rels",
        'Target="comments.xml"',
        'Target="remarks.xml"',
        /there is no word\/remarks.xml/,
      ],
      [document, /<w:bookmarkEnd w:id="\d+"\/>/, "", /begun and ended/],
      [document, /<w:commentRangeEnd [^>]*>/, "", /w:commentRangeEnd are not the same/],
      [document, /w:name="_tk[bs]_[^"]*"(.*?)w:name="(_tk[bs]_[^"]*)"/s, 'w:name="$2"$1w:name="$2"', /comes twice/],
      [document, 'w:pStyle w:val="TkLoiVan"', 'w:pStyle w:val="Tk"', /no style Tk$/],
      ["word/styles.xml", /(<w:spacing [^>]*>)(<w:ind [^>]*>)/, "$2$1", /w:spacing after w:ind/],
      [document, "</w:body>", "", /unexpected close tag|unclosed|expected/i],
    ];
    for (const [part, from, to, fault] of planted) {
      const changed = (parts[part] ?? "").replace(from, to);
      expect(changed, String(from)).not.toBe(parts[part]);
      expect(packageFaults({ ...parts, [part]: changed }).join("\n")).toMatch(fault);
    }
  });
});

describe("a Word file as LibreOffice prints it", () => {
  it("stands on paper of the rule set's size, within its margins", () => {
    for (const { name, ruleSet, pages, kind } of all) {
      const lying = kind === "responses";
      const { page } = ruleSet;
      const [width, height] = lying ? [page.height, page.width] : [page.width, page.height];
      const margin = lying ? ruleSet.responses.margin : page.margin;
      for (const [index, { lines, ...box }] of pages.entries()) {
        const about = `${name}, page ${index + 1}`;
        expect([box.width, box.height].map(Math.round), about).toEqual(
          [width, height].map((side) => Math.round(mm(side))),
        );
        for (const line of lines) {
          expect(line.left, `${about}: ${line.text}`).toBeGreaterThan(mm(margin.left) - 1);
          expect(line.right, `${about}: ${line.text}`).toBeLessThan(mm(width - margin.right) + 1);
          expect(line.bottom, `${about}: ${line.text}`).toBeLessThan(mm(height - margin.bottom) + 4);
        }
        const body = lines.filter(({ top }) => top > mm(margin.top) - 4);
        expect(Math.min(...body.map(({ top }) => top)), about).toBeLessThan(mm(margin.top) + 24);
      }
    }
  });

  it("heads the first page with bodies, motto, number, place and date, each in its column, size and weight", () => {
    for (const printed of texts) {
      const { heading } = printed.ruleSet;
      for (const side of [0, 1] as const) {
        const band = column(printed.ruleSet, heading.columns, side);
        for (const line of side === 0 ? heading.left : heading.right) {
          const at = found(printed, words(line, printed), band);
          expect(at.page).toBe(0);
          expectSet(printed, at, line);
          expectCentred(printed, at, band);
          expectBelow(printed, line, at, band);
        }
      }
      const number = found(printed, words(heading.number, printed), column(printed.ruleSet, heading.columns, 0));
      const date = found(printed, words(heading.placeAndDate, printed), column(printed.ruleSet, heading.columns, 1));
      expectSet(printed, number, heading.number);
      expectSet(printed, date, heading.placeAndDate);
      const [one, other] = [number, date].map(({ words: [word] }) => (word ? baseLine(word) : NaN));
      expect(Math.abs((one ?? 0) - (other ?? 0)), `${printed.name}: number and date on one line`).toBeLessThan(1);
    }
  });

  it("marks as a draft what is not final", () => {
    for (const printed of texts) {
      const { draftMark, columns, number } = printed.ruleSet.heading;
      const { bottom } = found(printed, words(number, printed), column(printed.ruleSet, columns, 0));
      const [first] = printed.pages;
      const below = first ? [{ ...first, lines: first.lines.filter(({ top }) => top > bottom - 6) }] : [];
      const band = column(printed.ruleSet, columns, draftMark.column === "left" ? 0 : 1);
      const mark = findWords(below, words(draftMark, printed), band);
      expect(mark !== null, printed.name).toBe(printed.kind !== "final");
      if (mark) expectSet(printed, mark, draftMark);
    }
  });

  it("sets type name, subject and addressee in the middle", () => {
    for (const printed of texts) {
      const { heading } = printed.ruleSet;
      const band = textBand(printed.ruleSet);
      for (const line of [heading.typeName, heading.subject]) {
        const at = found(printed, words(line, printed), band);
        expectSet(printed, at, line);
        expectCentred(printed, at, band);
        expectBelow(printed, line, at, band);
      }
      const addressee = findWords(printed.pages.slice(0, 1), "Cơ quan cấp trên Mẫu", band);
      expect(addressee !== null, printed.name).toBe(heading.addressee !== null);
      if (addressee && heading.addressee) expectSet(printed, addressee, heading.addressee);
    }
  });

  it("sets the text in its size, with its first line indent, line pitch and gap between paragraphs", () => {
    for (const printed of texts) {
      const { body } = printed.ruleSet;
      const band = textBand(printed.ruleSet);
      const first = found(printed, LONG, band);
      const next = found(printed, NEXT, band);
      expectSet(printed, first, body.text);
      const pitch = body.line.rule === "exact" ? body.line.points : body.line.lines * SINGLE * body.text.size;
      const tops = first.lines.map(({ top }) => top);
      for (const [index, top] of tops.entries()) {
        const above = tops[index - 1];
        if (above !== undefined) expect(Math.abs(top - above - pitch), `${printed.name}: pitch`).toBeLessThan(0.3);
      }
      if (next.page === first.page) {
        const gap = next.top - (tops.at(-1) ?? 0) - pitch;
        expect(Math.abs(gap - body.spaceBefore - body.spaceAfter), `${printed.name}: gap of ${gap}`).toBeLessThan(0.3);
      }
      for (const [index, line] of first.lines.entries()) {
        const indent = index === 0 ? mm(body.firstLineIndent) : 0;
        expect(Math.abs(line.left - band.left - indent), `${printed.name}: indent of line ${index}`).toBeLessThan(0.6);
        if (index < first.lines.length - 1)
          expect(Math.abs(line.right - band.right), `${printed.name}: end of line ${index}`).toBeLessThan(1.5);
      }
    }
  });

  it("sets titles by their level, with their labels in the family's form", () => {
    for (const printed of texts) {
      const { numbering, body } = printed.ruleSet;
      const band = textBand(printed.ruleSet);
      const level = (depth: number): LevelFormat | undefined =>
        numbering.levels[Math.min(depth, numbering.levels.length - 1)];
      let seen = 0;
      const visit = (nodes: readonly OutlineNode[], depth: number): void => {
        for (const node of nodes) {
          const group = node.type === "part" || node.type === "appendices";
          const format = node.type === "part" ? numbering.part : group ? numbering.appendix : level(depth);
          if (format && !(node.type === "slot" && !node.titled)) {
            const title = shown(fillIn(node.title.vi, printed.report.fields), format);
            const at = found(printed, title, band);
            expectSet(printed, at, format);
            if (format.align === "center") expectCentred(printed, at, band);
            else expectLabel(printed, at, format, band.left + mm(body.firstLineIndent));
            seen++;
          }
          if (node.type !== "slot") visit(node.children, group ? 0 : depth + 1);
        }
      };
      visit(printed.template.outline, 0);
      expect(seen).toBeGreaterThan(4);
    }
  });

  it("closes with recipients on the left and the signature on the right, with room to sign", () => {
    for (const printed of texts) {
      const { recipients, signature, columns } = printed.ruleSet.closing;
      const left = column(printed.ruleSet, columns, 0);
      const right = column(printed.ruleSet, columns, 1);
      const title = found(printed, recipients.title.text, left);
      expectSet(printed, title, recipients.title);
      expectSet(printed, found(printed, `${recipients.sign}Các chi bộ trực thuộc;`, left), recipients.items);
      const filed = fillIn(recipients.last, printed.report.fields);
      expectSet(printed, found(printed, `${recipients.sign}${filed}`, left), recipients.items);
      const power = found(printed, shown("T/M ĐẢNG ỦY", signature.power), right);
      const signer = found(printed, shown("BÍ THƯ", signature.title), right);
      const name = found(printed, "Người Ký Mẫu", right);
      expectSet(printed, power, signature.power);
      expectSet(printed, signer, signature.title);
      expectSet(printed, name, signature.name);
      for (const at of [power, signer, name]) expectCentred(printed, at, right);
      expect(Math.abs(power.top - title.top), `${printed.name}: both begin at one height`).toBeLessThan(2.5);
      expect(name.top - signer.bottom, `${printed.name}: room to sign`).toBeGreaterThan(mm(signature.space) - 4);
      expect([power.page, signer.page, name.page]).toEqual([title.page, title.page, title.page]);
    }
  });

  it("numbers its pages where the rule puts the number, and leaves the first page without", () => {
    for (const printed of all) {
      const { name, pages, ruleSet, kind } = printed;
      const { pageNumber } = ruleSet.page;
      const margin = kind === "responses" ? ruleSet.responses.margin : ruleSet.page.margin;
      let count = 0;
      for (const [index, page] of pages.entries()) {
        count = beginsAppendix(printed, page) && ruleSet.appendix.restartPages ? 1 : count + 1;
        const about = `${name}, page ${index + 1}`;
        const above = page.lines.filter(({ top }) => top < mm(margin.top) - 4);
        const numbered = count > 1 || pageNumber.onFirstPage;
        expect(
          above.map(({ text }) => text),
          about,
        ).toEqual(numbered ? [String(count)] : []);
        for (const { words: numbers, ...line } of above) {
          const at = { page: index, words: numbers, lines: [line], ...line };
          expectSet(printed, at, pageNumber);
          expectCentred(printed, at, { left: mm(margin.left), right: page.width - mm(margin.right) });
          expect(Math.abs(line.top - mm(pageNumber.fromEdge)), `${about}: from the edge`).toBeLessThan(2);
        }
      }
    }
  });
});

/** A title that begins at the indent with the label its format asks for. */
function expectLabel(printed: PrintedReport, at: FoundWords, format: LevelFormat, left: number): void {
  const first = at.words[0];
  const line = printed.pages[at.page]?.lines.find(({ words: list }) => first && list.includes(first));
  const label: PdfWord | undefined = line?.words[0];
  const signs: Readonly<Record<LevelFormat["number"], string>> = {
    upperRoman: "[IVXLC]+",
    decimal: "\\d+",
    path: "\\d+(\\.\\d+)*",
    vietnameseLetter: "[abcdđeghiklmnopqrstuvxy]",
    ordinalWord: "thứ",
    none: "",
  };
  const escaped = format.pattern.replace(/[.)(]/g, "\\$&").replace("%", signs[format.number]);
  expect(label?.text ?? "", `${printed.name}: before ${first?.text}`).toMatch(
    format.number === "none" ? /./ : new RegExp(`^${escaped}$`),
  );
  expect(Math.abs((line?.left ?? 0) - left), `${printed.name}: indent of ${line?.text}`).toBeLessThan(0.6);
}

function beginsAppendix({ ruleSet, kind }: PrintedReport, page: PdfPage): boolean {
  const top = page.lines.find((line) => line.top > mm(ruleSet.page.margin.top) - 4);
  return kind !== "responses" && /^Phụ lục/i.test(top?.text ?? "");
}
