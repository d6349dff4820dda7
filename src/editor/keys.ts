import { baseKeymap, chainCommands } from "prosemirror-commands";
import { InputRule, inputRules, undoInputRule } from "prosemirror-inputrules";
import { keymap } from "prosemirror-keymap";
import type { Command } from "prosemirror-state";
import { Plugin } from "prosemirror-state";
import type { BlockCommand } from "./labels.ts";
import { BLOCK_COMMANDS } from "./labels.ts";
import {
  backspace,
  blockKind,
  deleteForward,
  enter,
  jumpSlot,
  selectMore,
  setBlock,
  shiftLevel,
  toggle,
} from "./commands.ts";

/** The key of each block command, as keymaps name it. */
const BLOCK_KEYS: Readonly<Record<BlockCommand, string>> = {
  paragraph: "Mod-Alt-0",
  heading1: "Mod-Alt-1",
  heading2: "Mod-Alt-2",
  heading3: "Mod-Alt-3",
  item1: "Mod-Shift-8",
  item2: "Mod-Shift-9",
};

/** Lets the key after Escape go by: Tab then leaves the text, which otherwise would hold whoever has no mouse. */
function wayOut(): { readonly plugin: Plugin; readonly unlessLeaving: (command: Command) => Command } {
  let leaving = false;
  return {
    plugin: new Plugin({
      props: {
        handleKeyDown: (_, event) => {
          if (!["Tab", "Shift"].includes(event.key)) leaving = event.key === "Escape";
          return false;
        },
        handleDOMEvents: {
          blur: () => {
            leaving = false;
          },
        },
      },
    }),
    unlessLeaving: (command) => (state, dispatch, view) => !leaving && command(state, dispatch, view),
  };
}

/** The keys of the editor. Undo and redo come from outside: they belong to the shared text, not to this state. */
export function editorKeys(history: { readonly undo: () => boolean; readonly redo: () => boolean }): Plugin[] {
  const blocks: Record<string, Command> = {};
  for (const [command, shape] of Object.entries(BLOCK_COMMANDS) as [BlockCommand, { kind: "item"; level: number }][]) {
    blocks[BLOCK_KEYS[command]] = setBlock(shape.kind, shape.level);
  }
  const { Enter: _, Backspace: __, Delete: ___, ...rest } = baseKeymap;
  const { plugin, unlessLeaving } = wayOut();
  return [
    plugin,
    keymap({
      ...blocks,
      Enter: enter,
      "Shift-Enter": enter,
      "Mod-Enter": enter,
      // A sign that was meant as a sign comes back.
      Backspace: chainCommands(undoInputRule, backspace),
      "Mod-Backspace": backspace,
      "Shift-Backspace": backspace,
      Delete: deleteForward,
      "Mod-Delete": deleteForward,
      Tab: unlessLeaving(shiftLevel(1)),
      "Shift-Tab": unlessLeaving(shiftLevel(-1)),
      "Mod-b": toggle("strong"),
      "Mod-i": toggle("em"),
      "Mod-u": toggle("underline"),
      "Mod-a": selectMore,
      "Alt-ArrowUp": jumpSlot(-1),
      "Alt-ArrowDown": jumpSlot(1),
      "Mod-z": history.undo,
      "Mod-y": history.redo,
      "Mod-Shift-z": history.redo,
    }),
    keymap(rest),
    keymap({ Backspace: baseKeymap["Backspace"] ?? backspace, Delete: baseKeymap["Delete"] ?? deleteForward }),
  ];
}

/** A sign and a space at the beginning of a paragraph. Nothing happens while an input method is at work. */
export function blockInputRules(): Plugin {
  const rule = (sign: RegExp, command: BlockCommand): InputRule => {
    const { kind, level } = BLOCK_COMMANDS[command];
    return new InputRule(sign, (state, _match, start, end) => {
      const $start = state.doc.resolve(start);
      if ($start.parentOffset > 0 || blockKind($start.parent) !== "paragraph") return null;
      const pos = $start.before();
      return state.tr.delete(start, end).setNodeAttribute(pos, "kind", kind).setNodeAttribute(pos, "level", level);
    });
  };
  return inputRules({
    rules: [
      rule(/^[-–•]\s$/u, "item1"),
      rule(/^\+\s$/u, "item2"),
      rule(/^#\s$/u, "heading1"),
      rule(/^##\s$/u, "heading2"),
      rule(/^###\s$/u, "heading3"),
      rule(/^1\.\s$/u, "heading1"),
      rule(/^a\)\s$/u, "heading2"),
    ],
  });
}
