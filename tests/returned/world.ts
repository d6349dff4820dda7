import { docFrom, slotText } from "#collab";
import type { ReportFile } from "#collab";
import { assembleReport, composeReportFile, frozenReport } from "#comments";
import type { Block, PersonInput, Report, ReportInput } from "#model";
import { blockText, slotsOf } from "#model";
import { bookmarkTargets } from "#docx";
import type { Catalogue } from "#server";
import * as Y from "yjs";
import { random } from "../support/random.ts";

/** A report of which copies come back. */
export interface World {
  readonly file: ReportFile;
  readonly frozen: Report;
  readonly report: Report;
  readonly body: Y.Doc;
  readonly blocks: readonly WorldBlock[];
  readonly table: WorldBlock;
  readonly delegates: readonly PersonInput[];
}

/** A block of the frozen draft, and the bookmark it is under in a file. */
export interface WorldBlock {
  readonly slot: string;
  readonly block: Block;
  readonly text: string;
  readonly bookmark: string;
}

const FAMILIES = ["Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Vũ", "Đặng", "Bùi", "Đỗ", "Hồ"];
const MIDDLES = ["Văn", "Thị", "Minh", "Đức", "Thanh", "Hữu"];
const GIVEN = ["An", "Bình", "Chi", "Dũng", "Giang", "Hạnh", "Khánh", "Lâm", "Mẫn", "Ngọc", "Phúc", "Quân"];

const BEGIN = [
  "Đảng bộ đã",
  "Các chi bộ đều",
  "Cấp ủy thường xuyên",
  "Tập thể lãnh đạo luôn",
  "Đội ngũ đảng viên cơ bản",
  "Ủy ban kiểm tra kịp thời",
];
const DO = ["hoàn thành", "quán triệt", "triển khai", "cụ thể hóa", "theo dõi", "đôn đốc", "sơ kết", "đổi mới"];
const WHAT = [
  "nghị quyết đại hội nhiệm kỳ mới",
  "công tác phát triển đảng viên trẻ",
  "chế độ sinh hoạt chuyên đề hằng quý",
  "việc học tập và làm theo Bác",
  "quy chế dân chủ ở cơ sở",
  "công tác kiểm tra, giám sát chuyên đề",
  "phong trào thi đua yêu nước",
  "nhiệm vụ chuyển đổi số của đơn vị",
];
const HOW = [
  "đạt kết quả rõ nét",
  "bảo đảm tiến độ đề ra",
  "còn một số mặt hạn chế",
  "được cấp trên ghi nhận",
  "tạo chuyển biến tích cực",
];

