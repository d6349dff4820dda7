/** @vitest-environment jsdom */
import { describe, expect, test } from "vitest";
import { SHORTCUTS, TABLE_SHORTCUTS } from "#editor";
import { ariaKeys, isPressed, keyLabel } from "../../src/client/ui/keys.ts";
import {
  COMPARE_SHORTCUTS,
  keysOf,
  LIST_SHORTCUTS,
  PAGE_SHORTCUTS,
  SHORTCUT_GROUPS,
} from "../../src/client/workspace/shortcuts.ts";
import { OpenEditor } from "../editor/open-editor.ts";

const told = Object.values(SHORTCUT_GROUPS).flat();

describe("the table of keys", () => {
  test("it tells every key once", () => {
    expect(new Set(told).size).toBe(told.length);
    for (const name of Object.keys({ ...SHORTCUTS, ...PAGE_SHORTCUTS, ...LIST_SHORTCUTS, ...COMPARE_SHORTCUTS }))
      expect(told).toContain(name);
  });

  test("it gives no key to two things", () => {
    // The list of comments has its keys only while the focus is in it. In a table a key of the text may do another thing.
    const elsewhere = told.filter((name) => !(name in LIST_SHORTCUTS));
    for (const inside of [TABLE_SHORTCUTS, SHORTCUTS]) {
      const keys = elsewhere.filter((name) => !(name in inside)).flatMap((name) => keysOf(name));
      expect(keys.toSorted()).toEqual([...new Set(keys)].toSorted());
    }
  });

  test("it leaves alone what browsers keep for themselves and what Vietnamese input methods use", () => {
    const kept = [
      ...["t", "n", "w", "Tab", "1", "2", "3", "4", "5", "6", "7", "8", "9", "0", "l", "r", "d", "k", "j"].map(
        (key) => `Mod-${key}`,
      ),
      ...["t", "n", "w", "i", "j", "c", "Delete", "Tab", "b", "o", "m", "p", "r"].map((key) => `Mod-Shift-${key}`),
      // Back, forward, the menu and the address of the window.
      ...["ArrowLeft", "ArrowRight", "Home", "d", "f", "e", "F4", "Tab"].map((key) => `Alt-${key}`),
      "F1",
      "F5",
      "F6",
      "F11",
      "F12",
      // UniKey: on and off, its panel and its tools. ibus, fcitx and macOS change the language by a space.
      "Alt-z",
      "Mod-Shift-F5",
      "Mod-Shift-F6",
      "Mod-Shift-F9",
      "Mod-Space",
      "Shift-Space",
      "Alt-Space",
      "Ctrl-Space",
    ];
    for (const key of told.flatMap((name) => keysOf(name))) expect(kept).not.toContain(key);
  });

  test("every key of the text is taken by the text", () => {
    for (const key of Object.values(SHORTCUTS).flat()) {
      const open = new OpenEditor({ a: ["one", "two"] }).select("a1", 1);
      expect(open.press(key), key).toBe(true);
      open.close();
    }
  });

  test("AltGr with a figure types the figure, as on a Vietnamese keyboard, and no key takes it", () => {
    const open = new OpenEditor({ a: ["one"] }).select("a1", 1);
    const event = new KeyboardEvent("keydown", {
      key: "1",
      code: "Digit1",
      ctrlKey: true,
      altKey: true,
      modifierAltGraph: true,
      bubbles: true,
      cancelable: true,
    });
    open.editor.view.dom.dispatchEvent(event);
    expect(event.defaultPrevented).toBe(false);
    expect(open.spell()).toContain("[a1 p0|one]");
    expect(isPressed(event, ["Mod-Alt-1"])).toBe(false);
  });
});

describe("a key", () => {
  const down = (init: KeyboardEventInit): KeyboardEvent => new KeyboardEvent("keydown", init);

  test("it is none while an input method keeps it for the word", () => {
    expect(isPressed(down({ key: "Enter", ctrlKey: true, isComposing: true }), ["Mod-Enter"])).toBe(false);
    expect(isPressed(down({ key: "Escape", keyCode: 229 }), ["Escape"])).toBe(false);
    expect(isPressed(down({ key: "Escape", keyCode: 27 }), ["Escape"])).toBe(true);
  });

  test("it is the key with just its modifiers", () => {
    expect(isPressed(down({ key: "f", ctrlKey: true }), ["Mod-f"])).toBe(true);
    expect(isPressed(down({ key: "f", ctrlKey: true, shiftKey: true }), ["Mod-f"])).toBe(false);
    expect(isPressed(down({ key: "f" }), ["Mod-f"])).toBe(false);
    expect(isPressed(down({ key: "F3", shiftKey: true }), ["F3", "Mod-g"])).toBe(false);
    expect(isPressed(down({ key: "g", ctrlKey: true }), ["F3", "Mod-g"])).toBe(true);
  });

  test("it is found with capitals locked, and by its place where Alt makes another sign of it", () => {
    expect(isPressed(down({ key: "F", ctrlKey: true }), ["Mod-f"])).toBe(true);
    expect(isPressed(down({ key: "µ", code: "KeyM", ctrlKey: true, altKey: true }), ["Mod-Alt-m"])).toBe(true);
    expect(isPressed(down({ key: "j", code: "KeyK" }), ["k"])).toBe(false);
  });

  test("a sign counts whether or not it takes Shift to make it", () => {
    expect(isPressed(down({ key: "/", ctrlKey: true, shiftKey: true }), ["Mod-/"])).toBe(true);
    expect(isPressed(down({ key: "?", shiftKey: true }), ["Mod-/", "?"])).toBe(true);
  });

  test("it is written as it stands on the keys, and as a screen reader wants it", () => {
    expect(keyLabel("Mod-Shift-z", false)).toBe("Ctrl+Shift+Z");
    expect(keyLabel("Mod-Shift-z", true)).toBe("⇧⌘Z");
    expect(keyLabel("Alt-Shift-ArrowUp", false)).toBe("Alt+Shift+↑");
    expect(keyLabel("Mod-\\", false)).toBe("Ctrl+\\");
    expect(keyLabel("-", false)).toBe("-");
    expect(ariaKeys(["Mod-y", "Mod-Shift-z"])).toBe("Control+Y Control+Shift+Z");
  });
});
