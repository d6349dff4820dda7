import { readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import type { WordFile, WordParagraph } from "#docx";
import { exportReport, readWordFile } from "#docx";
import type { Report } from "#model";
import { shippedCatalogue } from "../support/catalogue.ts";
import { convertWithOffice } from "../support/office.ts";
import { random } from "../support/random.ts";
import * as resaved from "../support/resaved.ts";
import { block, decision, PEOPLE, rangeThread, sampleReport } from "../support/sample-report.ts";

const DOCUMENT = join(import.meta.dirname, "../../docs/word-round-trip.md");

/** What has to come back, in the order of the table's columns. */
const THINGS = [
  "words",
  "numbers",
  "bookmarks",
  "properties",
  "comments",
  "ranges",
  "replies",
  "resolved",
  "durable ids",
  "times",
  "tracked changes",
  "protection",
] as const;
type Thing = (typeof THINGS)[number];
type Fate = "kept" | "recovered" | "changed" | "lost";
type Facts = Readonly<Record<Thing, unknown>>;

const plain = (paragraph: WordParagraph | undefined): string => paragraph?.runs.map(({ text }) => text).join("") ?? "";
/** What one reads, with the number or sign before it. */
const shown = ({ list }: WordParagraph, words: string): string =>
  list === null || list.label === "" || words === ""
    ? words
    : `${list.label}${words.startsWith("\n") ? "" : " "}${words}`;
const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);
/** The words with every change taken, without the empty paragraphs that programs put in and take out as they like. */
const standing = ({ paragraphs }: WordFile): string =>
  paragraphs
    .map((paragraph) => {
      const { runs, mark } = paragraph;
      const words = runs.map(({ text, change }) => (change?.kind === "deleted" ? "" : text)).join("");
      return mark?.kind === "deleted" ? words : `${shown(paragraph, words)}\n`;
    })
    .join("")
    .replaceAll(/\n+/g, "\n")
    .trim();

/** What a file says of each thing, so that two files can be compared whatever their order of comments. */
function facts(file: WordFile): Facts {
  const byWords = file.comments.toSorted((a, b) => (a.text + a.author < b.text + b.author ? -1 : 1));
  const text = new Map(file.comments.map((comment) => [comment.id, comment.text]));
  const filled = file.paragraphs.flatMap((paragraph) => (plain(paragraph).trim() === "" ? [] : [paragraph.index]));
  const place = (paragraph: number): number => filled.indexOf(paragraph);
  return {
    words: standing(file),
    numbers: file.paragraphs.flatMap((paragraph) =>
      plain(paragraph).trim() === "" ? [] : [[paragraph.list?.label ?? "", shown(paragraph, plain(paragraph))]],
    ),
    bookmarks: file.paragraphs.flatMap(({ bookmarks }) =>
      bookmarks.flatMap(({ name }) => (/^_tk[bs]_/.test(name) ? [name] : [])),
    ),
    properties: Object.entries(file.properties)
      .filter(([name]) => name.startsWith("Tongket"))
      .toSorted(([a], [b]) => (a < b ? -1 : 1)),
    comments: byWords.map((comment) => [comment.author, comment.text]),
    ranges: byWords.map(({ quote, range }) => [range && place(range.from.paragraph), quote, range?.from.at]),
    replies: byWords.map(({ parent }) => parent !== null && text.get(parent)),
    resolved: byWords.map(({ resolved }) => resolved),
    "durable ids": byWords.map(({ durableId }) => durableId),
    times: byWords.map(({ date, dateUtc }) => [date.slice(0, 16), dateUtc]),
    "tracked changes": file.paragraphs.flatMap(({ runs, mark }) => [
      ...runs.flatMap(({ change, text: words }) => (change ? [[change.kind, change.author, words]] : [])),
      ...(mark ? [[mark.kind, mark.author]] : []),
    ]),
    protection: file.protection,
  };
}

/**
 * Recovered: not there as it was, and found all the same by what is there. Changed: the words are others, and what stands
 * on them still stands in its paragraph.
 */
function fate(thing: Thing, before: Facts, after: Facts, hasThreads: boolean): Fate {
  const [was, is] = [before[thing], after[thing]];
  if (same(was, is)) return thing === "replies" && !hasThreads ? "recovered" : "kept";
  const first = (list: unknown): unknown => (list as unknown[][]).map(([entry]) => entry);
  if (thing === "times" && same(first(was), first(is))) return "recovered";
  const second = (list: unknown): unknown => (list as unknown[][]).map(([, entry]) => entry);
  if (thing === "numbers" && same(first(was), first(is))) return "kept";
  if (thing === "numbers" && same(second(was), second(is))) return "recovered";
  const hasNewWords = !same(before.words, after.words) || !same(before["tracked changes"], after["tracked changes"]);
  if (thing === "ranges" && hasNewWords && same(first(was), first(is))) return "changed";
  return thing === "words" ? "changed" : "lost";
}

let draft: Uint8Array;
let copy: Uint8Array;
let before: { readonly draft: Facts; readonly copy: Facts };
let rows: Map<string, readonly Uint8Array[]>;

