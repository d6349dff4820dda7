import type { EditorState } from "prosemirror-state";
import { Plugin, PluginKey, TextSelection } from "prosemirror-state";
import type { EditorView } from "prosemirror-view";
import { Decoration, DecorationSet } from "prosemirror-view";
import type { BlockRange } from "./block-moves.ts";
import { movedBlocks, selectedRange } from "./block-moves.ts";

/** What is being dragged. It is carried along by everything that changes meanwhile, and null once nothing of it is left. */
const key = new PluginKey<BlockRange | null>("block-drag");

/**
 * A handle beside the block that the mouse is on: pressed, it selects the block; dragged, it moves it, or all selected
 * blocks with it, to where a line shows, into any slot. The page scrolls at its edges, Escape gives up. Fingers and
 * keys have the commands that move a block; the handle is for the mouse alone and hidden from screen readers.
 */
export function blockDrag(label: string): Plugin<BlockRange | null> {
  return new Plugin<BlockRange | null>({
    key,
    state: {
      init: () => null,
      apply: (transaction, old) => {
        const given: unknown = transaction.getMeta(key);
        const range = given === undefined ? old : (given as BlockRange | null);
        if (!range || !transaction.docChanged) return range;
        const from = transaction.mapping.map(range.from, 1);
        const to = transaction.mapping.map(range.to, -1);
        return from < to ? { from, to } : null;
      },
    },
    props: {
      decorations: (state) => {
        const range = key.getState(state);
        return range ? DecorationSet.create(state.doc, dimmed(state, range)) : null;
      },
    },
    view: (view) => new DragHandle(view, label),
  });
}

function dimmed(state: EditorState, { from, to }: BlockRange): Decoration[] {
  const made: Decoration[] = [];
  state.doc.nodesBetween(from, to, (node, pos, parent) => {
    if (parent === state.doc || node === state.doc) return true;
    if (pos >= from && pos < to) made.push(Decoration.node(pos, pos + node.nodeSize, { class: "tk-dragged" }));
    return false;
  });
  return made;
}

/** How far the mouse goes before a press is a drag, in pixels. */
const STILL = 4;
/** How far from the text the margin reaches in which the handle shows. */
const MARGIN = 64;
/** How near to an edge the page begins to scroll, and how fast at the edge itself. */
const EDGE = 56;
const FASTEST = 16;

class DragHandle {
  private readonly view: EditorView;
  private readonly handle = document.createElement("div");
  private readonly line = document.createElement("div");
  /** The block that the handle stands beside. */
  private block: Element | null = null;
  private pressed: { readonly x: number; readonly y: number } | null = null;
  private pointer = { x: 0, y: 0 };
  private target: number | null = null;
  private scrolling = 0;

  constructor(view: EditorView, label: string) {
    this.view = view;
    this.handle.className = "tk-handle";
    this.handle.title = label;
    this.line.className = "tk-drop-line";
    for (const element of [this.handle, this.line]) {
      element.hidden = true;
      element.setAttribute("aria-hidden", "true");
      view.dom.after(element);
    }
    this.handle.addEventListener("pointerdown", this.press);
    this.handle.addEventListener("pointerup", this.release);
    this.handle.addEventListener("pointercancel", this.cancel);
    document.addEventListener("pointermove", this.move);
  }

  update(view: EditorView, before: EditorState): void {
    if (view.state.doc === before.doc) return;
    if (!this.pressed) this.hide();
    else if (this.dragged) this.aim();
    else if (this.target !== null) this.cancel();
  }

  destroy(): void {
    this.stop();
    document.removeEventListener("pointermove", this.move);
    this.handle.remove();
    this.line.remove();
  }

  private get dragged(): BlockRange | null {
    return key.getState(this.view.state) ?? null;
  }

  private readonly move = (event: PointerEvent): void => {
    this.pointer = { x: event.clientX, y: event.clientY };
    if (!this.pressed) {
      if (event.pointerType !== "touch" && event.buttons === 0) this.show();
      return;
    }
    const far = Math.hypot(event.clientX - this.pressed.x, event.clientY - this.pressed.y) > STILL;
    if (!this.dragged && far && this.block) this.begin(this.block);
    if (this.dragged) this.aim();
  };

  /** Shows the handle beside the block at the height of the pointer. */
  private show(): void {
    const { view } = this;
    const { x, y } = this.pointer;
    const page = view.dom.getBoundingClientRect();
    if (!view.editable || x < page.left - MARGIN || x > page.right || y < page.top || y > page.bottom) {
      this.hide();
      return;
    }
    const block = this.blockAt(y);
    // Between two blocks the last one keeps the handle, or the pointer could not reach it.
    if (!block || block === this.block) return;
    this.block = block;
    const { left, top } = block.getBoundingClientRect();
    const origin = this.origin();
    this.handle.hidden = false;
    this.handle.style.left = `${Math.max(left - 34, 2) - origin.left}px`;
    this.handle.style.top = `${top - origin.top}px`;
  }

  private hide(): void {
    this.block = null;
    this.handle.hidden = true;
  }

