import type { CellText } from "./table-texts.ts";

/** A stretch of one of the texts of a table that is only drawn. */
export interface DrawnStretch {
  readonly cell: string;
  readonly from: number;
  readonly to: number;
}

/** A piece of the drawn text: what a text of the table has from `from` on. */
interface DrawnPiece {
  readonly node: Text;
  readonly from: number;
}

/**
 * The texts of a table that is only drawn, by the ids of the places in which they are stored: where each of their
 * characters is drawn. `texts` are in the order in which they are drawn, each in paragraphs of its own.
 */
export class DrawnWords {
  readonly #pieces = new Map<string, DrawnPiece[]>();

  constructor(drawn: HTMLElement, texts: readonly CellText[]) {
    const lines = [...drawn.querySelectorAll<HTMLElement>("[data-cell] > p")].values();
    for (const { cell, text } of texts) {
      const pieces: DrawnPiece[] = [];
      let at = 0;
      for (const line of text.split("\n")) {
        const paragraph = lines.next().value;
        let from = at;
        for (const node of paragraph ? textsIn(paragraph) : []) {
          pieces.push({ node, from });
          from += node.data.length;
        }
        at += line.length + 1;
      }
      this.#pieces.set(cell, pieces);
    }
  }

  /** The parts of the page where a stretch is drawn, from the last to the first. */
  rangesOf({ cell, from, to }: DrawnStretch): Range[] {
    const pieces = this.#pieces.get(cell)?.toReversed() ?? [];
    return pieces.flatMap(({ node, from: begin }) => {
      const [first, last] = [Math.max(from - begin, 0), Math.min(to - begin, node.data.length)];
      if (first >= last) return [];
      const range = node.ownerDocument.createRange();
      range.setStart(node, first);
      range.setEnd(node, last);
      return [range];
    });
  }
}

function textsIn(element: Element): Text[] {
  return [...element.childNodes].flatMap((child) =>
    child instanceof Text ? [child] : child instanceof Element ? textsIn(child) : [],
  );
}
