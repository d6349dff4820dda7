/** @vitest-environment jsdom */
import { describe, expect, test } from "vitest";
import { slotText } from "#collab";
import { anchorRange, resolveAnchor } from "#comments";
import type { RangeAnchor } from "#model";
import type { ThreadMark } from "#editor";
import { threadRanges } from "../../src/editor/highlights.ts";
import { random } from "../support/random.ts";
import { OpenEditor } from "./open-editor.ts";

function anchorOf(open: OpenEditor, words: string, slot = "a"): RangeAnchor {
  const text = slotText(open.doc, slot);
  const from = text.toJSON().indexOf(words);
  if (from < 0) throw new Error(`no ${words}`);
  return anchorRange(text, from, from + words.length).anchor;
}

function thread(open: OpenEditor, words: string, slot = "a"): ThreadMark {
  return { id: words, slot, anchor: anchorOf(open, words, slot), state: "open", active: false };
}

function highlighted(open: OpenEditor): Record<string, string> {
  const words: Record<string, string> = {};
  for (const part of open.mount.querySelectorAll<HTMLElement>(".tk-comment")) {
    const id = part.dataset["thread"] ?? "";
    words[id] = (words[id] ?? "") + (part.textContent ?? "");
  }
  return words;
}

function wordsAt(open: OpenEditor, anchor: RangeAnchor, slot = "a"): string | null {
  const range = resolveAnchor(open.doc, slot, anchor);
  return range && slotText(open.doc, range.slot).toJSON().slice(range.from, range.to);
}

