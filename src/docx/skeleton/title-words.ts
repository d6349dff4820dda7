import type { SlotRole } from "#model";
import { comparedWords } from "#model";

/** Words that mean one thing in titles of reports, the first standing for all. */
const SAME: readonly (readonly string[])[] = [
  [
    "hạn chế",
    "tồn tại",
    "khuyết điểm",
    "yếu kém",
    "thiếu sót",
    "nhược điểm",
    "mặt chưa làm được",
    "việc chưa làm được",
  ],
  ["ưu điểm", "mặt mạnh", "mặt làm được", "mặt đã làm được", "mặt đạt được"],
  ["kiến nghị", "đề xuất", "đề nghị"],
  ["phương hướng", "mục tiêu", "định hướng", "phương hướng mục tiêu", "phương hướng chung", "mục tiêu chung"],
  ["giải pháp", "biện pháp"],
  ["bài học kinh nghiệm", "bài học", "kinh nghiệm rút ra"],
  ["đặc điểm tình hình", "tình hình chung", "đặc điểm chung", "khái quát tình hình", "bối cảnh"],
  ["thanh niên", "đoàn viên thanh niên"],
  ["người lao động", "công nhân viên chức lao động", "cán bộ công nhân viên chức lao động", "cnvclđ", "nlđ"],
  ["công đoàn viên", "đoàn viên công đoàn"],
  ["dân vận", "vận động quần chúng"],
  ["xây dựng đảng", "xây dựng tổ chức đảng"],
  ["khen thưởng", "thi đua khen thưởng"],
  ["tổ chức chính trị xã hội", "đoàn thể chính trị xã hội", "các đoàn thể", "đoàn thể", "tổ chức đoàn thể"],
];

/** Words that tell no title from another. */
const IDLE = new Set([
  "và",
  "các",
  "những",
  "của",
  "trong",
  "về",
  "cho",
  "công",
  "tác",
  "năm",
  "một",
  "số",
  "việc",
  "với",
  "theo",
  "chủ",
  "yếu",
  "trọng",
  "tâm",
  "cụ",
  "thể",
  "tới",
  "đã",
  "là",
]);

/** What headings of a role are usually called. */
const USUAL: Readonly<Record<SlotRole, readonly string[]>> = {
  context: ["mở đầu", "đặt vấn đề", "đặc điểm tình hình"],
  statistics: ["tình hình tổ chức đảng viên", "tình hình đội ngũ", "số lượng cơ cấu", "tình hình đoàn viên"],
  achievements: ["kết quả đạt được", "kết quả thực hiện nhiệm vụ", "kết quả hoạt động", "những kết quả", "ưu điểm"],
  shortcomings: ["hạn chế"],
  causes: ["nguyên nhân"],
  lessons: ["bài học kinh nghiệm"],
  directions: ["phương hướng"],
  targets: ["chỉ tiêu", "các chỉ tiêu cụ thể"],
  tasks: ["nhiệm vụ giải pháp", "nhiệm vụ", "giải pháp", "nhiệm vụ cụ thể", "giải pháp thực hiện"],
  organisation: ["tổ chức thực hiện"],
  proposals: ["kiến nghị"],
  appendix: ["phụ lục", "biểu số liệu", "bảng số liệu"],
};

// Longer ones first, so that a part of them is not taken for the whole.
const REPLACED: readonly (readonly [string, string])[] = SAME.flatMap(([first = "", ...others]) =>
  [first, ...others].map((words) => [` ${words} `, ` ${first.replaceAll(" ", "_")} `] as const),
).toSorted(([a], [b]) => b.length - a.length);

/** What a title says: its words with those of one meaning made one, years and idle words left away. */
export function titleTokens(title: string): string[] {
  // Where the cause of what is asked is said, the what is no title of its own: “Nguyên nhân của những hạn chế”.
  const words = comparedWords(title.replace(/(nguyên nhân)\s+(?:của|dẫn đến|tồn tại của)\s.*$/iu, "$1"));
  let line = ` ${words.filter((word) => !/^\d{4}$/u.test(word)).join(" ")} `;
  for (const [from, to] of REPLACED) line = line.replaceAll(from, to);
  const tokens = line.split(" ").filter((token) => token !== "");
  const telling = tokens.filter((token) => !IDLE.has(token));
  return [...new Set(telling.length > 0 ? telling : tokens)];
}

/** The words of a title without years: what says the same has the same. */
export function titleWords(title: string): string {
  return comparedWords(title)
    .filter((word) => !/^\d{4}$/u.test(word))
    .join(" ");
}

/** Titles of a skeleton weigh words: what many of them say tells little. */
export class TitleScale {
  readonly #counts = new Map<string, number>();
  readonly #total: number;

  constructor(titles: readonly (readonly string[])[]) {
    this.#total = titles.length;
    for (const title of titles) for (const token of title) this.#counts.set(token, (this.#counts.get(token) ?? 0) + 1);
  }

  /** From 0, nothing in common, to 1, the same words. A title that is all in the other counts for more. */
  likeness(one: readonly string[], other: readonly string[]): number {
    const shared = this.#sum(one.filter((token) => other.includes(token)));
    const [a, b] = [this.#sum(one), this.#sum(other)];
    if (shared === 0 || a === 0 || b === 0) return 0;
    if (one.length === other.length && one.every((token) => other.includes(token))) return 1;
    return Math.min(0.99, ((2 * shared) / (a + b)) * 0.6 + (shared / Math.min(a, b)) * 0.4);
  }

  /** True where every word of `title` is in `whole`. */
  holds(whole: readonly string[], title: readonly string[]): boolean {
    return title.length > 0 && title.every((token) => whole.includes(token));
  }

  #sum(tokens: readonly string[]): number {
    return tokens.reduce((sum, token) => sum + Math.log(1 + (this.#total + 1) / (this.#counts.get(token) ?? 0.5)), 0);
  }
}

/** The role whose headings are usually called so, and how surely; null where no role is. */
export function usualRole(title: readonly string[], scale: TitleScale): { role: SlotRole; likeness: number } | null {
  let best: { role: SlotRole; likeness: number } | null = null;
  for (const [role, names] of ROLE_TITLES) {
    for (const name of names) {
      const likeness = scale.likeness(title, name);
      if (likeness > (best?.likeness ?? 0)) best = { role, likeness };
    }
  }
  return best;
}

const ROLE_TITLES: readonly (readonly [SlotRole, readonly (readonly string[])[]])[] = (
  Object.keys(USUAL) as SlotRole[]
).map((role) => [role, USUAL[role].map(titleTokens)]);