beforeAll(async () => {
  const catalogue = await shippedCatalogue();
  const template = catalogue.templates.get("party-committee");
  const ruleSet = template && catalogue.ruleSets.get(template.ruleSet);
  const [chair, drafter, one, two] = PEOPLE;
  if (!template || !ruleSet || !chair || !drafter || !one || !two) throw new Error("the Party template is shipped");
  const blocks = [
    block("k-1", 'Đoạn thứ nhất nói về "công tác cán bộ" và kết quả.'),
    block("k-2", "Đoạn thứ hai nói về phương hướng, nhiệm vụ năm tới."),
    block("k-3", "Đoạn thứ ba."),
  ];
  const [a, b, c] = blocks;
  if (!a || !b || !c) throw new Error("three blocks");
  const base = sampleReport(template, ruleSet);
  const reply = (id: string, text: string, createdAt: string): Report["threads"][number]["replies"][number] => ({
    reply: { id, comment: "c1", author: two.id, text, createdAt, withdrawn: false },
    author: two,
  });
  const report: Report = {
    ...base,
    slots: { ...base.slots, ideology: blocks },
    threads: [
      rangeThread(
        "c1",
        "ideology",
        { block: a, offset: 5 },
        { block: a, offset: 13 },
        {
          replies: [
            reply("r1", "Tôi cũng thấy vậy.", "2022-01-03T04:00:00.000Z"),
            reply("r2", "Nhất trí.", "2022-01-03T05:00:00.000Z"),
          ],
          decision: decision("c1", {
            outcome: "keep",
            response: "Giữ nguyên vì đã rõ.",
            validatedBy: chair.id,
            validatedAt: "2022-01-05T01:00:00.000Z",
          }),
        },
      ),
      rangeThread("c2", "ideology", { block: a, offset: 30 }, { block: c, offset: 4 }, { author: two }),
      rangeThread(
        "c3",
        "ideology",
        { block: b, offset: 0 },
        { block: b, offset: 12 },
        { comment: { proposal: "Đoạn hai" } },
      ),
    ],
  };
  draft = await exportReport(report, "draft", { track: true });
  copy = await exportReport(report, "for-comment");

  before = { draft: facts(readWordFile(draft)), copy: facts(readWordFile(copy)) };

  const single: Readonly<Record<string, readonly resaved.Resaving[]>> = {
    "paragraph ids made anew": [resaved.newParagraphIds],
    "runs split, sittings marked": [resaved.splitRuns],
    "runs merged": [resaved.mergedRuns],
    "spelling marked": [resaved.spellingMarks],
    "paragraphs in content controls": [resaved.contentControls],
    "styles numbered anew": [resaved.renamedStyles("kept")],
    "styles renamed": [resaved.renamedStyles("new")],
    "numbers as text": [resaved.typedLabels],
    "lists written anew": [resaved.ownLists],
    "lists dropped": [resaved.noLists],
    "comments numbered anew": [resaved.renumberedComments],
    "quotation marks made round": [resaved.roundQuotes],
    "bookmarks dropped": [resaved.noBookmarks],
    "properties dropped": [resaved.noProperties],
    "threads dropped": [resaved.noThreads],
    "durable ids dropped": [resaved.noDurableIds],
    "initials dropped": [resaved.scrubbedComments(["initials"])],
    "names and dates removed": [resaved.scrubbedComments(["author", "initials", "date"])],
    "protection lifted": [resaved.noProtection],
    "all changes accepted": [resaved.acceptedChanges],
  };
  const changed = (resavings: readonly resaved.Resaving[]): readonly Uint8Array[] =>
    [draft, copy].map((bytes) => resaved.resaved(bytes, resavings, random(7)));
  const saved = await convertWithOffice([draft, copy], "docx");
  rows = new Map<string, readonly Uint8Array[]>([
    ["LibreOffice, saved as .docx", saved],
    ["Word 365", changed(resaved.PROGRAMS["word-365"])],
    ["Word 2010", changed(resaved.PROGRAMS["word-2010"])],
    ["Google Docs", changed(resaved.PROGRAMS["google-docs"])],
    ["WPS Office", changed(resaved.PROGRAMS.wps)],
    ...Object.entries(single).map(([name, resavings]): [string, readonly Uint8Array[]] => [name, changed(resavings)]),
  ]);
});

/** Protection stands in the copy for comment, everything else in the draft. */
function rowOf(files: readonly Uint8Array[]): Fate[] {
  const [draftAfter, copyAfter] = files;
  if (!draftAfter || !copyAfter) throw new Error("two files");
  const hasThreads = resaved.partText(draftAfter, "word/commentsExtended.xml").includes("paraIdParent");
  const [inDraft, inCopy] = [facts(readWordFile(draftAfter)), facts(readWordFile(copyAfter))];
  return THINGS.map((thing) =>
    thing === "protection"
      ? fate(thing, before.copy, inCopy, hasThreads)
      : fate(thing, before.draft, inDraft, hasThreads),
  );
}

describe("a file of ours that other programs saved", () => {
  it("has in it what the table is about", () => {
    const has = before.draft as Readonly<Record<Thing, unknown[]>>;
    expect(has.bookmarks.length).toBeGreaterThan(30);
    expect(has.comments.length).toBe(6);
    expect(new Set(has.replies)).toEqual(new Set([false, expect.stringContaining("(c1)")]));
    expect(has.resolved).toContain(true);
    expect(has["tracked changes"].length).toBeGreaterThan(1);
    expect(has.properties.length).toBeGreaterThan(3);
    expect(before.copy.protection).toBe("comments");
  });

  it("comes back as docs/word-round-trip.md says, thing by thing", () => {
    const table = [
      ["saved by, or changed in", ...THINGS],
      ...[...rows].map(([name, files]) => [name, ...rowOf(files)]),
    ];
    const written = readFileSync(DOCUMENT, "utf8")
      .split("\n")
      .filter((line) => line.startsWith("| "))
      .map((line) =>
        line
          .split("|")
          .slice(1, -1)
          .map((cell) => cell.trim()),
      )
      .filter(([first = ""]) => !/^-+$/.test(first));
    expect(written).toEqual(table);
  });
});
