import * as Y from "yjs";
import { markerAttributes, slotText } from "#collab";
import type { BlockKind } from "#model";
import type { Random } from "../support/random.ts";

export const SLOTS: readonly string[] = ["a", "b", "c"];

const SUBJECTS = [
  "Đảng bộ",
  "Chi bộ",
  "Ban Chấp hành",
  "Công đoàn cơ sở",
  "Đoàn Thanh niên",
  "Tập thể cấp ủy",
  "Cán bộ, đảng viên",
  "Các phòng chuyên môn",
];

const VERBS = [
  "đã hoàn thành",
  "tiếp tục thực hiện",
  "chưa thực hiện tốt",
  "đã tập trung lãnh đạo",
  "cần khắc phục",
  "thường xuyên quan tâm",
  "đẩy mạnh",
  "còn chậm triển khai",
];

const OBJECTS = [
  "nhiệm vụ chính trị được giao",
  "công tác kiểm tra, giám sát",
  "công tác phát triển đảng viên",
  "nghị quyết đại hội các cấp",
  "việc học tập và làm theo tư tưởng, đạo đức, phong cách Hồ Chí Minh",
  "công tác phòng, chống dịch Covid-19",
  "chế độ sinh hoạt định kỳ",
  "quy chế dân chủ ở cơ sở",
];

const REST = [
  "",
  " theo kế hoạch đề ra",
  ", đạt 98,5% kế hoạch năm",
  ", bảo đảm đúng tiến độ",
  " trong điều kiện còn nhiều khó khăn",
  "; kết quả năm 2021 cao hơn năm 2020",
];

/** A sentence of an annual report. There are few enough phrases that the same words often stand in many places. */
function sentence(r: Random): string {
  return `${r.pick(SUBJECTS)} ${r.pick(VERBS)} ${r.pick(OBJECTS)}${r.pick(REST)}.`;
}

/** Words that somebody types: of the report's own, so that they may say what stands elsewhere. */
export function typedWords(r: Random): string {
  return r.pick([
    () => r.pick(VERBS),
    () => r.pick(OBJECTS).split(/,? /u, 3).join(" "),
    () => `số liệu đến ${1 + r.int(30)}/11`,
    () => r.pick(["và", "rất", "cơ bản", "nhìn chung", "100%", "ồ"]),
  ])();
}

/**
 * A body of three slots with blocks of sentences, of which about every third says word for word what another one says,
 * some in the very next block, some in another slot.
 */
export function proseBody(r: Random, client: number): Y.Doc {
  const body = new Y.Doc();
  body.clientID = client;
  const said: string[] = [];
  const next = (): string => {
    const words = said.length > 0 && r() < 0.35 ? r.pick(said) : sentence(r);
    said.push(words);
    return words;
  };
  body.transact(() => {
    for (const slot of SLOTS) {
      const text = slotText(body, slot);
      const blocks = 2 + r.int(3);
      for (let i = 0; i < blocks; i++) {
        const kind = r.weighted<BlockKind>({ paragraph: 7, item: 2, heading: 1, table: 0 });
        text.insert(text.length, "\n", markerAttributes(`${slot}${i}`, kind, kind === "paragraph" ? 0 : 1));
        const words = Array.from({ length: 1 + r.int(2) }, next).join(" ");
        text.insert(text.length, words, { b: null });
      }
    }
  });
  return body;
}

/** The places in a slot's flat text that a comment is made on: in a word, a phrase, a sentence, or over several blocks. */
export function stretch(r: Random, words: string): { readonly from: number; readonly to: number } {
  const blocks = [...words.matchAll(/[^\n]+/gu)];
  const at = r.int(blocks.length);
  const block = blocks[at] ?? blocks[0];
  if (!block) throw new RangeError("no words to comment on");
  const inBlock = (match: RegExpMatchArray | undefined): { from: number; to: number } => {
    const from = block.index + (match?.index ?? 0);
    return { from, to: from + (match?.[0].length ?? block[0].length) };
  };
  const wordsOf = [...block[0].matchAll(/\S+/gu)];
  const phrase = (): { from: number; to: number } => {
    const first = r.int(wordsOf.length);
    const last = Math.min(wordsOf.length - 1, first + 1 + r.int(5));
    return { from: inBlock(wordsOf[first]).from, to: inBlock(wordsOf[last]).to };
  };
  switch (r.weighted({ word: 3, phrase: 8, sentence: 5, blocks: 4 })) {
    case "word": {
      const { from, to } = inBlock(r.pick(wordsOf));
      if (to - from < 3) return { from, to };
      const start = from + r.int(to - from - 1);
      return { from: start, to: Math.min(to, start + 1 + r.int(3)) };
    }
    case "sentence":
      return inBlock(r.pick([...block[0].matchAll(/[^.]+\./gu)].map(trimmedStart)));
    case "blocks": {
      const last = blocks[Math.min(blocks.length - 1, at + 1 + r.int(2))] ?? block;
      if (last === block) return phrase();
      const from = inBlock(r.pick(wordsOf)).from;
      return { from, to: last.index + 1 + r.int(last[0].length) };
    }
    default:
      return phrase();
  }
}

/** A sentence without the space before it. */
function trimmedStart(match: RegExpMatchArray): RegExpMatchArray {
  const words = match[0].trimStart();
  const moved = [words] as unknown as RegExpMatchArray;
  moved.index = (match.index ?? 0) + match[0].length - words.length;
  return moved;
}
