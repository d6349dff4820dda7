import { beforeAll, describe, expect, it } from "vitest";
import type { SentRound } from "#docx";
import { exportReport, readReturnedCopy, readWordFile, sentRound } from "#docx";
import type { Block, Remark, Report } from "#model";
import { blockText } from "#model";
import { shippedCatalogue } from "../support/catalogue.ts";
import { convertWithOffice } from "../support/office.ts";
import { random } from "../support/random.ts";
import type { Resaving } from "../support/resaved.ts";
import { noBookmarks, noLists, ownLists, resaved, typedLabels } from "../support/resaved.ts";
import { block, sampleReport } from "../support/sample-report.ts";
import { textOf, WordEdit } from "./word-edit.ts";

const SLOT = "membership";
const BLOCKS: readonly Block[] = [
  block("w-1", "Công tác giáo dục chính trị", "heading", 1),
  block("w-2", "Tổ chức học tập năm nghị quyết cho toàn thể đảng viên;", "item", 1),
  block("w-3", "Trong đó hai nghị quyết của Trung ương;", "item", 2),
  block("w-4", "Viết bài thu hoạch đầy đủ, đúng hạn.", "item", 1),
  block("w-5", "Công tác giáo dục chính trị", "heading", 1),
  block("w-6", "Một đoạn văn đứng dưới đề mục thứ hai."),
];

/** Programs number anew what was typed: here every number is one more than it was. */
const oneMore: Resaving = (parts) => {
  const document = "word/document.xml";
  parts[document] = (parts[document] ?? "").replaceAll(
    /(<w:t xml:space="preserve">(?:\d\.)?)(\d)(\. <)/g,
    (_, before: string, number: string, after: string) => before + String(Number(number) + 1) + after,
  );
};

/** What becomes of the numbers of a copy on its way. */
const WAYS: Readonly<Record<string, readonly Resaving[]>> = {
  "as they were": [],
  "in lists of the program's own": [ownLists],
  "as text, as in files of ours from before": [typedLabels],
  "as text, and others": [typedLabels, oneMore],
  nowhere: [noLists],
  "as text, without bookmarks": [typedLabels, noBookmarks],
  "as they were, without bookmarks": [noBookmarks],
};

let report: Report;
let round: SentRound;
let sent: Uint8Array;
beforeAll(async () => {
  const catalogue = await shippedCatalogue();
  const template = catalogue.templates.get("party-committee");
  const ruleSet = template && catalogue.ruleSets.get(template.ruleSet);
  if (!template || !ruleSet) throw new Error("the Party template is shipped");
  const base = sampleReport(template, ruleSet);
  report = { ...base, slots: { ...base.slots, [SLOT]: BLOCKS } };
  round = await sentRound(report, report, { round: 1, person: null, allow: "comments" });
  sent = await exportReport(report, "for-comment", { round: 1 });
});

function remarks(bytes: Uint8Array): readonly Remark[] {
  return readReturnedCopy(readWordFile(bytes), round).remarks;
}

/** Where a remark is: the block, the words there, and those proposed for them. */
function told({ target, quote, proposal }: Remark): unknown {
  return target.scope === "range" ? [target.stretch.slot, quote, proposal] : [target.scope, quote, proposal];
}

describe.each(Object.entries(WAYS))("a copy whose numbers come back %s", (_, resavings) => {
  const arrived = (bytes: Uint8Array): Uint8Array => resaved(bytes, resavings, random(3));

  it("brings no remark that nobody made", () => {
    expect(remarks(arrived(sent))).toEqual([]);
  });

  it("brings words put in at the very beginning of an item and of a heading, and no number with them", () => {
    const edit = new WordEdit(sent);
    for (const { id } of BLOCKS.filter((each) => each.id !== "w-6")) {
      const paragraph = edit.under(`_tkb_${id.replaceAll("-", "_")}`);
      const own = textOf(paragraph);
      const at = own.indexOf(blockText(BLOCKS.find((each) => each.id === id) ?? BLOCKS[0]!));
      edit.replace(paragraph, at, at, "Hằng năm, ");
    }
    const found = remarks(arrived(edit.save()));
    expect(found.map((each) => [each.kind, ...(each.proposal?.match(/^Hằng năm, \S+/u) ?? [])])).toEqual([
      ["wording", "Hằng năm, Công"],
      ["wording", "Hằng năm, Tổ"],
      ["wording", "Hằng năm, Trong"],
      ["wording", "Hằng năm, Viết"],
      ["wording", "Hằng năm, Công"],
    ]);
  });

  it("brings an item put in below another with its words alone", () => {
    const edit = new WordEdit(sent);
    const above = edit.under("_tkb_w_2");
    edit.part(above, textOf(above).length);
    const at = edit.paragraphs.indexOf(above) + 1;
    const fresh = edit.paragraphs[at];
    if (fresh) edit.replace(fresh, 0, 0, "Mở hai lớp bồi dưỡng lý luận;");
    const found = remarks(arrived(edit.save()));
    expect(found).toHaveLength(1);
    expect(JSON.stringify(told(found[0] ?? fail()))).toContain("Mở hai lớp bồi dưỡng lý luận;");
  });

  it("brings a comment at its words", () => {
    const edit = new WordEdit(sent);
    const hand = { author: "Đại biểu Mẫu Một", date: "2022-01-05T09:10:00Z", text: "Nên ghi rõ." };
    for (const id of ["w_1", "w_4"]) {
      const paragraph = edit.under(`_tkb_${id}`);
      const start = edit.startOf(paragraph, `_tkb_${id}`);
      edit.comment([paragraph, start], [paragraph, start + 8], hand);
    }
    expect(remarks(arrived(edit.save())).map(told)).toEqual([
      [SLOT, "Công tác", undefined],
      [SLOT, "Viết bài", undefined],
    ]);
  });
});

it("brings no remark that nobody made where LibreOffice saved it, once and once more", async () => {
  const [once] = await convertWithOffice([sent], "docx");
  const [twice] = await convertWithOffice([once ?? fail()], "docx");
  expect([once, twice].map((bytes) => remarks(bytes ?? fail()))).toEqual([[], []]);
});

function fail(): never {
  throw new Error("there is one");
}
