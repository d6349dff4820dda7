import { strFromU8, strToU8, unzipSync, zipSync } from "fflate";
import { exportReport } from "#docx";
import { cellText, tableGrid } from "#model";
import type { Random } from "../support/random.ts";
import { random } from "../support/random.ts";
import { resaved, typedLabels } from "../support/resaved.ts";
import type { EditedParagraph, Hand } from "./word-edit.ts";
import { WordEdit, textOf } from "./word-edit.ts";
import type { World, WorldBlock } from "./world.ts";

/** What must come of one thing that somebody did to a copy. */
export type Expected =
  | { readonly kind: "comment"; readonly person: string; readonly text: string; readonly at: ExpectedPlace }
  | { readonly kind: "reply"; readonly person: string; readonly text: string; readonly to: string }
  /** The block reads so where the proposals made on it are followed. */
  | { readonly kind: "wording"; readonly person: string; readonly block: string; readonly result: string }
  /** A remark on this block with these words in its text or proposal. */
  | { readonly kind: "words"; readonly person: string; readonly block: string; readonly words: string };

export type ExpectedPlace =
  | { readonly scope: "range"; readonly from: readonly [string, number]; readonly to: readonly [string, number] }
  | { readonly scope: "cell"; readonly cell: string }
  /** On words that are new in the copy: beside this block. */
  | { readonly scope: "beside"; readonly block: string };

/** A copy that came back. */
export interface MadeCopy {
  readonly name: string;
  /** Whose copy it is: what the secretary says who is asked. */
  readonly person: string;
  readonly bytes: Uint8Array;
  readonly expected: readonly Expected[];
  /** What happened to the file as a whole. */
  readonly way: Way;
}

/** How a copy was saved. */
export type Way = "word" | "office" | "no-bookmarks" | "no-ids" | "accepted" | "bare";

const WAYS: readonly Way[] = [
  "word",
  "word",
  "office",
  "no-bookmarks",
  "no-ids",
  "accepted",
  "bare",
  "word",
  "office",
  "word",
];

/** The acts of one person in one copy. */
class Author {
  readonly #world: World;
  readonly #r: Random;
  readonly #edit: WordEdit;
  readonly #free: WorldBlock[];
  readonly #person: string;
  readonly #hand: Hand;
  readonly expected: Expected[] = [];
  #count = 0;
  readonly #tag: string;

  constructor(
    world: World,
    r: Random,
    edit: WordEdit,
    free: WorldBlock[],
    { name, person, tag }: { name: string; person: string; tag: string },
  ) {
    this.#world = world;
    this.#r = r;
    this.#edit = edit;
    this.#free = free;
    this.#person = person;
    this.#tag = tag;
    this.#hand = { author: name, date: `2022-01-05T09:${String(10 + r.int(40))}:00Z` };
  }

  get #said(): Hand & { text: string; durableId: string } {
    const text = `Ý kiến ${this.#tag}-${++this.#count}: đề nghị xem lại chỗ này.`;
    const id = this.#r.int(0x7ffffff) + 1;
    // Older versions of Word give the minute only.
    return { ...this.#hand, text, durableId: id.toString(16).toUpperCase().padStart(8, "0") };
  }

