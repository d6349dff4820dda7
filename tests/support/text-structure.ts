import type { PandocNode } from "./pandoc.ts";

/** A piece of a text as a reader of HTML or Markdown sees it; words bear their marks, and white space is one space. */
export type ReadPiece =
  | { readonly heading: number; readonly words: string }
  | { readonly paragraph: string }
  | { readonly list: readonly ReadItem[] }
  | { readonly table: readonly (readonly string[])[] }
  | { readonly rule: true };

export interface ReadItem {
  readonly words: string;
  readonly lists: readonly (readonly ReadItem[])[];
}

const MARKS: Readonly<Record<string, string>> = { STRONG: "s", EM: "e", U: "u", Strong: "s", Emph: "e" };

/** Collects words with their marks, so that the same words set in the same way are the same string. */
class Words {
  #out = "";
  #set = "";
  #gap = false;

  put(text: string, marks: ReadonlySet<string>): void {
    const set = [...marks].toSorted().join("");
    for (const sign of text) {
      if (/\s/u.test(sign)) {
        this.#gap = this.#out !== "";
        continue;
      }
      if (set !== this.#set) this.#out += `‹${set}›`;
      this.#set = set;
      if (this.#gap) this.#out += " ";
      this.#gap = false;
      this.#out += sign;
    }
  }

  done(): string {
    return this.#out.trim();
  }
}

function paragraph(words: string): ReadPiece[] {
  return words === "" ? [] : [{ paragraph: words }];
}

function wordsOfElement(nodes: Iterable<Node>, deep = true): string {
  const words = new Words();
  const visit = (node: Node, marks: ReadonlySet<string>): void => {
    if (node.nodeName === "BR") words.put("\n", marks);
    else if (node.nodeType === 3) words.put(node.nodeValue ?? "", marks);
    else if (node.nodeName !== "UL" || deep) {
      const mark = MARKS[node.nodeName];
      const inner = mark === undefined ? marks : new Set([...marks, mark]);
      for (const each of node.childNodes) visit(each, inner);
    }
  };
  for (const node of nodes) visit(node, new Set());
  return words.done();
}

/** What the page of a report says, from its heading block to its appendices. */
export function piecesOfHtml(document: Document): ReadPiece[] {
  const side = (element: Element): ReadPiece[] => {
    const [first] = element.querySelectorAll("ul");
    const lines = [...element.querySelectorAll(":scope > p")].flatMap((each) => [
      ...each.childNodes,
      document.createElement("br"),
    ]);
    return [...paragraph(wordsOfElement(lines)), ...(first ? [{ list: itemsOf(first) }] : [])];
  };
  return [
    ...[...document.querySelectorAll("body > header > div")].flatMap(side),
    ...[...(document.querySelector("main")?.children ?? [])].flatMap((each) => {
      if (each.nodeName === "FOOTER") return [...each.children].flatMap(side);
      if (each.nodeName === "SECTION") return [{ rule: true } as const, ...[...each.children].flatMap(pieceOf)];
      return pieceOf(each);
    }),
  ];
}

function pieceOf(element: Element): ReadPiece[] {
  const level = /^H([1-6])$/u.exec(element.nodeName)?.[1];
  if (level !== undefined) return [{ heading: Number(level), words: wordsOfElement([element]) }];
  if (element.nodeName === "UL") return [{ list: itemsOf(element) }];
  if (element.nodeName === "P") return paragraph(wordsOfElement([element]));
  const table = element.nodeName === "TABLE" ? element : element.querySelector("table");
  if (!table) return [...element.children].flatMap(pieceOf);
  return [...paragraph(wordsOfElement(table.querySelectorAll("caption"))), { table: gridOf(table) }];
}

function itemsOf(list: Element): ReadItem[] {
  return [...list.children].map((item) => ({
    words: wordsOfElement([item], false),
    lists: [...item.children].filter(({ nodeName }) => nodeName === "UL").map(itemsOf),
  }));
}

/** Every place of a table; what spans several stands in the first of them. */
function gridOf(table: Element): string[][] {
  const rows = [...table.querySelectorAll("tr")];
  const grid: (string | undefined)[][] = rows.map(() => []);
  for (const [row, element] of rows.entries()) {
    let column = 0;
    for (const cell of element.children) {
      while (grid[row]?.[column] !== undefined) column++;
      const [wide, high] = ["colspan", "rowspan"].map((name) => Number(cell.getAttribute(name) ?? 1));
      for (let down = 0; down < (high ?? 1); down++) {
        for (let right = 0; right < (wide ?? 1); right++) {
          const line = grid[row + down];
          if (line) line[column + right] = down + right === 0 ? wordsOfElement([cell]) : "";
        }
      }
    }
  }
  const known = grid.map((row) => row.map((words) => words ?? ""));
  // A table of Markdown always has a head: an empty one where there is none.
  const empty = (known[0] ?? []).map(() => "");
  return table.querySelector("thead") ? known : [empty, ...known];
}

function wordsOfInlines(inlines: readonly PandocNode[]): string {
  const words = new Words();
  const raw: string[] = [];
  const visit = ({ t, c }: PandocNode, marks: readonly string[]): void => {
    const all = new Set([...marks, ...raw]);
    if (t === "Str") words.put(String(c), all);
    else if (t === "Space" || t === "SoftBreak" || t === "LineBreak") words.put(" ", all);
    else if (t === "RawInline") {
      const [, tag] = c as [string, string];
      const [, end, name = ""] = /^<(\/?)(\w+)>$/u.exec(tag) ?? [];
      const mark = MARKS[name.toUpperCase()];
      if (tag === "<br>") words.put(" ", all);
      else if (mark === undefined) words.put(`[raw ${tag}]`, all);
      else if (end === "/") raw.splice(raw.lastIndexOf(mark), 1);
      else raw.push(mark);
    } else if (t === "Strong" || t === "Emph") {
      for (const each of c as PandocNode[]) visit(each, [...marks, MARKS[t] ?? ""]);
    } else if (t === "Link") {
      for (const each of (c as [unknown, PandocNode[]])[1]) visit(each, marks);
    } else words.put(`[${t}]`, all);
  };
  for (const each of inlines) visit(each, []);
  return words.done();
}

/** What Markdown says as pandoc reads it. What no report holds, as code, stands as a piece of its own. */
export function piecesOfMarkdown(blocks: readonly PandocNode[]): ReadPiece[] {
  return blocks.flatMap((block): ReadPiece[] => {
    switch (block.t) {
      case "Header": {
        const [level, , inlines] = block.c as [number, unknown, PandocNode[]];
        return [{ heading: level, words: wordsOfInlines(inlines) }];
      }
      case "Para":
      case "Plain":
        return paragraph(wordsOfInlines(block.c as PandocNode[]));
      case "BulletList":
        return [{ list: listOf(block.c as PandocNode[][]) }];
      case "HorizontalRule":
        return [{ rule: true }];
      case "Table":
        return [{ table: rowsOf(block.c as unknown[]) }];
      default:
        return [{ paragraph: `[${block.t}] ${JSON.stringify(block.c)}` }];
    }
  });
}

function listOf(items: readonly (readonly PandocNode[])[]): ReadItem[] {
  return items.map((blocks) => ({
    words: blocks
      .filter(({ t }) => t !== "BulletList")
      .map((block) =>
        block.t === "Plain" || block.t === "Para"
          ? wordsOfInlines(block.c as PandocNode[])
          : `[${block.t}] ${JSON.stringify(block.c)}`,
      )
      .join(" ¶ "),
    lists: blocks.filter(({ t }) => t === "BulletList").map(({ c }) => listOf(c as PandocNode[][])),
  }));
}

type PandocRow = [unknown, [unknown, unknown, number, number, PandocNode[]][]];

function rowsOf(table: readonly unknown[]): string[][] {
  const [, , , head, bodies] = table as [
    unknown,
    unknown,
    unknown,
    [unknown, PandocRow[]],
    [unknown, unknown, PandocRow[], PandocRow[]][],
  ];
  const rows = [...head[1], ...bodies.flatMap(([, , first, rest]) => [...first, ...rest])];
  return rows.map(([, cells]) =>
    cells.map(([, , , , blocks]) =>
      blocks
        .map((block) =>
          block.t === "Plain" || block.t === "Para" ? wordsOfInlines(block.c as PandocNode[]) : `[${block.t}]`,
        )
        .join(" ¶ "),
    ),
  );
}
