/** @vitest-environment jsdom */
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import * as Y from "yjs";
import { docFrom, layTable, readSlot, seedBody, slotText, tableCellText } from "#collab";
import type { ReportEditorOptions } from "#editor";
import type { TableInput } from "#model";
import { numberedIds } from "../support/headless-view.ts";
import { OpenEditor, smallTemplate } from "./open-editor.ts";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** What other clients say of themselves arrives. */
function arrive(open: OpenEditor, states: Readonly<Record<number, unknown>>): void {
  for (const [client, state] of Object.entries(states)) {
    open.awareness.states.set(Number(client), state as Record<string, unknown>);
  }
  open.awareness.emit("change", [{ added: Object.keys(states).map(Number), updated: [], removed: [] }, "network"]);
  vi.advanceTimersByTime(100);
}

function place(open: OpenEditor, slot: string, index: number): unknown {
  const position = Y.createRelativePositionFromTypeIndex(slotText(open.doc, slot), index, 0);
  return JSON.parse(JSON.stringify(Y.relativePositionToJSON(position)));
}

function carets(open: OpenEditor): string[] {
  return [...open.mount.querySelectorAll<HTMLElement>(".tk-caret-name")].map(
    (flag) => `${flag.parentElement?.previousSibling?.textContent ?? ""}|${flag.dataset["name"] ?? ""}`,
  );
}

const user = { id: "drafter", name: "Thư ký Mẫu" };

describe("presence", () => {
  test("it draws where others are, with their selection, and follows the words", () => {
    const open = new OpenEditor({ a: ["một hai"] });
    arrive(open, { 7: { user, cursor: { slot: "a", anchor: place(open, "a", 1), head: place(open, "a", 4) } } });
    expect(carets(open)).toEqual(["một|Thư ký Mẫu"]);
    open.select("a1").type("xx");
    expect(carets(open)).toEqual(["một|Thư ký Mẫu"]);
    expect(open.mount.querySelector(".tk-slot-text")?.textContent).toBe("xxmột hai");
    expect(open.mount.querySelector("[style*=background]")?.textContent).toContain("một");
    open.awareness.states.delete(7);
    open.awareness.emit("change", [{ added: [], updated: [], removed: [7] }, "network"]);
    vi.advanceTimersByTime(100);
    expect(carets(open)).toEqual([]);
    expect(open.spell()).toContain("[a1 p0|xxmột hai]");
  });

  test("it still draws a caret beside a letter that is written anew, as input methods do", () => {
    const open = new OpenEditor({ a: ["tieng"] });
    arrive(open, { 7: { user, cursor: { slot: "a", anchor: place(open, "a", 3), head: place(open, "a", 3) } } });
    expect(carets(open)).toEqual(["ti|Thư ký Mẫu"]);
    open.select("a1", 2, "a1", 5).type("ếng");
    vi.advanceTimersByTime(100);
    expect(carets(open)).toEqual(["ti|Thư ký Mẫu"]);
  });

  test("it passes over states of any other shape", () => {
    const open = new OpenEditor({ a: ["một"], b: ["hai"] });
    const here = place(open, "a", 2);
    const cursor = { slot: "a", anchor: here, head: here };
    arrive(open, {
      1: null,
      2: "x",
      3: {},
      4: { user: null, cursor },
      5: { user: { id: 1, name: {} }, cursor },
      6: { user, cursor: { slot: "z", anchor: here, head: here } },
      7: { user, cursor: { slot: "b", anchor: here, head: here } },
      8: { user, cursor: { slot: "a", anchor: { item: { client: "x", clock: -1 } }, head: 5 } },
      9: { user, cursor: { slot: "a", anchor: { tname: "slot:zzz", assoc: 0 }, head: { tname: "slot:zzz" } } },
      10: { user, cursor: { slot: "a", anchor: { item: { client: 999, clock: 5 } }, head: here } },
      11: { user, cursor: null },
      12: { user, cursor: { slot: ["a"], anchor: [], head: {} } },
    });
    expect(carets(open)).toEqual([]);
    arrive(open, { 20: { user: { id: "x", name: `<b>${"dài ".repeat(100)}` }, cursor } });
    expect(open.mount.querySelector(".tk-caret b")).toBeNull();
    expect(open.mount.querySelector<HTMLElement>(".tk-caret-name")?.dataset["name"]).toHaveLength(80);
  });

  test("it tells where one is, in the words, and nothing without the focus", () => {
    const open = new OpenEditor({ a: ["một"] }).select("a1", 1, "a1", 3);
    const cursor = () => open.awareness.getLocalState()?.["cursor"];
    vi.advanceTimersByTime(100);
    expect(cursor()).toEqual({ slot: "a", anchor: place(open, "a", 2), head: place(open, "a", 4) });
    open.editor.view.dom.blur();
    vi.advanceTimersByTime(10);
    expect(cursor()).toBeNull();
  });

  test("it sends nothing for a letter: the caret moves with what is typed before the next character", () => {
    const open = new OpenEditor({ a: ["một hai"] }).select("a1", 3);
    vi.advanceTimersByTime(100);
    let told = 0;
    open.awareness.on("update", () => told++);
    open.type("xyz");
    vi.advanceTimersByTime(100);
    expect(told).toBe(0);
    expect(open.awareness.getLocalState()?.["cursor"]).toMatchObject({ anchor: place(open, "a", 7) });
  });

  test("it carries the carets of those who stay, and places those anew whose text was deleted around them", () => {
    const open = new OpenEditor({ a: ["một hai ba"] });
    arrive(open, {
      7: { user, cursor: { slot: "a", anchor: place(open, "a", 4), head: place(open, "a", 4) } },
      8: {
        user: { id: "x", name: "Y" },
        cursor: { slot: "a", anchor: place(open, "a", 8), head: place(open, "a", 8) },
      },
    });
    open.select("a1", 2, "a1", 5).type("x");
    vi.advanceTimersByTime(100);
    expect(carets(open)).toEqual(["mộ|Thư ký Mẫu", "xai|Y"]);
  });

  test("it waits while an input method is at work", () => {
    const open = new OpenEditor({ a: ["một"] }).select("a1", 1);
    open.editor.view.dom.dispatchEvent(new CompositionEvent("compositionstart", { bubbles: true }));
    const here = place(open, "a", 2);
    arrive(open, { 7: { user, cursor: { slot: "a", anchor: here, head: here } } });
    expect(carets(open)).toEqual([]);
    open.editor.view.dom.dispatchEvent(new CompositionEvent("compositionend", { bubbles: true, data: "" }));
    vi.advanceTimersByTime(500);
    expect(carets(open)).toHaveLength(1);
  });
});