describe("highlights", () => {
  test("they follow one's own edits, and what is typed at either end stays outside", () => {
    const open = new OpenEditor({ a: ["một hai ba bốn"] });
    open.editor.setThreads([thread(open, "hai ba")]);
    open.select("a1", 0).type("x ");
    open.select("a1", 6).type("y");
    open.select("a1", 13).type("z");
    expect(highlighted(open)).toEqual({ "hai ba": "hai ba" });
    open.select("a1", 9).type("…");
    expect(highlighted(open)).toEqual({ "hai ba": "ha…i ba" });
    open.press("Enter");
    expect(highlighted(open)).toEqual({ "hai ba": "ha…i ba" });
  });

  test("they are where their anchors are, after one's own edits as after others'", () => {
    const open = new OpenEditor({ a: ["một hai ba bốn", "năm"] });
    const mark = thread(open, "hai ba");
    open.editor.setThreads([mark]);
    open.select("a1", 5, "a1", 7).type("xyz");
    open.select("a1", 4).type("q");
    const own = highlighted(open);
    open.editor.setThreads([mark]);
    expect(highlighted(open)).toEqual(own);
    open.elsewhere((text) => text.insert(1, "đầu ", {}));
    expect(highlighted(open)).toEqual(own);
    expect(own["hai ba"]).toBe(wordsAt(open, mark.anchor));
  });

  test("after whatever others do they are where their anchors are, though only those touched are asked again", () => {
    for (let seed = 1; seed <= 12; seed++) {
      const r = random(seed);
      const open = new OpenEditor({ a: ["một hai ba bốn năm", "sáu bảy tám chín", "mười"], b: ["trăm nghìn"] });
      const length = (): number => slotText(open.doc, "a").length;
      const marks = Array.from({ length: 6 }, (_, n): ThreadMark => {
        const from = r.int(length() - 1);
        const { anchor } = anchorRange(slotText(open.doc, "a"), from, from + 1 + r.int(length() - from - 1));
        return { id: `t${n}`, slot: "a", anchor, state: "open", active: false };
      });
      open.editor.setThreads(marks);
      for (let n = 0; n < 10; n++) {
        open.elsewhere((text) => {
          const at = r.int(text.length + 1);
          if (r() < 0.5) text.insert(at, r() < 0.2 ? "\n" : "xy", {});
          else if (at < text.length) text.delete(at, Math.min(1 + r.int(6), text.length - at));
        });
        const carried = threadRanges(open.editor.view.state);
        open.editor.setThreads([]);
        open.editor.setThreads(marks);
        const asked = threadRanges(open.editor.view.state);
        expect(Object.fromEntries(carried), `seed ${seed}, edit ${n}`).toEqual(Object.fromEntries(asked));
      }
    }
  });

  test("words that undo brings back have their comment again", () => {
    const open = new OpenEditor({ a: ["một hai ba"] });
    open.editor.setThreads([thread(open, "hai")]);
    open.select("a1", 4, "a1", 7).copy("cut");
    expect(highlighted(open)).toEqual({});
    const mark = open.editor.threadTops();
    expect(mark.size).toBe(0);
    open.press("Mod-z");
    expect(open.spell()).toContain("một hai ba");
  });

  test("they tell state and which is active, and overlap", () => {
    const open = new OpenEditor({ a: ["một hai ba"], b: ["bốn"] });
    open.editor.setThreads([
      { ...thread(open, "một hai"), active: true },
      { ...thread(open, "hai ba"), state: "validated" },
      thread(open, "bốn", "b"),
    ]);
    expect(highlighted(open)["bốn"]).toBe("bốn");
    expect(open.mount.querySelectorAll(".tk-comment-active").length).toBeGreaterThan(0);
    expect(open.mount.querySelectorAll(".tk-comment-validated").length).toBeGreaterThan(0);
    expect([...open.editor.threadTops().keys()].sort()).toEqual(["bốn", "hai ba", "một hai"]);
    open.editor.setThreads([]);
    expect(highlighted(open)).toEqual({});
  });

  test("a comment on several places is at each of them, in whatever slots, and is one thread", () => {
    const open = new OpenEditor({ a: ["một hai ba", "bốn năm"], b: ["sáu bảy"] });
    const first = thread(open, "hai");
    open.editor.setThreads([
      first,
      { ...first, anchor: anchorOf(open, "năm"), part: 1 },
      { ...first, slot: "b", anchor: anchorOf(open, "bảy", "b"), part: 2 },
    ]);
    expect(highlighted(open)).toEqual({ hai: "hainămbảy" });
    open.elsewhere((text) => text.delete(text.toJSON().indexOf("hai"), 3));
    expect(highlighted(open)).toEqual({ hai: "nămbảy" });
    expect([...open.editor.threadTops().keys()]).toEqual(["hai"]);
  });

  test("a wording proposed for the words of several blocks is drawn once, behind them, and is no text", () => {
    const open = new OpenEditor({ a: ["một hai", "ba bốn", "năm"] });
    const words = "hai\nba bốn\nnăm";
    const mark = { ...thread(open, words), active: true, proposal: "mới hoàn toàn" };
    open.editor.setThreads([mark]);
    const drawn = (): string[] => [...open.mount.querySelectorAll(".tk-proposed")].map((ins) => ins.textContent ?? "");
    expect(drawn()).toEqual([" mới hoàn toàn"]);
    expect(open.mount.querySelectorAll(".tk-comment-change").length).toBe(3);
    expect(slotText(open.doc, "a").toJSON()).not.toContain("mới");
    open.select("a1", 0).type("x");
    expect(drawn()).toEqual([" mới hoàn toàn"]);
    open.editor.setThreads([{ ...thread(open, words), active: false }]);
    expect(drawn()).toEqual([]);
    open.editor.setThreads([mark]);
    expect(open.editor.applyProposal("a", mark.anchor, "hai mới\nba bốn\nnăm mới")).toBe(true);
    expect(slotText(open.doc, "a").toJSON()).toContain("hai mới\nba bốn\nnăm mới");
    open.press("Mod-z");
    expect(slotText(open.doc, "a").toJSON()).toContain("một hai\nba bốn\nnăm");
    open.editor.applyProposal("a", mark.anchor, mark.proposal);
    expect(drawn()).toEqual([]);
    open.press("Mod-z");
    expect(drawn()).toEqual([" mới hoàn toàn"]);
  });

  test("an anchor of nothing, or of another text, is passed over", () => {
    const open = new OpenEditor({ a: ["một"], b: ["hai"] });
    open.editor.setThreads([
      { ...thread(open, "một"), slot: "b" },
      { ...thread(open, "một"), anchor: { start: "??", end: "" } },
    ]);
    expect(highlighted(open)).toEqual({});
  });
});