  private blockAt(y: number): Element | null {
    const page = this.view.dom.getBoundingClientRect();
    const found = document.elementFromPoint(page.left + page.width / 2, y)?.closest(".tk-slot-text > *") ?? null;
    return found && this.view.dom.contains(found) ? found : null;
  }

  /** Where absolute places are counted from. */
  private origin(): DOMRect {
    return (this.handle.offsetParent ?? this.handle.parentElement ?? document.body).getBoundingClientRect();
  }

  private readonly press = (event: PointerEvent): void => {
    if (event.button !== 0 || !this.block) return;
    // The text keeps its focus and its selection.
    event.preventDefault();
    this.handle.setPointerCapture(event.pointerId);
    this.pressed = { x: event.clientX, y: event.clientY };
    window.addEventListener("keydown", this.escape, true);
  };

  private begin(block: Element): void {
    const { view } = this;
    const range = this.rangeOf(block);
    const selected = selectedRange(view.state);
    const several = selected && !view.state.selection.empty && selected.from <= range.from && selected.to >= range.to;
    view.dispatch(view.state.tr.setMeta(key, several ? selected : range));
    this.handle.classList.add("tk-dragging");
    this.scrolling = requestAnimationFrame(this.scroll);
  }

  private rangeOf(block: Element): BlockRange {
    const $pos = this.view.state.doc.resolve(this.view.posAtDOM(block, 0));
    const from = $pos.depth > 1 ? $pos.before(2) : $pos.pos;
    return { from, to: from + (this.view.state.doc.nodeAt(from)?.nodeSize ?? 0) };
  }

  /** Finds the place between blocks that is nearest to the pointer, and draws the line there. */
  private aim(): void {
    const { dragged } = this;
    if (!dragged) return;
    const page = this.view.dom.getBoundingClientRect();
    const y = Math.min(Math.max(this.pointer.y, page.top + 1), page.bottom - 1);
    const block = this.blockAt(y) ?? this.blockBeside(y);
    if (!block) return;
    const rect = block.getBoundingClientRect();
    const after = y > rect.top + rect.height / 2;
    const { from, to } = this.rangeOf(block);
    this.target = after ? to : from;
    const origin = this.origin();
    // A line where nothing would move tells that nothing will.
    this.line.hidden = this.target >= dragged.from && this.target <= dragged.to;
    this.line.style.left = `${rect.left - origin.left}px`;
    this.line.style.width = `${rect.width}px`;
    this.line.style.top = `${(after ? rect.bottom + 2 : rect.top - 4) - origin.top}px`;
  }

  /** Where the pointer is on a title: the first block of its slot; in a gap at its end: the last. */
  private blockBeside(y: number): Element | null {
    const page = this.view.dom.getBoundingClientRect();
    const slot = document.elementFromPoint(page.left + page.width / 2, y)?.closest(".tk-slot");
    const text = slot?.querySelector(".tk-slot-text");
    if (!text || !this.view.dom.contains(text)) return null;
    return y < text.getBoundingClientRect().top ? text.firstElementChild : text.lastElementChild;
  }

  private readonly scroll = (): void => {
    if (!this.dragged) return;
    const scroller = scrollerOf(this.view.dom);
    const { top, bottom } =
      scroller === document.scrollingElement
        ? { top: 0, bottom: window.innerHeight }
        : scroller.getBoundingClientRect();
    const { y } = this.pointer;
    const over = y < top + EDGE ? y - top - EDGE : y > bottom - EDGE ? y - bottom + EDGE : 0;
    if (over !== 0) {
      scroller.scrollBy(0, (Math.max(Math.min(over, EDGE), -EDGE) / EDGE) * FASTEST);
      this.aim();
    }
    this.scrolling = requestAnimationFrame(this.scroll);
  };

  private readonly release = (): void => {
    const { view, block, dragged, target, pressed } = this;
    if (!pressed) return;
    this.stop();
    if (dragged && target !== null) {
      const transaction = movedBlocks(view.state, dragged, target);
      view.dispatch((transaction ?? view.state.tr).setMeta(key, null));
      this.hide();
    } else if (!dragged && block) {
      const { from, to } = this.rangeOf(block);
      const { tr, doc } = view.state;
      view.dispatch(tr.setSelection(TextSelection.between(doc.resolve(from), doc.resolve(to))));
    }
    view.focus();
  };

  private readonly cancel = (): void => {
    const { dragged, view } = this;
    this.stop();
    this.hide();
    if (dragged) view.dispatch(view.state.tr.setMeta(key, null));
  };

  private readonly escape = (event: KeyboardEvent): void => {
    if (event.key !== "Escape") return;
    event.preventDefault();
    event.stopPropagation();
    this.cancel();
  };

  private stop(): void {
    this.pressed = null;
    this.target = null;
    this.line.hidden = true;
    this.handle.classList.remove("tk-dragging");
    cancelAnimationFrame(this.scrolling);
    window.removeEventListener("keydown", this.escape, true);
  }
}

function scrollerOf(element: Element): Element {
  for (let at = element.parentElement; at; at = at.parentElement) {
    if (/auto|scroll/u.test(getComputedStyle(at).overflowY) && at.scrollHeight > at.clientHeight) return at;
  }
  return document.scrollingElement ?? document.documentElement;
}
