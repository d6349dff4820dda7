import { docFrom, seedBody, slotPieces, slotText } from "#collab";
import type { BlockInput, Comment, Person, Reply, SlotRole, Template } from "#model";
import { anchorRange, LIMITS } from "#comments";
import * as Y from "yjs";

/** A template with the given slots, all on the top. */
export function templateOf(...slots: readonly string[]): Template {
  const role: SlotRole = "context";
  return {
    id: "sample",
    version: 1,
    name: { vi: "Mẫu", en: "Sample" },
    description: { vi: "", en: "" },
    ruleSet: "sample",
    typeName: "BÁO CÁO",
    subject: "tổng kết năm {year}",
    fields: [],
    outline: slots.map((id) => ({
      type: "slot",
      id,
      role,
      title: { vi: `Mục ${id}`, en: `Slot ${id}` },
      titled: true,
      guidance: { vi: "", en: "" },
      required: false,
    })),
  };
}

/** Ids that count: `a1`, `a2`, … */
export function counting(prefix: string): () => string {
  let n = 0;
  return () => `${prefix}${++n}`;
}

/** A body whose slots hold one block per input. */
export function bodyOf(slots: Readonly<Record<string, readonly BlockInput[]>>): Y.Doc {
  const doc = new Y.Doc();
  doc.clientID = 1;
  seedBody(doc, templateOf(...Object.keys(slots)), {}, slots, counting("b"));
  return doc;
}

/** The same state in a document of its own. */
export function copyOf(doc: Y.Doc): Y.Doc {
  return docFrom(Y.encodeStateAsUpdate(doc));
}

export const CHAIR: Person = { id: "chair", name: "Chủ trì mẫu", unit: "Ban Chấp hành", role: "chair" };
export const DRAFTER: Person = { id: "drafter", name: "Thư ký mẫu", unit: "Tổ biên tập", role: "drafter" };
export const BINH: Person = { id: "binh", name: "Đại biểu Bình", unit: "Chi bộ 1", role: "delegate" };
export const CHI: Person = { id: "chi", name: "Đại biểu Chi", unit: "Chi bộ 2", role: "delegate" };

export const NOON = "2021-12-20T05:00:00.000Z";

/** An instant `n` seconds after {@link NOON}. */
export function later(n: number): string {
  return new Date(Date.parse(NOON) + n * 1000).toISOString();
}

export function commentOf(id: string, over: Partial<Comment> = {}): Comment {
  return {
    id,
    author: BINH.id,
    round: 1,
    target: { scope: "report" },
    kind: "clarify",
    text: `ý kiến ${id}`,
    createdAt: NOON,
    withdrawn: false,
    ...over,
  };
}

export function replyOf(id: string, comment: string, over: Partial<Reply> = {}): Reply {
  return { id, comment, author: DRAFTER.id, text: `trả lời ${id}`, createdAt: NOON, withdrawn: false, ...over };
}

/** A comment on the first place where `words` stand in a slot. */
export function commentOn(body: Y.Doc, slot: string, words: string, id: string, over: Partial<Comment> = {}): Comment {
  const text = slotText(body, slot);
  const from = flat(text).indexOf(words);
  return commentOf(id, {
    target: { scope: "range", slot, ...anchorRange(text, from, from + words.length) },
    ...over,
  });
}

/** A text one longer than a record may hold. */
export const TOO_LONG: string = "a".repeat(LIMITS.text + 1);

/** The flat text of a slot. */
export function flat(text: Y.Text): string {
  return slotPieces(text)
    .map((piece) => piece.text)
    .join("");
}
