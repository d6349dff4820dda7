import {
  BookmarkEnd,
  BookmarkStart,
  CommentRangeEnd,
  CommentRangeStart,
  CommentReference,
  Document,
  Header,
  Packer,
  PageNumber,
  Paragraph,
  TextRun,
} from "docx";
import type { ICommentOptions, ParagraphChild } from "docx";
import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { exportReport } from "#docx";
import type { Report } from "#model";
import { blockText } from "#model";
import { keepYoungGenerationSmall } from "../../src/cli/young-generation.ts";

// Run alone in a process: writes the report of a file once, by ours as the command line does it, by the docx library alone
// with the same features, or by the docx library without any. Prints the hash of what it wrote.

/** The same words, comments, replies, styles, bookmarks and page numbers, as one writes them with the library alone. */
function bare(report: Report, features: boolean): Document {
  const comments: ICommentOptions[] = [];
  const onBlock = new Map<string, { from: number; to: number; numbers: number[] }[]>();
  for (const { comment, author, place, replies, decision } of features ? report.threads : []) {
    if (!place) continue;
    const numbers: number[] = [];
    const texts = [comment.text, ...replies.map(({ reply }) => reply.text), ...(decision ? [decision.response] : [])];
    for (const [index, text] of texts.entries()) {
      const id = comments.length;
      numbers.push(id);
      comments.push({
        id,
        author: author.name,
        initials: "MM",
        date: new Date(comment.createdAt),
        ...(index > 0 && numbers[0] !== undefined ? { parentId: numbers[0] } : {}),
        children: [new Paragraph({ style: "CommentText", children: [new TextRun(text)] })],
      });
    }
    const range = { from: place.from.offset, to: place.to.offset, numbers };
    onBlock.set(place.from.block, [...(onBlock.get(place.from.block) ?? []), range]);
  }
  let bookmark = 0;
  const children = Object.values(report.slots)
    .flat()
    .map((block) => {
      const text = blockText(block);
      if (!features) return new Paragraph({ children: [new TextRun(text)] });
      const [range] = onBlock.get(block.id) ?? [];
      const runs: ParagraphChild[] = range
        ? [
            new TextRun(text.slice(0, range.from)),
            ...range.numbers.map((number) => new CommentRangeStart(number)),
            new TextRun(text.slice(range.from, range.to)),
            ...range.numbers.flatMap((number) => [
              new CommentRangeEnd(number),
              new TextRun({ children: [new CommentReference(number)] }),
            ]),
            new TextRun(text.slice(range.to)),
          ]
        : [new TextRun(text)];
      const number = ++bookmark;
      return new Paragraph({
        style: block.kind === "heading" ? "Muc" : block.kind === "item" ? "Gach" : "LoiVan",
        children: [
          ...(block.kind === "paragraph" ? [] : [new TextRun(block.kind === "heading" ? "1. " : "- ")]),
          new BookmarkStart(`_tkb_${block.id}`, number) as unknown as ParagraphChild,
          ...runs,
          new BookmarkEnd(number) as unknown as ParagraphChild,
        ],
      });
    });
  if (!features) return new Document({ sections: [{ children }] });
  const style = (id: string): { id: string; name: string; basedOn: string } => ({ id, name: id, basedOn: "Normal" });
  return new Document({
    styles: { paragraphStyles: ["Muc", "Gach", "LoiVan", "CommentText"].map(style) },
    comments: { children: comments },
    sections: [
      {
        headers: {
          default: new Header({
            children: [new Paragraph({ children: [new TextRun({ children: [PageNumber.CURRENT] })] })],
          }),
        },
        children,
      },
    ],
  });
}

async function main(): Promise<void> {
  const [who = "", source = "", target = ""] = process.argv.slice(2);
  if (who === "ours") keepYoungGenerationSmall();
  const report = JSON.parse(readFileSync(source, "utf8")) as Report;
  const bytes =
    who === "ours"
      ? await exportReport(report, "draft")
      : await Packer.pack(bare(report, who === "features"), "uint8array");
  writeFileSync(target, bytes);
  process.stdout.write(createHash("sha256").update(bytes).digest("hex"));
}

await main();
