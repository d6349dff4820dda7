/** @vitest-environment jsdom */
import type { ReactElement } from "react";
import { act } from "react";
import type { Root } from "react-dom/client";
import { createRoot } from "react-dom/client";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { EditorSnapshot, ReportEditor } from "#editor";
import { useSnapshot } from "../../src/client/workspace/use-editor.ts";
import { OpenEditor } from "../editor/open-editor.ts";

let open: OpenEditor;
let root: Root;
/** What each drawing of the component showed. */
let drawn: unknown[];
/** Frames that were asked for and not drawn yet. */
let frames: FrameRequestCallback[];

type Pick = (snapshot: EditorSnapshot) => unknown;

const slot: Pick = (snapshot) => snapshot.slot;

function Shown({ editor, pick }: { readonly editor: ReportEditor | null; readonly pick: Pick }): ReactElement | null {
  drawn.push(useSnapshot(editor, pick));
  return null;
}

const show = (editor: ReportEditor | null, pick: Pick = slot): void =>
  act(() => root.render(<Shown editor={editor} pick={pick} />));

/** The page draws its frame, and whoever waited for it goes on. */
function frame(): void {
  act(() => {
    for (const callback of frames.splice(0)) callback(0);
    vi.advanceTimersByTime(1);
  });
}

beforeEach(() => {
  vi.stubGlobal("IS_REACT_ACT_ENVIRONMENT", true);
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  frames = [];
  vi.stubGlobal("requestAnimationFrame", (callback: FrameRequestCallback) => frames.push(callback));
  drawn = [];
  open = new OpenEditor({ a: ["một"], b: ["hai"] });
  open.select("a1", -1);
  // The editor's own frames are over.
  frames = [];
  root = createRoot(document.createElement("div"));
});

afterEach(() => {
  act(() => root.unmount());
  open.close();
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

describe("a value of the editor", () => {
  it("is null until there is an editor, and then what the editor says", () => {
    show(null);
    show(open.editor);
    expect(drawn).toEqual([null, "a"]);
  });

  it("is drawn anew after the frame that shows its change, and not before", () => {
    show(open.editor);
    open.select("b1");
    expect(drawn).toEqual(["a"]);
    frame();
    expect(drawn).toEqual(["a", "b"]);
  });

  it("is drawn anew where the page draws no frames, a moment later", () => {
    show(open.editor);
    open.select("b1");
    act(() => {
      vi.advanceTimersByTime(1000);
    });
    expect(drawn).toEqual(["a", "b"]);
  });

  it("is drawn once for all that changes before a frame", () => {
    show(open.editor);
    open.select("b1").type("x").select("a1").type("y").select("b1");
    frame();
    expect(drawn).toEqual(["a", "b"]);
  });

  it("is not drawn where something else changes, as while one types", () => {
    show(open.editor);
    open.type("chữ");
    frame();
    expect(drawn).toEqual(["a"]);
  });

  it("is that of the editor in whose place another came, and the first is left alone", () => {
    show(open.editor);
    const first = open.editor;
    const left = vi.fn<() => void>();
    const subscribe = first.subscribe.bind(first);
    show({
      ...first,
      getSnapshot: () => ({ ...first.getSnapshot(), slot: "c" }),
      subscribe: (listener) => {
        const stop = subscribe(listener);
        return () => {
          left();
          stop();
        };
      },
    });
    expect(drawn.at(-1)).toBe("c");
    show(null);
    expect(left).toHaveBeenCalledOnce();
    const before = drawn.length;
    open.select("b1");
    frame();
    expect(drawn).toHaveLength(before);
    expect(drawn.at(-1)).toBeNull();
  });

  it("asks nothing once its component has gone, also between a change and its frame", () => {
    const pick = vi.fn<Pick>(slot);
    show(open.editor, pick);
    open.select("b1");
    act(() => root.render(null));
    pick.mockClear();
    frame();
    open.select("a1");
    frame();
    expect(pick).not.toHaveBeenCalled();
  });
});
