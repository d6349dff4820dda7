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

/** A line of a text, which begins at `from`. */
interface DrawnLine {
  readonly paragraph: Element;
  readonly from: number;
  readonly length: number;
}

/**
 * The texts of a table that is only drawn, by the ids of the places in which they are stored: where each of their
 * characters is drawn. `texts` are in the order in which they are drawn, each in paragraphs of its own.
 */
export class DrawnWords {
  readonly #pieces = new Map<string, DrawnPiece[]>();
  readonly #lines = new Map<string, DrawnLine[]>();

  constructor(drawn: HTMLElement, texts: readonly CellText[]) {
    const lines = [...drawn.querySelectorAll<HTMLElement>("[data-cell] > p")].values();
    for (const { cell, text } of texts) {
      const pieces: DrawnPiece[] = [];
      const own: DrawnLine[] = [];
      let at = 0;
      for (const line of text.split("\n")) {
        const paragraph = lines.next().value;
        let from = at;
        for (const node of paragraph ? textsIn(paragraph) : []) {
          pieces.push({ node, from });
          from += node.data.length;
        }
        if (paragraph) own.push({ paragraph, from: at, length: line.length });
        at += line.length + 1;
      }
      this.#pieces.set(cell, pieces);
      this.#lines.set(cell, own);
    }
  }

  /** Puts an element between the characters of a text, right behind those before `index`. */
  put(element: HTMLElement, cell: string, index: number): void {
    const line = this.#lines.get(cell)?.find(({ from, length }) => index <= from + length);
    const piece = this.#pieces
      .get(cell)
      ?.find(({ node, from }) => line?.paragraph.contains(node) && index <= from + node.data.length);
    if (!line) return;
    if (!piece) line.paragraph.append(element);
    else if (index <= piece.from) piece.node.before(element);
    else piece.node.splitText(index - piece.from).before(element);
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
