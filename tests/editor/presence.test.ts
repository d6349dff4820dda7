/** @vitest-environment jsdom */
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import * as Y from "yjs";
import { slotText } from "#collab";
import { OpenEditor } from "./open-editor.ts";

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