  /** A block that nobody has touched in this copy; long ones by default. */
  #take(least = 60, has = ""): WorldBlock {
    const fit = this.#free.filter(({ text }) => text.length >= least && text.includes(has));
    const one = this.#r.pick(fit);
    this.#free.splice(this.#free.indexOf(one), 1);
    return one;
  }

  #open(block: WorldBlock): { paragraph: EditedParagraph; start: number } {
    const paragraph = this.#edit.under(block.bookmark);
    return { paragraph, start: this.#edit.startOf(paragraph, block.bookmark) };
  }

  /** Some whole words of a text. */
  #words(text: string, most = 8): [number, number] {
    const words = [...text.matchAll(/[\p{L}\p{M}\p{N}]+/gu)];
    const first = this.#r.int(Math.max(words.length - 1, 1));
    const last = Math.min(first + this.#r.int(most), words.length - 1);
    const [a, b] = [words[first], words[last]];
    return [a?.index ?? 0, (b?.index ?? 0) + (b?.[0].length ?? 0)];
  }

  comment(): void {
    const block = this.#take(20);
    const { paragraph, start } = this.#open(block);
    const [from, to] = this.#words(block.text);
    const said = this.#said;
    this.#edit.comment([paragraph, start + from], [paragraph, start + to], said);
    const at: ExpectedPlace = { scope: "range", from: [block.block.id, from], to: [block.block.id, to] };
    this.expected.push({ kind: "comment", person: this.#person, text: said.text, at });
  }

  /** On the end of one paragraph and the beginning of the next of its slot. */
  commentOver(): void {
    const { blocks } = this.#world;
    const pairs = blocks.flatMap((block, index) => {
      const next = blocks[index + 1];
      return next?.slot === block.slot && this.#free.includes(block) && this.#free.includes(next)
        ? [{ block, next }]
        : [];
    });
    const { block, next } = this.#r.pick(pairs);
    for (const one of [block, next]) this.#free.splice(this.#free.indexOf(one), 1);
    const [from] = this.#words(block.text, 1);
    const [, to] = this.#words(next.text, 1);
    const [a, b] = [this.#open(block), this.#open(next)];
    const said = this.#said;
    this.#edit.comment([a.paragraph, a.start + from], [b.paragraph, b.start + to], said);
    const at: ExpectedPlace = { scope: "range", from: [block.block.id, from], to: [next.block.id, to] };
    this.expected.push({ kind: "comment", person: this.#person, text: said.text, at });
  }

  commentInCell(): void {
    const { bookmark } = this.#world.table;
    const cells = tableGrid(this.#world.table.block.table ?? { id: "", widths: [], rows: [] }).rows.flat();
    const cell = this.#r.pick(cells).cell;
    if (!cell) return;
    const words = cellText(cell);
    const paragraph = this.#edit.cellAfter(this.#edit.under(bookmark), words);
    const said = this.#said;
    this.#edit.comment([paragraph, 0], [paragraph, words.length], said);
    this.expected.push({
      kind: "comment",
      person: this.#person,
      text: said.text,
      at: { scope: "cell", cell: cell.id },
    });
  }

  /** Under a comment that was there when the file went out. */
  replyToOurs(number: number, comment: string): void {
    const said = this.#said;
    this.#edit.reply(number, said);
    this.expected.push({ kind: "reply", person: this.#person, text: said.text, to: comment });
  }

  commentAndReply(): void {
    const block = this.#take(20);
    const { paragraph, start } = this.#open(block);
    const [from, to] = this.#words(block.text);
    const said = this.#said;
    const number = this.#edit.comment([paragraph, start + from], [paragraph, start + to], said);
    const at: ExpectedPlace = { scope: "range", from: [block.block.id, from], to: [block.block.id, to] };
    this.expected.push({ kind: "comment", person: this.#person, text: said.text, at });
    const more = { ...this.#said, date: "2022-01-05T10:30:00Z" };
    this.#edit.reply(number, more);
    this.expected.push({ kind: "reply", person: this.#person, text: more.text, to: said.text });
  }

  /** Words replaced by others: tracked, or not. */
  reword(tracked: boolean): void {
    const block = this.#take();
    const { paragraph, start } = this.#open(block);
    const [from, to] = this.#words(block.text, 4);
    const text = this.#r.pick(["kịp thời, thiết thực", "quyết liệt hơn", "cụ thể theo từng tháng", "đúng quy định"]);
    if (tracked) {
      this.#edit.trackedDelete(paragraph, start + from, start + to, this.#hand);
      this.#edit.trackedInsert(paragraph, start + from, text, this.#hand);
    } else this.#edit.replace(paragraph, start + from, start + to, text);
    this.#wording(block, block.text.slice(0, from) + text + block.text.slice(to));
  }

  insert(tracked: boolean): void {
    const block = this.#take();
    const { paragraph, start } = this.#open(block);
    const [, at] = this.#words(block.text, 1);
    const text = this.#r.pick([" đồng bộ", ", trọng tâm", " và thực chất"]);
    if (tracked) this.#edit.trackedInsert(paragraph, start + at, text, this.#hand);
    else this.#edit.replace(paragraph, start + at, start + at, text);
    this.#wording(block, block.text.slice(0, at) + text + block.text.slice(at));
  }

  cut(tracked: boolean): void {
    const block = this.#take();
    const { paragraph, start } = this.#open(block);
    const at = block.text.indexOf(",");
    const end = block.text.indexOf(" với ", at);
    if (tracked) this.#edit.trackedDelete(paragraph, start + at, start + end, this.#hand);
    else this.#edit.replace(paragraph, start + at, start + end, "");
    this.#wording(block, block.text.slice(0, at) + block.text.slice(end));
  }

  #wording(block: WorldBlock, result: string): void {
    this.expected.push({ kind: "wording", person: this.#person, block: block.block.id, result });
  }

  addParagraph(tracked: boolean): void {
    const block = this.#take();
    const { paragraph } = this.#open(block);
    const text = `Đề nghị thêm nội dung số ${this.#tag}-${++this.#count} về chăm lo đời sống người lao động.`;
    if (tracked) this.#edit.trackedParagraph(paragraph, text, this.#hand);
    else this.#edit.addParagraph(paragraph, text);
    this.expected.push({ kind: "words", person: this.#person, block: block.block.id, words: text });
  }

  removeParagraph(tracked: boolean): void {
    const block = this.#take();
    const { paragraph } = this.#open(block);
    if (tracked) this.#edit.trackedRemoval(paragraph, this.#hand);
    else this.#edit.remove(paragraph);
    this.expected.push({ kind: "words", person: this.#person, block: block.block.id, words: "Đề nghị bỏ đoạn này." });
  }

  /** A paragraph dragged behind another of its slot or of another slot. */
  move(): void {
    const [moved, after] = [this.#take(), this.#take()];
    this.#edit.move([this.#open(moved).paragraph], this.#open(after).paragraph);
    this.expected.push({ kind: "words", person: this.#person, block: moved.block.id, words: "Đề nghị chuyển" });
  }

  partParagraph(): void {
    const block = this.#take(120, ". ");
    const { paragraph, start } = this.#open(block);
    const at = block.text.indexOf(". ") + 1;
    this.#edit.part(paragraph, start + at + 1);
    this.#wording(block, `${block.text.slice(0, at)}\n${block.text.slice(at + 1)}`);
  }

  /** A comment on words that were pasted in. */
  commentOnNew(): void {
    const block = this.#take();
    const { paragraph } = this.#open(block);
    const text = `Nội dung mới ${this.#tag}-${++this.#count} được dán từ báo cáo của chi bộ.`;
    this.#edit.addParagraph(paragraph, text);
    this.expected.push({ kind: "words", person: this.#person, block: block.block.id, words: text });
    const added = this.#edit.paragraphs.find((one) => textOf(one) === text);
    if (!added) throw new Error("it was put in");
    const said = this.#said;
    this.#edit.comment([added, 0], [added, text.length], said);
    this.expected.push({
      kind: "comment",
      person: this.#person,
      text: said.text,
      at: { scope: "beside", block: block.block.id },
    });
  }
}

const ACTS: Readonly<Record<string, (author: Author) => void>> = {
  comment: (author) => author.comment(),
  over: (author) => author.commentOver(),
  cell: (author) => author.commentInCell(),
  thread: (author) => author.commentAndReply(),
  tracked: (author) => author.reword(true),
  trackedInsert: (author) => author.insert(true),
  trackedCut: (author) => author.cut(true),
  silent: (author) => author.reword(false),
  silentInsert: (author) => author.insert(false),
  silentCut: (author) => author.cut(false),
  trackedParagraph: (author) => author.addParagraph(true),
  paragraph: (author) => author.addParagraph(false),
  trackedRemoval: (author) => author.removeParagraph(true),
  removal: (author) => author.removeParagraph(false),
  move: (author) => author.move(),
  part: (author) => author.partParagraph(),
  onNew: (author) => author.commentOnNew(),
};

/** How people's names stand in files: as they are, or as Word, a phone or a colleague writes them. */
const SPELLINGS: readonly ((name: string, unit: string) => string)[] = [
  (name) => name,
  (name, unit) => `${name} (${unit})`,
  (name) => `Đ/c ${name}`,
  (name) => name.toLocaleUpperCase("vi"),
  (name) => name.normalize("NFD"),
  (name) => {
    const words = name.split(" ");
    return [...words.slice(-1), ...words.slice(0, -1)].join(" ");
  },
];

/** Some copies of one round as delegates send them back, each with what has to come of it. */
export async function makeCopies(world: World, seed: number, count = 30): Promise<MadeCopy[]> {
  const copies: MadeCopy[] = [];
  const sentDraft = await exportReport(world.report, "draft", { round: 1 });
  for (let number = 0; number < count; number++) {
    const r = random(seed * 1000 + number);
    const person = world.delegates[number];
    if (!person) throw new Error("there are delegates");
    // Every fourth is the draft with everybody's comments; of the others some were made out for one delegate.
    const isDraft = number % 4 === 3;
    const isOwn = !isDraft && number % 3 === 0;
    const sent = isDraft
      ? sentDraft
      : await exportReport(world.frozen, "for-comment", {
          round: 1,
          allow: number % 2 === 0 ? "comments" : "changes",
          ...(isOwn ? { person } : {}),
        });
    // Every fifth went out when labels were still text.
    const edit = new WordEdit(number % 5 === 4 ? resaved(sent, [typedLabels], r) : sent);
    // A copy in which a colleague has written as well: whose an untracked change is, nobody could tell.
    const merged = number % 7 === 5;
    const wanted = WAYS[number % WAYS.length] ?? "word";
    const way = merged && wanted === "accepted" ? "word" : wanted;
    const free = [...world.blocks];
    const write = (who: typeof person, acts: number, silent: boolean): Author => {
      const spell = isOwn && who === person && number % 2 === 0 ? () => "Windows User" : r.pick(SPELLINGS);
      const author = new Author(world, r, edit, free, {
        name: spell(who.name, who.unit),
        person: who.id,
        tag: `${number}-${who.id}`,
      });
      author.expected.length = 0;
      author.comment();
      const names = Object.keys(ACTS).filter((name) => silent || /^(?:comment|over|cell|thread|tracked)/u.test(name));
      for (let act = 0; act < acts; act++) ACTS[r.pick(names)]?.(author);
      if (isDraft) {
        const [nth, comment] = r.pick(
          world.report.threads.map((thread, index) => [numberOf(world, index), thread.comment.id] as const),
        );
        author.replyToOurs(nth, comment);
      }
      return author;
    };
    const authors = [write(person, 5 + r.int(5), !merged)];
    const other = world.delegates[count + number];
    if (merged && other) authors.push(write(other, 3, false));
    copies.push({
      person: person.id,
      name: `gop-y-${number + 1}.docx`,
      bytes: savedAs(edit, way),
      expected: authors.flatMap(({ expected }) => expected),
      way,
    });
  }
  return copies;
}

/** The number under which a thread stands in a draft: behind the replies of those before it. */
function numberOf({ report }: World, index: number): number {
  return report.threads.slice(0, index).reduce((sum, { replies }) => sum + 1 + replies.length, 0);
}

function savedAs(edit: WordEdit, way: Way): Uint8Array {
  if (way === "no-ids") edit.setFile("docProps/custom.xml", null);
  if (way === "accepted") return edit.save(acceptAll);
  if (way === "no-bookmarks") return edit.save((xml) => xml.replaceAll(/<w:bookmark(?:Start|End) [^>]*\/>/gu, ""));
  if (way === "bare") return withoutParts(edit.save(), ["commentsIds", "commentsExtensible", "people"]);
  return edit.save();
}

/** As a program saves a file that knows only the oldest part about comments, and no initials. */
function withoutParts(bytes: Uint8Array, parts: readonly string[]): Uint8Array {
  const files = unzipSync(bytes);
  const change = (name: string, by: (xml: string) => string): void => {
    const file = files[name];
    if (file) files[name] = strToU8(by(strFromU8(file)));
  };
  for (const part of parts) {
    delete files[`word/${part}.xml`];
    const entries = new RegExp(`<(?:Override|Relationship) [^>]*${part}\\.xml"[^>]*/>`, "gu");
    for (const name of ["[Content_Types].xml", "word/_rels/document.xml.rels"])
      change(name, (xml) => xml.replaceAll(entries, ""));
  }
  change("word/comments.xml", (xml) => xml.replaceAll(/ w:initials="[^"]*"/gu, ""));
  return zipSync(files);
}

/** Every change taken up, as by one button: what was tracked no longer is. */
function acceptAll(xml: string): string {
  return xml
    .replaceAll(/<w:p(?: [^>]*)?>(?:(?!<\/w:p>).)*?<w:del [^>]*\/>(?:(?!<\/w:p>).)*<\/w:p>/gsu, "")
    .replaceAll(/<w:del [^>]*[^/]>.*?<\/w:del>/gsu, "")
    .replaceAll(/<w:ins [^>]*\/>/gu, "")
    .replaceAll(/<w:ins [^>]*[^/]>(.*?)<\/w:ins>/gsu, "$1");
}
