import type { Command } from "prosemirror-state";
import type { MarkName } from "#model";
import { MARKS } from "#model";
import { moveBlocks } from "./block-moves.ts";
import { clearMarks, shiftLevel, toggle } from "./commands.ts";
import { READING } from "./composition.ts";
import { blockCommands } from "./keys.ts";
import type { BlockCommand } from "./labels.ts";
import type { TableCommand } from "./table/table-commands.ts";
import { TABLE_COMMANDS } from "./table/table-commands.ts";
import type { TextEditor } from "./text-editor.ts";

/** What a toolbar or a key can do. */
export type EditorCommand =
  | "undo"
  | "redo"
  | MarkName
  | "clearMarks"
  | BlockCommand
  | "indent"
  | "outdent"
  | "moveUp"
  | "moveDown"
  | TableCommand;

/** The commands of one editor, for the text and for the table that has the caret. */
export class EditorCommands {
  readonly #text: TextEditor;
  readonly #commands: Readonly<Record<Exclude<EditorCommand, TableCommand>, Command>>;

  constructor(text: TextEditor) {
    this.#text = text;
    this.#commands = {
      undo: () => text.history.undo(),
      redo: () => text.history.redo(),
      ...(Object.fromEntries(MARKS.map((mark) => [mark, toggle(mark)])) as Record<MarkName, Command>),
      clearMarks,
      ...blockCommands(),
      indent: shiftLevel(1),
      outdent: shiftLevel(-1),
      moveUp: moveBlocks(-1),
      moveDown: moveBlocks(1),
    };
  }

  /** False where the command makes no sense now. The text has the focus afterwards. */
  run(command: EditorCommand): boolean {
    const { view, composition, tables, editable } = this.#text;
    composition.end();
    if (composition.reading) {
      // A tap right behind Backspace: first what Backspace did.
      setTimeout(() => void (view.isDestroyed || this.run(command)), READING);
      return editable;
    }
    const ran = editable && (this.#runInTable(command) ?? this.#runInText(command));
    (tables.active?.view ?? view).focus();
    this.#text.tell();
    return ran;
  }

  /** What a command does where the caret is in a table; null for one that is not about tables. */
  #runInTable(command: EditorCommand): boolean | null {
    const inside = this.#text.tables.active;
    const ofTables = TABLE_COMMANDS.find((name) => name === command);
    if (ofTables) return inside?.run(ofTables) ?? false;
    if (!inside || command === "undo" || command === "redo") return null;
    if (command === "strong" || command === "em" || command === "underline" || command === "clearMarks")
      return inside.toggle(command);
    return false;
  }

  #runInText(command: EditorCommand): boolean {
    const { view } = this.#text;
    const known = TABLE_COMMANDS.find((name) => name === command);
    return (
      known === undefined &&
      this.#commands[command as Exclude<EditorCommand, TableCommand>](view.state, view.dispatch, view)
    );
  }
}
