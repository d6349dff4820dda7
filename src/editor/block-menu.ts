import { autoUpdate, computePosition, flip, offset, shift } from "@floating-ui/dom";
import { Plugin } from "prosemirror-state";
import type { EditorView } from "prosemirror-view";
import { moveBlocks } from "./block-moves.ts";
import { setBlock } from "./commands.ts";
import type { BlockCommand, EditorLabels } from "./labels.ts";
import { BLOCK_COMMANDS } from "./labels.ts";

/** A `/` at the beginning of a block or after a space, with what was typed after it. */
const TRIGGER = /(?:^|\s)\/(?<query>[\p{L}\p{N}]*)$/u;

/**
 * The menu that opens on `/` and changes the kind of the block or its place: filtered by what is typed after it, with or without
 * diacritics, worked by arrows, Enter and Escape. While an input method is at work the keys are the input method's.
 */
export function blockMenu(labels: EditorLabels): Plugin {
  let menu: BlockMenu | null = null;
  return new Plugin({
    view: (view) => {
      menu = new BlockMenu(view, labels);
      return menu;
    },
    props: { handleKeyDown: (_, event) => menu?.keyDown(event) ?? false },
  });
}

type Choice = BlockCommand | "moveUp" | "moveDown";

const CHOICES: readonly Choice[] = [...(Object.keys(BLOCK_COMMANDS) as BlockCommand[]), "moveUp", "moveDown"];

class BlockMenu {
  private readonly view: EditorView;
  private readonly labels: EditorLabels;
  private readonly dom: HTMLElement;
  private stopPlacing: (() => void) | null = null;
  private choices: readonly Choice[] = [];
  private chosen = 0;
  private from: number | null = null;
  /** Where Escape was pressed: the menu stays closed for this `/`. */
  private dismissed: number | null = null;

  constructor(view: EditorView, labels: EditorLabels) {
    this.view = view;
    this.labels = labels;
    this.dom = document.createElement("div");
    this.dom.className = "tk-menu";
    this.dom.id = "tk-block-menu";
    this.dom.setAttribute("role", "listbox");
    this.dom.setAttribute("aria-label", labels.menu);
    this.dom.hidden = true;
    // The caret must stay in the text while an entry is clicked.
    this.dom.addEventListener("mousedown", (event) => event.preventDefault());
    this.dom.addEventListener("click", (event) => {
      const entry = event.target instanceof Element ? event.target.closest<HTMLElement>("[data-index]") : null;
      if (!entry) return;
      this.chosen = Number(entry.dataset["index"]);
      this.choose();
    });
    view.dom.after(this.dom);
    view.dom.addEventListener("focusout", this.left);
  }

  private readonly left = (): void => this.close();

  update(): void {
    const { view } = this;
    const { $from, empty } = view.state.selection;
    const open = empty && view.editable && view.hasFocus() && $from.parent.isTextblock;
    const before = open ? $from.parent.textBetween(Math.max(0, $from.parentOffset - 24), $from.parentOffset) : "";
    const query = before.match(TRIGGER)?.groups?.["query"];
    if (query === undefined) {
      this.dismissed = null;
      this.close();
      return;
    }
    const from = $from.pos - query.length - 1;
    if (this.dismissed === from) return;
    const folded = fold(query);
    this.choices = CHOICES.filter((choice) => fold(this.labelOf(choice)).includes(folded));
    // Words that lead nowhere are words: a date or a fraction is not a command.
    if (this.choices.length === 0) {
      this.close();
      return;
    }
    if (this.from !== from) this.chosen = 0;
    this.from = from;
    this.chosen = Math.min(this.chosen, this.choices.length - 1);
    this.draw();
  }

  keyDown(event: KeyboardEvent): boolean {
    if (
      this.dom.hidden ||
      event.isComposing ||
      event.keyCode === 229 ||
      event.ctrlKey ||
      event.metaKey ||
      event.altKey
    ) {
      return false;
    }
    switch (event.key) {
      case "ArrowDown":
      case "ArrowUp": {
        const by = event.key === "ArrowDown" ? 1 : this.choices.length - 1;
        this.chosen = (this.chosen + by) % this.choices.length;
        this.draw();
        return true;
      }
      case "Enter":
      case "Tab":
        this.choose();
        return true;
      case "Escape":
        this.dismissed = this.from;
        this.close();
        return true;
      default:
        return false;
    }
  }

  private choose(): void {
    const command = this.choices[this.chosen];
    const { from, view } = this;
    if (!command || from === null) return;
    this.close();
    view.dispatch(view.state.tr.delete(from, view.state.selection.from));
    view.focus();
    if (command === "moveUp" || command === "moveDown") {
      moveBlocks(command === "moveUp" ? -1 : 1)(view.state, view.dispatch, view);
      return;
    }
    const { kind, level } = BLOCK_COMMANDS[command];
    const block = view.state.selection.$from.parent;
    if (block.attrs["kind"] !== kind || block.attrs["level"] !== level)
      setBlock(kind, level)(view.state, view.dispatch, view);
  }

  private labelOf(choice: Choice): string {
    return choice === "moveUp" || choice === "moveDown" ? this.labels[choice] : this.labels.blocks[choice];
  }

  private draw(): void {
    const { view, from } = this;
    if (from === null) return;
    this.dom.replaceChildren(
      ...this.choices.map((command, i) => {
        const entry = document.createElement("div");
        entry.id = `tk-menu-${command}`;
        entry.setAttribute("role", "option");
        entry.setAttribute("aria-selected", String(i === this.chosen));
        entry.dataset["index"] = String(i);
        entry.textContent = this.labelOf(command);
        return entry;
      }),
    );
    this.dom.hidden = false;
    view.dom.setAttribute("aria-controls", this.dom.id);
    view.dom.setAttribute("aria-activedescendant", `tk-menu-${this.choices[this.chosen] ?? ""}`);
    const anchor = {
      getBoundingClientRect: () => {
        // The place is computed a moment later, when the editor may be gone.
        if (view.isDestroyed) return new DOMRect();
        const { left, top, bottom } = view.coordsAtPos(Math.min(from, view.state.doc.content.size));
        return new DOMRect(left, top, 0, bottom - top);
      },
      contextElement: view.dom,
    };
    this.stopPlacing?.();
    this.stopPlacing = autoUpdate(anchor, this.dom, () => {
      void computePosition(anchor, this.dom, {
        placement: "bottom-start",
        middleware: [offset(6), flip(), shift({ padding: 8 })],
      }).then(({ x, y }) => Object.assign(this.dom.style, { left: `${x}px`, top: `${y}px` }));
    });
  }

  private close(): void {
    this.from = null;
    if (this.dom.hidden) return;
    this.dom.hidden = true;
    this.stopPlacing?.();
    this.stopPlacing = null;
    this.view.dom.removeAttribute("aria-activedescendant");
    this.view.dom.removeAttribute("aria-controls");
  }

  destroy(): void {
    this.close();
    this.view.dom.removeEventListener("focusout", this.left);
    this.dom.remove();
  }
}

function fold(text: string): string {
  return text
    .toLocaleLowerCase("vi")
    .normalize("NFD")
    .replaceAll(/\p{M}/gu, "")
    .replaceAll("đ", "d")
    .replaceAll(/\s+/gu, "");
}