/** A report of the first template with some words in every slot, a round, and comments that are there already. */
export function makeWorld(catalogue: Catalogue, seed: number, round: { readonly closedAt?: string } = {}): World {
  const r = random(seed);
  const template = catalogue.templates.get("party-committee");
  const ruleSet = template && catalogue.ruleSets.get(template.ruleSet);
  if (!template || !ruleSet) throw new Error("the template is shipped");
  let count = 0;
  const sentence = (): string =>
    `${r.pick(BEGIN)} ${r.pick(DO)} ${r.pick(WHAT)}, ${r.pick(HOW)} với ${100 + ++count} việc trong năm.`;
  const slots: Record<string, ReportInput["slots"][string]> = {};
  for (const [index, { id }] of slotsOf(template).entries()) {
    slots[id] = [
      `${sentence()} ${sentence()} ${sentence()}`,
      ...(index % 3 === 0 ? ["Không có vướng mắc gì."] : []),
      `${sentence()} ${sentence()}`,
      { kind: "item" as const, level: 1, text: sentence() },
      { kind: "item" as const, level: 1, text: sentence() },
      `${sentence()} ${sentence()} ${sentence()}`,
      ...(index === 1
        ? [
            {
              kind: "table" as const,
              text: "Kết quả thực hiện các chỉ tiêu chủ yếu của năm",
              rows: [
                ["Chỉ tiêu", "Kế hoạch", "Thực hiện"],
                ["Kết nạp đảng viên", "17", "19"],
                ["Chi bộ trong sạch", "23", "21"],
                ["Sinh hoạt chuyên đề", "48", "52"],
              ],
            },
          ]
        : []),
    ];
  }
  const delegates = Array.from({ length: 60 }, (_, index): PersonInput => {
    const name = `${FAMILIES[index % 10] ?? ""} ${MIDDLES[index % 6] ?? ""} ${GIVEN[index % 12] ?? ""}`;
    return { id: `d${index + 1}`, name, unit: `Chi bộ ${index + 1}`, role: "delegate" };
  });
  const people: PersonInput[] = [
    { id: "chair", name: "Chủ trì Mẫu", unit: "Thường trực", role: "chair" },
    { id: "drafter", name: "Thư ký Mẫu", unit: "Tổ biên tập", role: "drafter" },
    ...delegates,
  ];
  const first = Object.entries(slots).slice(2, 8);
  const input: ReportInput = {
    template: template.id,
    fields: { organisation: "Đảng ủy xã Mẫu", year: "2021", draftingBody: "TỔ BIÊN TẬP" },
    slots,
    people,
    rounds: [{ number: 1, openedAt: "2022-01-02T01:00:00.000Z", ...round }],
    comments: first.map(([slot, blocks], index) => {
      const words = typeof blocks[0] === "string" ? blocks[0] : "";
      return {
        author: delegates[index]?.id ?? "",
        round: 1,
        slot,
        quote: words.slice(0, words.indexOf(",")),
        kind: "clarify",
        text: `Ý kiến có sẵn ${index + 1}: đề nghị làm rõ.`,
        createdAt: `2022-01-03T0${index}:15:30.250Z`,
        replies:
          index % 2 === 0
            ? [{ author: "drafter", text: `Trả lời ${index + 1}.`, createdAt: "2022-01-03T10:00:00.000Z" }]
            : [],
      };
    }),
  };
  let ids = 0;
  const file = composeReportFile(input, template, "returned", {
    newId: () => `id${++ids}`,
    now: "2022-01-01T01:00:00.000Z",
  });
  const frozen = frozenReport(file, ruleSet, 1);
  const names = new Map<string, string>();
  for (const [name, target] of bookmarkTargets(frozen)) {
    if (target.type === "block") names.set(`${target.slot} ${target.block}`, name);
  }
  const all = slotsOf(template).flatMap(({ id: slot }) =>
    (frozen.slots[slot] ?? []).map((block): WorldBlock => ({
      slot,
      block,
      text: blockText(block),
      bookmark: names.get(`${slot} ${block.id}`) ?? "",
    })),
  );
  const table = all.find(({ block }) => block.table);
  if (!table) throw new Error("a table is there");
  return {
    file,
    frozen,
    report: assembleReport(file, ruleSet),
    body: docFrom(file.versions.values().next().value ?? new Uint8Array()),
    blocks: all.filter(({ block }) => !block.table),
    table,
    delegates,
  };
}

/** The file of a world with a second round, whose draft says something else in each slot; the first is closed. */
export function withSecondRound({ file, report: { template } }: World): ReportFile {
  const body = docFrom(file.body);
  for (const { id } of slotsOf(template)) {
    const text = slotText(body, id);
    text.insert(text.toJSON().indexOf(","), " bước đầu");
  }
  const state = Y.encodeStateAsUpdate(body);
  const [first] = file.manifest.rounds;
  if (!first) throw new Error("there is a round");
  const second = { number: 2, version: "second", openedAt: "2022-01-06T01:00:00.000Z" };
  const version = { id: "second", name: "Dự thảo lần 2", createdAt: second.openedAt, createdBy: "chair", round: 2 };
  return {
    ...file,
    body: state,
    manifest: {
      ...file.manifest,
      rounds: [{ closedAt: "2022-01-06T00:00:00.000Z", ...first }, second],
      versions: [...file.manifest.versions, version],
    },
    versions: new Map([...file.versions, ["second", state]]),
  };
}