describe("the target of a comment", () => {
  test("it is the selected words with their quotation, over blocks too", () => {
    const open = new OpenEditor({ a: ["một hai", "ba bốn"] }).select("a1", 4, "a2", 2);
    const target = open.editor.target();
    expect(target).toMatchObject({ scope: "range", slot: "a", quote: { exact: "hai\nba", prefix: "\nmột " } });
    expect(target?.scope === "range" ? wordsAt(open, target.anchor) : null).toBe("hai\nba");
  });

  test("it is the slot of a caret or of mere spaces, and of the first words where they span slots", () => {
    const open = new OpenEditor({ a: ["một hai"], b: ["ba"] }).select("a1", 2);
    expect(open.editor.target()).toEqual({ scope: "slot", slot: "a" });
    open.select("a1", 3, "a1", 4);
    expect(open.editor.target()).toEqual({ scope: "slot", slot: "a" });
    open.select("a1", 3, "b1", 1);
    expect(open.editor.target()).toEqual({ scope: "slot", slot: "a" });
    open.selectAll();
    expect(open.editor.target()).toBeNull();
  });
});

describe("a proposed wording", () => {
  test("it changes only what differs, so that comments on the rest stay", () => {
    const open = new OpenEditor({ a: ["Kết quả đạt được còn hạn chế lớn."] });
    const [first, last] = [anchorOf(open, "Kết quả"), anchorOf(open, "hạn chế")];
    expect(open.editor.applyProposal("a", anchorOf(open, "quả đạt được còn hạn chế"), "quả đã đạt là hạn chế")).toBe(
      true,
    );
    expect(open.spell()).toContain("[a1 p0|Kết quả đã đạt là hạn chế lớn.]");
    expect(wordsAt(open, first)).toBe("Kết quả");
    expect(wordsAt(open, last)).toBe("hạn chế");
  });

  test("it is one step of undo, apart from what was typed around it", () => {
    const open = new OpenEditor({ a: ["một hai"] }).select("a1", 0).type("x");
    open.editor.applyProposal("a", anchorOf(open, "hai"), "ba bốn");
    open.select("a1", 0).type("y");
    open.press("Mod-z");
    expect(open.spell()).toContain("[a1 p0|xmột ba bốn]");
    open.press("Mod-z");
    expect(open.spell()).toContain("[a1 p0|xmột hai]");
  });

  test("it keeps the marks of what it replaces, and whole letters", () => {
    const open = new OpenEditor({ a: ["một 😀 hai"] }).select("a1", 0, "a1", -1);
    open.press("Mod-b");
    open.editor.applyProposal("a", anchorOf(open, "😀 hai"), "😁 hai");
    expect(open.spell()).toContain("[a1 p0|<s:một 😁 hai>]");
    open.editor.applyProposal("a", anchorOf(open, "một"), "một lần");
    expect(open.spell()).toContain("[a1 p0|<s:một lần 😁 hai>]");
  });

  test("it joins, keeps and makes paragraphs as the wording does", () => {
    const open = new OpenEditor({ a: [["item", 1, "một"], ["item", 1, "hai"], "ba"] });
    open.editor.applyProposal("a", anchorOf(open, "một\nhai"), "một nữa\r\nhai nữa");
    expect(open.spell()).toContain("[a1 i1|một nữa][a2 i1|hai nữa][a3 p0|ba]");
    open.editor.applyProposal("a", anchorOf(open, "nữa\nhai"), "nữa và hai");
    expect(open.spell()).toContain("[a1 i1|một nữa và hai nữa][a3 p0|ba]");
    open.editor.applyProposal("a", anchorOf(open, "nữa và"), "nữa;\ncùng");
    expect(open.spell()).toMatch(/\[a1 i1\|một nữa;\]\[n\d i1\|cùng hai nữa\]\[a3 p0\|ba\]/);
    open.editor.applyProposal("a", anchorOf(open, "ba"), "");
    expect(open.spell()).toContain("[a3 p0|] //");
  });

  test("it does nothing where the words are gone, or the text may only be read", () => {
    const open = new OpenEditor({ a: ["một hai"] });
    const anchor = anchorOf(open, "hai");
    open.editor.setEditable(false);
    expect(open.editor.applyProposal("a", anchor, "ba")).toBe(false);
    open.editor.setEditable(true);
    open.elsewhere((text) => text.delete(5, 3));
    expect(open.editor.applyProposal("a", anchor, "ba")).toBe(false);
    expect(open.spell()).toContain("[a1 p0|một ]");
  });
});