describe("presence in the cells of tables", () => {
  function withTable(options: Partial<ReportEditorOptions> = {}): { open: OpenEditor; at: (index: number) => unknown } {
    const doc = new Y.Doc();
    const table: TableInput = { kind: "table", text: "Bảng", rows: [["Chi bộ Một", ""]] };
    seedBody(doc, smallTemplate(), {}, { a: [table, "Sau."] }, numberedIds("i"));
    const open = new OpenEditor({}, { doc, ...options });
    const id = readSlot(slotText(doc, "a")).flatMap((block) => block.table ?? [])[0]?.id ?? "";
    const spot = layTable(doc, id).cells[0]?.[0]?.spots[0];
    if (!spot) throw new Error("a cell");
    const text = tableCellText(doc, id, spot.row, spot.column);
    const at = (index: number): unknown =>
      JSON.parse(JSON.stringify(Y.relativePositionToJSON(Y.createRelativePositionFromTypeIndex(text, index, 0))));
    return { open, at };
  }

  test("it draws where others are in a cell, for who writes and for who reads, and takes it away again", () => {
    for (const editable of [true, false]) {
      const { open, at } = withTable({ editable });
      arrive(open, { 7: { user, cursor: { slot: "a", anchor: at(7), head: at(7) } } });
      expect(carets(open)).toEqual(["Chi bộ |Thư ký Mẫu"]);
      expect(open.mount.querySelector("th")?.textContent).toBe("Chi bộ Một");
      // At the end of a text, and of an empty one.
      arrive(open, { 7: { user, cursor: { slot: "a", anchor: at(10), head: at(10) } } });
      expect(carets(open)).toEqual(["Chi bộ Một|Thư ký Mẫu"]);
      arrive(open, { 7: { user, cursor: { slot: "a", anchor: { item: null, tname: "table:zz:r:c" }, head: {} } } });
      expect(carets(open)).toEqual([]);
      expect(open.doc.share.has("table:zz:r:c")).toBe(false);
      open.close();
    }
  });

  test("it goes with the words of a cell, and shows what is selected in it", () => {
    const { open, at } = withTable();
    arrive(open, { 7: { user, cursor: { slot: "a", anchor: at(0), head: at(6) } } });
    expect(open.mount.querySelector("th [style*=background]")?.textContent).toBe("Chi bộ");
    const other = docFrom(Y.encodeStateAsUpdate(open.doc));
    const roots = [...other.share.keys()].filter((name) => /^table:.*:.*:/.test(name));
    for (const root of roots) {
      const text = other.getText(root);
      if (text.toJSON() === "Chi bộ Một") text.insert(0, "Các ", {});
    }
    Y.applyUpdate(open.doc, Y.encodeStateAsUpdate(other));
    vi.advanceTimersByTime(100);
    expect(open.mount.querySelector("th [style*=background]")?.textContent).toBe("Chi bộ");
    expect(open.mount.querySelector("th")?.textContent).toBe("Các Chi bộ Một");
    open.close();
  });

  test("it tells others of the caret in a cell, which a program that knows none passes over", () => {
    const { open, at } = withTable();
    open.editor.find("Một");
    open.editor.clearFind();
    open.editor.focus();
    vi.advanceTimersByTime(100);
    const told = open.awareness.getLocalState()?.["cursor"];
    expect(told).toEqual({ slot: "a", anchor: at(7), head: at(10) });
    open.editor.focus("a");
    vi.advanceTimersByTime(100);
    expect(open.awareness.getLocalState()?.["cursor"]).toMatchObject({ slot: "a" });
    expect(open.awareness.getLocalState()?.["cursor"]).not.toEqual(told);
    open.close();
  });
});
