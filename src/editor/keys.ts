import { baseKeymap, chainCommands } from "prosemirror-commands";
import { InputRule, inputRules, undoInputRule } from "prosemirror-inputrules";
import { keydownHandler, keymap } from "prosemirror-keymap";
import type { Command } from "prosemirror-state";
import { Plugin } from "prosemirror-state";
import { moveBlocks } from "./block-moves.ts";
import {
  backspace,
  blockKind,
  clearMarks,
  deleteForward,
  enter,
  jumpSlot,
  selectMore,
  setBlock,
  shiftLevel,
  toggle,
} from "./commands.ts";
import type { BlockCommand } from "./labels.ts";
import { BLOCK_COMMANDS } from "./labels.ts";
import type { Shortcut } from "./shortcuts.ts";
import { SHORTCUTS } from "./shortcuts.ts";

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

/**
 * The keys of the editor: those of {@link SHORTCUTS}, and those that every text has. Undo and redo come from outside:
 * they belong to the shared text, not to this state.
 */
export function editorKeys(history: { readonly undo: () => boolean; readonly redo: () => boolean }): Plugin[] {
  const { Enter: _, Backspace: __, Delete: ___, ...rest } = baseKeymap;
  const { plugin, unlessLeaving } = wayOut();
  const commands: Readonly<Record<Shortcut, Command>> = {
    ...blockCommands(),
    undo: history.undo,
    redo: history.redo,
    strong: toggle("strong"),
    em: toggle("em"),
    underline: toggle("underline"),
    clearMarks,
    indent: shiftLevel(1),
    outdent: shiftLevel(-1),
    moveUp: moveBlocks(-1),
    moveDown: moveBlocks(1),
    previousSlot: jumpSlot(-1),
    nextSlot: jumpSlot(1),
    selectMore,
  };
  const named = Object.entries(SHORTCUTS).flatMap(([name, keys]) =>
    keys.map((key): [string, Command] => {
      const command = commands[name as Shortcut];
      return [key, key.endsWith("Tab") ? unlessLeaving(command) : command];
    }),
  );
  const handle = keydownHandler({
    ...Object.fromEntries(named),
    Enter: enter,
    "Shift-Enter": enter,
    "Mod-Enter": enter,
    // A sign that was meant as a sign comes back.
    Backspace: chainCommands(undoInputRule, backspace),
    "Mod-Backspace": backspace,
    "Shift-Backspace": backspace,
    Delete: deleteForward,
    "Mod-Delete": deleteForward,
    ...(MAC
      ? { "Alt-Backspace": backspace, "Ctrl-h": backspace, "Alt-Delete": deleteForward, "Ctrl-d": deleteForward }
      : {}),
  });
  return [
    plugin,
    // AltGr, which Windows reports as Ctrl with Alt, types: figures, on a Vietnamese keyboard.
    new Plugin({
      // On a phone the view asks with an event of its own for the key that the keyboard did not name.
      props: {
        handleKeyDown: (view, event) =>
          !(event instanceof KeyboardEvent && event.getModifierState("AltGraph")) && handle(view, event),
      },
    }),
    keymap(rest),
    keymap({ Backspace: baseKeymap["Backspace"] ?? backspace, Delete: baseKeymap["Delete"] ?? deleteForward }),
  ];
}

const MAC = typeof navigator !== "undefined" && /Mac|iP(?:hone|[oa]d)/u.test(navigator.platform);

/** What each block command does to the selected blocks. */
export function blockCommands(): Readonly<Record<BlockCommand, Command>> {
  return Object.fromEntries(
    Object.entries(BLOCK_COMMANDS).map(([name, { kind, level }]) => [name, setBlock(kind, level)]),
  ) as Record<BlockCommand, Command>;
}

/** A sign and a space at the beginning of a paragraph. Nothing happens while an input method is at work. */
export function blockInputRules(): Plugin {
  const rule = (sign: RegExp, command: BlockCommand): InputRule => {
    const { kind, level } = BLOCK_COMMANDS[command];
    return new InputRule(sign, (state, [typed], start, end) => {
      const $start = state.doc.resolve(start);
      // All of it stands there already: a composition has ended behind it, and the sign was one before.
      if (typed.length === end - start) return null;
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
