import { Schema } from "prosemirror-model";
import type { Attrs, Node } from "prosemirror-model";
import type { Block } from "./block.ts";
import { blockShape } from "./block.ts";
import { emptyTable } from "./table.ts";
import type { MarkName, TextRun } from "./text-run.ts";
import { MARKS } from "./text-run.ts";

/**
 * The document of one editor: every slot of the report as a `section`, in the order of the skeleton, each holding
 * blocks of one uniform type. Slot titles are not in it; the view draws them from the template. One block type for
 * all kinds, because a change of kind must never re-create text. Of a table it holds the caption and, in the attribute
 * `table`, the id by which its content is found.
 */
export const reportSchema: Schema<"doc" | "section" | "block" | "text", MarkName> = new Schema({
  nodes: {
    doc: { content: "section+" },
    section: {
      content: "block+",
      attrs: { slot: { default: "", validate: "string" } },
      isolating: true,
      defining: true,
      selectable: false,
      draggable: false,
      toDOM: (node) => ["section", { "data-slot": String(node.attrs["slot"]) }, 0],
    },
    block: {
      content: "text*",
      attrs: {
        id: { default: "", validate: "string" },
        kind: { default: "paragraph", validate: "string" },
        level: { default: 0, validate: "number" },
        table: { default: "", validate: "string" },
      },
      toDOM: (node) => [
        node.attrs["kind"] === "heading" ? `h${Number(node.attrs["level"]) + 2}` : "p",
        {
          "data-block": String(node.attrs["id"]),
          "data-kind": String(node.attrs["kind"]),
          "data-level": String(node.attrs["level"]),
          ...(node.attrs["table"] === "" ? {} : { "data-table": String(node.attrs["table"]) }),
        },
        0,
      ],
      parseDOM: [
        { tag: "p", getAttrs: (dom) => shapeOfElement(dom) },
        { tag: "h1", attrs: { kind: "heading", level: 1 } },
        { tag: "h2", attrs: { kind: "heading", level: 1 } },
        { tag: "h3", attrs: { kind: "heading", level: 1 } },
        { tag: "h4", attrs: { kind: "heading", level: 2 } },
        { tag: "h5", attrs: { kind: "heading", level: 3 } },
        { tag: "h6", attrs: { kind: "heading", level: 3 } },
      ],
    },
    text: {},
  },
  marks: {
    strong: {
      toDOM: () => ["strong", 0],
      parseDOM: [
        { tag: "strong" },
        { tag: "b", getAttrs: (dom) => dom.style.fontWeight !== "normal" && null },
        { style: "font-weight=400", clearMark: (mark) => mark.type.name === "strong" },
        { style: "font-weight", getAttrs: (value) => /^(?:bold(?:er)?|[5-9]\d{2,})$/.test(value) && null },
      ],
    },
    em: {
      toDOM: () => ["em", 0],
      parseDOM: [
        { tag: "i" },
        { tag: "em" },
        { style: "font-style=italic" },
        { style: "font-style=normal", clearMark: (mark) => mark.type.name === "em" },
      ],
    },
    underline: {
      toDOM: () => ["u", 0],
      parseDOM: [{ tag: "u" }, { style: "text-decoration=underline" }, { style: "text-decoration-line=underline" }],
    },
  },
});

// prosemirror-model types a DOM element by the host's library, which this part does not have.
function shapeOfElement(dom: { getAttribute(name: string): string | null }): Attrs {
  return { ...blockShape(dom.getAttribute("data-kind"), Number(dom.getAttribute("data-level") ?? 1)) };
}

/** A block as a node of {@link reportSchema}. */
export function blockNode(block: Block): Node {
  return reportSchema.node(
    "block",
    { id: block.id, kind: block.kind, level: block.level, table: block.table?.id ?? "" },
    block.runs.map((run) =>
      reportSchema.text(
        run.text,
        run.marks.map((mark) => reportSchema.mark(mark)),
      ),
    ),
  );
}

/** The block that a node of {@link reportSchema} shows; a table without its content, which is not in the document. */
export function nodeBlock(node: Node): Block {
  const runs: TextRun[] = [];
  node.forEach((child) => {
    if (!child.text) return;
    runs.push({ text: child.text, marks: MARKS.filter((mark) => child.marks.some((m) => m.type.name === mark)) });
  });
  const block = { id: String(node.attrs["id"]), ...blockShape(node.attrs["kind"], node.attrs["level"]), runs };
  const table = String(node.attrs["table"]);
  return block.kind === "table" && table !== "" ? { ...block, table: emptyTable(table) } : block;
}
