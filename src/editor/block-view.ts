import { DOMSerializer } from "prosemirror-model";
import type { Node } from "prosemirror-model";
import type { NodeView } from "prosemirror-view";

/**
 * A block whose element lives as long as its tag is right. An id that is given late, or a level that somebody else
 * changes, is written onto the element: to make the element anew would tear the word that is being composed in it.
 */
export class BlockView implements NodeView {
  readonly dom: HTMLElement;
  readonly contentDOM: HTMLElement;
  private node: Node;

  constructor(node: Node) {
    this.node = node;
    this.dom = drawn(node);
    this.contentDOM = this.dom;
  }

  update(node: Node): boolean {
    if (node.type !== this.node.type || node.attrs["kind"] === "table") return false;
    if (node.attrs !== this.node.attrs) {
      const wanted = drawn(node);
      if (wanted.tagName !== this.dom.tagName) return false;
      for (const { name, value } of wanted.attributes) this.dom.setAttribute(name, value);
    }
    this.node = node;
    return true;
  }
}

function drawn(node: Node): HTMLElement {
  const spec = node.type.spec.toDOM?.(node);
  const dom = spec ? DOMSerializer.renderSpec(document, spec).dom : null;
  return dom instanceof HTMLElement ? dom : document.createElement("p");
}
