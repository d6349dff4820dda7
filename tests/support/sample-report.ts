import type { Block, Comment, CommentThread, Decision, Person, Report, RuleSet, Template, TextRun } from "#model";
import { blockText, cellText, slotsOf } from "#model";

const WORDS =
  "Đảng ủy đã lãnh đạo, chỉ đạo thực hiện tốt nhiệm vụ chính trị được giao; chất lượng sinh hoạt chi bộ được nâng lên rõ rệt, " +
  "nội dung bám sát nhiệm vụ chuyên môn và tình hình thực tế của cơ quan. Công tác kiểm tra, giám sát được tiến hành theo kế hoạch, " +
  "kịp thời nhắc nhở, uốn nắn những biểu hiện chưa đúng; 98,5% đảng viên hoàn thành tốt nhiệm vụ trở lên trong năm 2021.";

/** People of a sample report, of plainly invented names. */
export const PEOPLE: readonly Person[] = [
  { id: "chair", name: "Chủ trì Mẫu", unit: "Thường trực", role: "chair" },
  { id: "drafter", name: "Thư ký Mẫu", unit: "Tổ biên tập", role: "drafter" },
  { id: "delegate-1", name: "Đại biểu Mẫu Một", unit: "Chi bộ 1", role: "delegate" },
  { id: "delegate-2", name: "Đại biểu Mẫu Hai", unit: "Chi bộ 2", role: "delegate" },
];

export const FIELDS: Readonly<Record<string, string>> = {
  superior: "Đảng bộ tỉnh Mẫu",
  organisation: "Đảng ủy xã Mẫu",
  year: "2021",
  place: "Hà Nội",
  date: "2022-01-05",
  number: "7",
  symbol: "BC/ĐU",
  signingPower: "T/M ĐẢNG ỦY",
  signerTitle: "BÍ THƯ",
  signerName: "Người Ký Mẫu",
  recipients: "Ban Thường vụ Tỉnh ủy\nCác chi bộ trực thuộc",
  archive: "Đảng ủy",
  draftingBody: "TỔ BIÊN TẬP",
};

export function block(
  id: string,
  text: string | readonly TextRun[],
  kind: Block["kind"] = "paragraph",
  level = 0,
): Block {
  const runs = typeof text === "string" ? (text === "" ? [] : [{ text, marks: [] }]) : text;
  return { id, kind, level, runs };
}

/** A report of a template with words in every slot but those of `empty`. */
export function sampleReport(
  template: Template,
  ruleSet: RuleSet,
  change: Partial<Report> & { readonly empty?: readonly string[] } = {},
): Report {
  const { empty = [], ...rest } = change;
  const slots = Object.fromEntries(
    slotsOf(template).map(({ id }, index) => [id, empty.includes(id) ? [block(`${id}-0`, "")] : slotBlocks(id, index)]),
  );
  return {
    id: "sample-1",
    sample: true,
    template,
    ruleSet,
    fields: FIELDS,
    slots,
    people: PEOPLE,
    rounds: [{ number: 1, version: "v1", openedAt: "2022-01-02T01:00:00.000Z" }],
    versions: [
      { id: "v1", name: "Dự thảo lần 1", createdAt: "2022-01-02T01:00:00.000Z", createdBy: "chair", round: 1 },
    ],
    threads: [],
    stances: [],
    ...rest,
  };
}

function slotBlocks(slot: string, index: number): Block[] {
  const words = `${WORDS} (${slot})`;
  const blocks = [
    block(`${slot}-1`, [
      { text: "Năm qua, ", marks: [] },
      { text: "tập thể", marks: ["strong"] },
      { text: ` ${words}`, marks: [] },
    ]),
  ];
  if (index % 3 === 1) {
    blocks.push(
      block(`${slot}-2`, `Về tổ chức ${slot}`, "heading", 1),
      block(`${slot}-3`, `Kết nạp đảng viên mới ${slot};`, "item", 1),
      block(`${slot}-4`, `Trong đó đảng viên trẻ ${slot}.`, "item", 2),
      block(`${slot}-5`, words),
    );
  }
  return blocks;
}

/** A comment of a sample report as a thread; `change` says what is particular about it. */
export function thread(
  id: string,
  target: Comment["target"],
  change: Partial<Omit<CommentThread, "comment">> & { readonly comment?: Partial<Comment> } = {},
): CommentThread {
  const { comment, ...rest } = change;
  const author = rest.author ?? PEOPLE[2];
  if (!author) throw new Error("a sample has people");
  return {
    comment: {
      id,
      author: author.id,
      round: 1,
      target,
      kind: "clarify",
      text: `Đề nghị làm rõ (${id}).`,
      createdAt: "2022-01-03T02:30:00.000Z",
      withdrawn: false,
      ...comment,
    },
    author,
    place: null,
    replies: [],
    decision: null,
    ...rest,
  };
}

/** A thread on words of one block, or from one block into another. */
export function rangeThread(
  id: string,
  slot: string,
  from: { readonly block: Block; readonly offset: number },
  to: { readonly block: Block; readonly offset: number },
  change: Parameters<typeof thread>[2] = {},
): CommentThread {
  const exact =
    from.block.id === to.block.id
      ? blockText(from.block).slice(from.offset, to.offset)
      : `${blockText(from.block).slice(from.offset)}\n${blockText(to.block).slice(0, to.offset)}`;
  const quote = { exact, prefix: "", suffix: "" };
  return thread(
    id,
    { scope: "range", slot, anchor: { start: "", end: "" }, quote },
    {
      place: {
        slot,
        from: { block: from.block.id, offset: from.offset },
        to: { block: to.block.id, offset: to.offset },
      },
      ...change,
    },
  );
}

/** A thread on a cell of a table, still in its place. */
export function cellThread(
  id: string,
  slot: string,
  at: { readonly block: Block; readonly cell: string },
  change: Parameters<typeof thread>[2] = {},
): CommentThread {
  const cell = at.block.table?.rows.flatMap((row) => row.cells).find((each) => each.id === at.cell);
  const quote = { exact: cell ? cellText(cell) : "", prefix: "", suffix: "" };
  const end = { block: at.block.id, offset: 0 };
  return thread(
    id,
    { scope: "cell", slot, table: at.block.table?.id ?? "", cell: at.cell, quote },
    { place: { slot, from: end, to: end, cell: at.cell }, ...change },
  );
}

export function decision(comment: string, change: Partial<Decision> = {}): Decision {
  return {
    comment,
    outcome: "accept",
    response: "",
    proposedBy: "drafter",
    proposedAt: "2022-01-04T03:00:00.000Z",
    ...change,
  };
}
