import type { Node } from "prosemirror-model";
import { EditorState } from "prosemirror-state";
import type { Transaction } from "prosemirror-state";
import { canJoin, canSplit } from "prosemirror-transform";
import {
  absolutePositionToRelativePosition,
  initProseMirrorDoc,
  prosemirrorToYXmlFragment,
  ySyncPlugin,
} from "y-prosemirror";
import * as Y from "yjs";
import { docFrom, markerAttributes, slotText } from "#collab";
import { anchorRange } from "#comments";
import type { RangeAnchor } from "#model";
import { reportSchema } from "#model";
import { HeadlessView, numberedIds } from "../support/headless-view.ts";
import type { Random } from "../support/random.ts";
import { random } from "../support/random.ts";

/** An editor without a screen on one side of the comparison. */
export interface Typist {
  readonly doc: Y.Doc;
  readonly state: EditorState;
  dispatch(transaction: Transaction): void;
  destroy(): void;
}

export type Side = "ours" | "peer";

/** How long a report is, and what became of it on the way. */
export interface Extent {
  readonly slots: readonly string[];
  readonly blocks: number;
  readonly edits: number;
  readonly comments: number;
  readonly people: number;
}

/** What an editor's page is given, beside the stored bytes. */
export interface Company {
  /** The ends of each comment, as the side stores them. */
  readonly anchors: readonly { readonly slot: string; readonly anchor: RangeAnchor }[] | readonly PeerRange[];
  /** Where people's cursors are, one after the other: as presence carries them. */
  readonly cursors: readonly unknown[];
  /** What somebody else types, one letter an update. */
  readonly updates: readonly string[];
}

export interface PeerRange {
  readonly anchor: unknown;
  readonly head: unknown;
}

const SYLLABLES =
  "thực hiện nghị quyết của đảng bộ kế hoạch phát triển chất lượng sinh hoạt chi ủy lãnh đạo chỉ kiểm tra giám sát cán viên năm qua kết quả đạt được nhiệm vụ chính trị công tác xây dựng tổ chức đoàn thể".split(
    " ",
  );

/** How many authors take turns. */
const AUTHORS = 30;

/** Our editor without its view: the binding over the slots. */
export function ourTypist(doc: Y.Doc, slots: readonly string[], newId: () => string): Typist {
  const view = new HeadlessView(doc, slots, newId);
  // Undo would keep every deleted letter; it is no part of a history that was written elsewhere.
  view.history.destroy();
  return {
    doc,
    get state() {
      return view.state;
    },
    dispatch: (transaction) => void view.dispatch(transaction),
    destroy: () => view.binding.detach(),
  };
}

/** The same sections and blocks under y-prosemirror, in one fragment. */
export function peerTypist(doc: Y.Doc): Typist {
  const fragment = doc.getXmlFragment("doc");
  const { doc: node, mapping } = initProseMirrorDoc(fragment, reportSchema);
  const plugin = ySyncPlugin(fragment, { mapping });
  const view = {
    state: EditorState.create({ doc: node, plugins: [plugin] }),
    dom: { addEventListener() {}, removeEventListener() {} },
    _root: null,
    hasFocus: () => false,
    dispatch(transaction: Transaction) {
      const before = view.state;
      view.state = before.apply(transaction);
      plugged?.update?.(view, before);
    },
  };
  const plugged = plugin.spec.view?.(view);
  return {
    doc,
    get state() {
      return view.state;
    },
    dispatch: (transaction) => view.dispatch(transaction),
    destroy: () => plugged?.destroy?.(),
  };
}

/** A report of empty slots, one paragraph each, as the side stores it. */
export function emptyReport(side: Side, slots: readonly string[]): Y.Doc {
  const doc = new Y.Doc();
  doc.clientID = 1;
  if (side === "ours") {
    for (const slot of slots) slotText(doc, slot).insert(0, "\n", markerAttributes(`${slot}-0`, "paragraph", 0));
    return doc;
  }
  const sections = slots.map((slot) =>
    reportSchema.node("section", { slot }, [reportSchema.node("block", { id: `${slot}-0` })]),
  );
  prosemirrorToYXmlFragment(reportSchema.node("doc", null, sections), doc.getXmlFragment("doc"));
  return doc;
}

export function typistOf(side: Side, doc: Y.Doc, slots: readonly string[]): Typist {
  return side === "ours" ? ourTypist(doc, slots, numberedIds("n")) : peerTypist(doc);
}

/**
 * Writes a report edit by edit, as its authors might: each takes a place, types syllable by syllable, takes letters
 * back, begins paragraphs at the end of others or in their middle, joins some, makes some headings and items. The same
 * for the same numbers, whoever stores it: what one side's document is, the other's is too.
 */
export function writeHistory(typist: Typist, { edits, blocks }: Extent, seed = 7): void {
  const r = random(seed);
  // As Yjs draws them, of up to 32 bits: what is stored and sent names them over and over.
  const authors = Array.from({ length: AUTHORS }, () => r.int(2 ** 32));
  let caret = 0;
  let left = 0;
  let splits = blocks - typist.state.doc.childCount;
  for (let done = 0; done < edits; done++) {
    if (left-- <= 0) {
      typist.doc.clientID = r.pick(authors);
      caret = placeIn(typist.state.doc, r);
      left = 5 + r.int(60);
    }
    const { state } = typist;
    const tr = state.tr;
    const $caret = state.doc.resolve(caret);
    const due = r() * (edits - done) < splits;
    const act = due ? "split" : r.weighted({ type: 850, back: 120, join: 2, kind: 10 });
    if (act === "split") {
      const at = r() < 0.7 ? $caret.end() : caret;
      const id = `b${splits--}-${done}`;
      const typesAfter = [{ type: reportSchema.nodes.block, attrs: { id, kind: "paragraph", level: 0 } }];
      if (canSplit(tr.doc, at, 1, typesAfter)) tr.split(at, 1, typesAfter);
      caret = at + 2;
    } else if (act === "back" && $caret.parentOffset > 6) {
      const taken = 1 + r.int(6);
      tr.delete(caret - taken, caret);
      caret -= taken;
    } else if (act === "join" && $caret.index(1) > 0 && canJoin(tr.doc, $caret.before())) {
      tr.join($caret.before());
      caret = $caret.pos - 2;
      splits++;
    } else if (act === "kind") {
      const [kind, level] = r.pick([
        ["paragraph", 0],
        ["heading", 1],
        ["item", 1],
        ["item", 2],
      ] as const);
      tr.setNodeAttribute($caret.before(), "kind", kind).setNodeAttribute($caret.before(), "level", level);
    } else {
      const text = `${r.pick(SYLLABLES)} `;
      tr.insertText(text, caret);
      caret += text.length;
    }
    typist.dispatch(tr);
  }
}

/** A place in the text of some paragraph, its end as often as not. */
function placeIn(doc: Node, r: Random): number {
  const section = r.int(doc.childCount);
  let at = 0;
  for (let i = 0; i < section; i++) at += doc.child(i).nodeSize;
  const within = doc.child(section);
  const block = r.int(within.childCount);
  at += 1;
  for (let i = 0; i < block; i++) at += within.child(i).nodeSize;
  const { size } = within.child(block).content;
  return at + 1 + (r() < 0.5 ? size : r.int(size + 1));
}

/** The comments, cursors and letters of other people, in the form the side carries them in. */
export function company(side: Side, state: Uint8Array, extent: Extent): Company {
  const doc = docFrom(state);
  doc.clientID = 9_999;
  const typist = typistOf(side, doc, extent.slots);
  const r = random(11);
  const anchors: { slot: string; anchor: RangeAnchor }[] = [];
  const ranges: PeerRange[] = [];
  const cursors: unknown[] = [];
  const places: { slot: string; block: Node; pos: number; index: number }[] = [];
  typist.state.doc.forEach((section, offset) => {
    let index = 0;
    section.forEach((block, at) => {
      if (block.content.size > 60)
        places.push({ slot: String(section.attrs["slot"]), block, pos: offset + at + 2, index: index + 1 });
      index += 1 + block.content.size;
    });
  });
  const fragment = side === "peer" ? doc.getXmlFragment("doc") : null;
  const mapping = fragment ? initProseMirrorDoc(fragment, reportSchema).mapping : null;
  const relative = (pos: number): unknown =>
    fragment && mapping ? absolutePositionToRelativePosition(pos, fragment, mapping) : null;
  for (let n = 0; n < extent.comments; n++) {
    const place = places[Math.floor((n * places.length) / extent.comments)];
    if (!place) continue;
    const from = r.int(20);
    const to = from + 10 + r.int(30);
    if (side === "peer") ranges.push({ anchor: relative(place.pos + from), head: relative(place.pos + to) });
    else {
      const { anchor } = anchorRange(slotText(doc, place.slot), place.index + from, place.index + to);
      anchors.push({ slot: place.slot, anchor });
    }
  }
  for (let n = 0; n < extent.people * 20; n++) {
    const place = r.pick(places);
    const at = r.int(place.block.content.size);
    if (side === "peer") cursors.push({ anchor: relative(place.pos + at), head: relative(place.pos + at) });
    else {
      const point = Y.createRelativePositionFromTypeIndex(slotText(doc, place.slot), place.index + at, -1);
      cursors.push({ slot: place.slot, anchor: point, head: point });
    }
  }
  const updates: string[] = [];
  const keep = (update: Uint8Array): void => void updates.push(Buffer.from(update).toString("base64"));
  doc.on("update", keep);
  let pos = 0;
  for (let n = 0; n < 400; n++) {
    if (n % 8 === 0) pos = r.pick(places).pos + 5 + r.int(40);
    typist.dispatch(typist.state.tr.insertText("n", pos++));
  }
  typist.destroy();
  return { anchors: side === "ours" ? anchors : ranges, cursors, updates };
}
