import { beforeAll, describe, expect, it } from "vitest";
import * as Y from "yjs";
import { docFrom } from "#collab";
import { putComment, readNotes } from "#comments";
import type { Report } from "#model";
import type { Catalogue } from "#server";
import { exportReport } from "#docx";
import { shippedCatalogue } from "../support/catalogue.ts";
import { random } from "../support/random.ts";
import type { MadeCopy } from "./copies.ts";
import { makeCopies } from "./copies.ts";
import { editionsOf, shuffled } from "./editions.ts";
import { arrived, judge, readCopies, reportWith, sayings, shown, takenInto, takenInTurn } from "./trial.ts";
import { textOf, WordEdit } from "./word-edit.ts";
import type { World } from "./world.ts";
import { makeWorld } from "./world.ts";

let catalogue: Catalogue;
let world: World;
beforeAll(async () => {
  catalogue = await shippedCatalogue();
  world = makeWorld(catalogue, 7);
});

/** A copy made out for the first delegate, with whatever `act` does to it. */
async function copyWith(act: (edit: WordEdit) => void, from: Report = world.frozen): Promise<MadeCopy> {
  const person = world.report.people.find(({ id }) => id === "d1");
  const bytes = await exportReport(from, "for-comment", { round: 1, ...(person ? { person } : {}) });
  const edit = new WordEdit(bytes);
  act(edit);
  return { name: "copy.docx", person: "d1", bytes: edit.save(), expected: [], way: "word" };
}

async function take(copies: readonly MadeCopy[], notes: ReadonlyMap<string, Uint8Array> = world.file.notes) {
  // What came before stands in the report that the copies are read beside; the round's own file is another value.
  const beside = notes === world.file.notes ? world : { ...world, report: reportWith(world, notes) };
  const { read, asked } = await readCopies(beside, copies);
  const taken = takenInto(world, read, notes);
  const known = new Set(world.report.threads.map(({ comment }) => comment.id));
  const report = reportWith(world, taken.notes);
  return { ...taken, read, asked, report, threads: report.threads.filter(({ comment }) => !known.has(comment.id)) };
}

const HAND = { author: "Windows User", date: "2022-01-05T09:10:00Z" };

function block(index: number): World["blocks"][number] {
  const found = world.blocks[index];
  if (!found) throw new Error(`there is no block ${index}`);
  return found;
}

function commentOn(edit: WordEdit, index: number, words: string, text: string, over: object = {}): number {
  const { bookmark, text: all } = block(index);
  const paragraph = edit.under(bookmark);
  const from = edit.startOf(paragraph, bookmark) + all.indexOf(words);
  return edit.comment([paragraph, from], [paragraph, from + words.length], { ...HAND, text, ...over });
}

describe("30 copies of one round", () => {
  // `npm run returned` does as many rounds as one likes.
  it("bring exactly what the delegates said, each at its place; again, and in another order, the same", async () => {
    const one = makeWorld(catalogue, 1);
    const copies = await arrived(await makeCopies(one, 1));
    const { read } = await readCopies(one, copies);
    const { notes } = takenInto(one, read, one.file.notes);
    const report = reportWith(one, notes);
    const found = judge(one, report, copies, read);
    expect(found.expected).toBeGreaterThan(200);
    expect([...found.wrong, ...found.lost, ...found.surplus]).toEqual([]);
    expect(found.exact / found.expected).toBeGreaterThanOrEqual(0.97);
    const { read: anew } = await readCopies({ ...one, report }, copies);
    expect(takenInto(one, anew, notes).taken.records.size).toBe(0);
    expect(anew.map(({ copy }) => copy.remarks.length)).toEqual(read.map(({ copy }) => copy.remarks.length));
    const other = takenInto(one, read.toReversed(), one.file.notes);
    expect(sayings(reportWith(one, other.notes))).toEqual(sayings(report));
  });
});

describe("a copy that comes again", () => {
  it.each([HAND.author, "Nguyễn Văn An"])(
    "changes a comment that was edited, leaves one that was deleted, and brings what is new (%s)",
    async (author) => {
      const first = await take([
        await copyWith((edit) => {
          commentOn(edit, 3, "năm", "Ý kiến một", { author, durableId: "00000011" });
          commentOn(edit, 5, "năm", "Ý kiến hai", { author, durableId: "00000012" });
        }),
      ]);
      expect(first.threads.map(({ comment }) => comment.text).toSorted()).toEqual(["Ý kiến hai", "Ý kiến một"]);
      const later = await copyWith((edit) => {
        commentOn(edit, 3, "năm", "Ý kiến một, đã sửa", { author, durableId: "00000011" });
        commentOn(edit, 8, "năm", "Ý kiến ba", { author, durableId: "00000013" });
        edit.setFile(
          "docProps/core.xml",
          edit.file("docProps/core.xml").replaceAll(/>\d{4}-[^<]*Z</gu, ">2022-01-06T08:00:00Z<"),
        );
      });
      const second = await take([later], first.notes);
      const texts = second.threads.map(({ comment }) => comment.text).toSorted();
      expect(texts).toEqual(["Ý kiến ba", "Ý kiến hai", "Ý kiến một, đã sửa"]);
      expect(second.taken.copies).toEqual([{ fates: ["changed", "new"], late: 0 }]);
      expect((await take([later], second.notes)).taken.records.size).toBe(0);
    },
  );

  it("has a wider wording take the place of the narrower one of the same sentence", async () => {
    const { bookmark, text } = block(0);
    const rest = text.slice(0, text.indexOf("."));
    const [from, to] = [rest.indexOf(","), rest.length];
    const edited = (wide: boolean) => (edit: WordEdit) => {
      const paragraph = edit.under(bookmark);
      const start = edit.startOf(paragraph, bookmark);
      edit.trackedDelete(paragraph, start + from + 2, start + to, HAND);
      edit.trackedInsert(paragraph, start + from + 2, "kết quả tốt", HAND);
      if (wide) edit.trackedInsert(paragraph, start, "Năm qua, ", HAND);
    };
    const narrow = await copyWith(edited(false));
    const first = await take([narrow]);
    const second = await take([await copyWith(edited(true))], first.notes);
    const standing = second.threads.filter(({ comment }) => !comment.withdrawn);
    expect(standing.map(({ comment }) => comment.proposal?.startsWith("Năm qua, "))).toEqual([true]);
    const third = await take([narrow], second.notes);
    expect(third.taken.records.size).toBe(0);
  });
});

it("knows our own comments by author and minute where a file keeps no more of them, as a .doc does", async () => {
  const edit = new WordEdit(await exportReport(world.report, "draft", { round: 1 }));
  const told = edit.file("word/comments.xml").replaceAll(/(?<=w:date="\d{4}-\d\d-\d\dT\d\d:\d\d:)\d\d/gu, "00");
  expect(told).not.toBe(edit.file("word/comments.xml"));
  edit.setFile("word/comments.xml", told);
  edit.setFile("word/commentsIds.xml", edit.file("word/commentsIds.xml").replaceAll(/<w16cid:commentId [^>]*>/gu, ""));
  const copy: MadeCopy = { name: "ý kiến.doc", person: "d1", bytes: edit.save(), expected: [], way: "word" };
  const { read, threads } = await take([copy]);
  expect(read[0]?.copy.ours).toBeGreaterThan(5);
  expect(read[0]?.copy.remarks).toEqual([]);
  expect(threads).toEqual([]);
});

/** What programs leave out that know comments of old alone. */
function withoutIds(edit: WordEdit): void {
  for (const part of ["commentsIds", "commentsExtensible"]) {
    const gone = new RegExp(`<(?:Override|Relationship) [^>]*${part}\\.xml"[^>]*/>`, "gu");
    edit.setFile(`word/${part}.xml`, null);
    for (const name of ["[Content_Types].xml", "word/_rels/document.xml.rels"]) {
      edit.setFile(name, edit.file(name).replaceAll(gone, ""));
    }
  }
}

/** Has a copy say when it was saved; null for one that does not. */
function savedAt(edit: WordEdit, time: string | null, revision = 1): void {
  const core = edit.file("docProps/core.xml");
  const told = core
    .replace(/(modified[^>]*>)[^<]*/u, `$1${time ?? ""}`)
    .replace(/(<cp:revision>)[^<]*/u, `$1${revision}`);
  edit.setFile("docProps/core.xml", told);
}

interface Edition {
  readonly text: string;
  readonly time: string | null;
  readonly revision?: number;
  readonly more?: string;
}

const edition = ({ text, time, revision = 1, more }: Edition): Promise<MadeCopy> =>
  copyWith((edit) => {
    commentOn(edit, 3, "năm", text);
    if (more !== undefined) commentOn(edit, 5, "năm", more, { date: "2022-01-05T11:00:00Z" });
    savedAt(edit, time, revision);
  });

/** What stands after copies were taken one by one: words, those kept beside them, when edited. */
async function after(copies: readonly MadeCopy[]) {
  let notes: ReadonlyMap<string, Uint8Array> = world.file.notes;
  const fates: string[][] = [];
  let threads: Report["threads"] = [];
  for (const copy of copies) {
    const taken = await take([copy], notes);
    ({ notes, threads } = taken);
    fates.push(...taken.taken.copies.map((each) => [...each.fates]));
  }
  const stands = threads
    .filter(({ comment }) => !comment.withdrawn)
    .map(({ comment, replies }) => [
      comment.text,
      comment.proposal ?? "",
      comment.editedAt ?? "",
      ...replies.flatMap(({ reply }) => (reply.withdrawn ? [] : [reply.text])),
    ])
    .toSorted((a, b) => ((a[0] ?? "") < (b[0] ?? "") ? -1 : 1));
  return { stands, fates, notes };
}

describe("an older copy that comes after a newer one", () => {
  const one = { text: "Lời đầu", time: "2022-01-05T08:00:00Z", revision: 2 };
  const two = { text: "Lời sau", time: "2022-01-06T08:00:00Z", revision: 4 };

  it("takes no comment back to its older words, and says that they are older", async () => {
    const [early, late] = [await edition(one), await edition(two)];
    const backwards = await after([late, early]);
    expect(backwards.stands).toEqual([["Lời sau", "", "2022-01-06T08:00:00.000Z"]]);
    expect(backwards.fates).toEqual([["new"], ["older"]]);
    const forwards = await after([early, late]);
    expect(forwards.stands).toEqual(backwards.stands);
    expect(forwards.fates).toEqual([["new"], ["changed"]]);
    expect((await take([late, early], backwards.notes)).taken.records.size).toBe(0);
  });

  it("is told by how often it was saved where both were saved in one minute", async () => {
    const [early, late] = [await edition(one), await edition({ ...two, time: one.time })];
    for (const order of [
      [early, late],
      [late, early],
    ]) {
      expect((await after(order)).stands.map(([text]) => text)).toEqual(["Lời sau"]);
    }
  });

  it("is told by the remarks it lacks where no copy says when it was saved", async () => {
    const early = await edition({ text: "Lời đầu", time: null });
    const late = await edition({ text: "Lời sau", time: null, more: "Ý kiến viết sau" });
    const forwards = await after([early, late]);
    const backwards = await after([late, early]);
    expect(forwards.stands.map(([text]) => text)).toEqual(["Lời sau", "Ý kiến viết sau"]);
    expect(backwards.stands).toEqual(forwards.stands);
    expect(backwards.fates).toEqual([["new", "new"], ["older"]]);
  });

  it("keeps both wordings where nothing tells which of them is the later, the same in any order", async () => {
    const [a, b] = [await edition({ text: "Lời một", time: null }), await edition({ text: "Lời hai", time: null })];
    const forwards = await after([a, b]);
    expect(forwards.stands).toHaveLength(1);
    const [said = "", , , beside = ""] = forwards.stands[0] ?? [];
    expect([said, beside.replace(/^.*\) /u, "")].toSorted()).toEqual(["Lời hai", "Lời một"]);
    expect((await after([b, a])).stands).toEqual(forwards.stands);
    // A copy that says when it was saved settles it.
    const late = await edition({ ...two, text: "Lời một" });
    for (const order of [
      [a, b, late],
      [late, a, b],
      [b, late, a],
    ]) {
      const { stands } = await after(order);
      expect(stands.map(([text]) => text)).toEqual(["Lời một"]);
    }
  });

  it("does not undo what the author has gone back to, nor what was edited here since", async () => {
    const back = await edition({ ...one, time: "2022-01-06T12:00:00Z", revision: 6 });
    const [early, late] = [await edition(one), await edition(two)];
    const ends = [
      await after([early, late, back]),
      await after([back, late, early]),
      await after([early, back, late]),
    ].map(({ stands }) => stands);
    expect(ends[0]?.map(([text]) => text)).toEqual(["Lời đầu"]);
    expect(ends[1]).toEqual(ends[0]);
    expect(ends[2]).toEqual(ends[0]);

    const { notes } = await after([early]);
    const doc = docFrom(notes.get("d1") ?? new Uint8Array());
    const [comment] = readNotes(doc, "d1").comments.filter(({ text }) => text === "Lời đầu");
    if (!comment) throw new Error("the comment came");
    putComment(doc, { ...comment, text: "Sửa trên máy chủ", editedAt: "2022-01-05T09:00:00.000Z" });
    const edited = new Map([...notes, ["d1", Y.encodeStateAsUpdate(doc)]]);
    const again = await take([await edition({ ...one, time: "2022-01-06T08:00:00Z", revision: 3 })], edited);
    expect(again.threads.map((thread) => thread.comment.text)).toEqual(["Sửa trên máy chủ"]);
    const anew = await take([late], edited);
    expect(anew.threads.map((thread) => thread.comment.text)).toEqual(["Lời sau"]);
  });

  it("brings no wording that a later copy has narrowed or widened", async () => {
    const { bookmark, text } = block(0);
    const rest = text.slice(0, text.indexOf("."));
    const [from, to] = [rest.indexOf(",") + 2, rest.length];
    const copy = (wide: boolean, time: string) =>
      copyWith((edit) => {
        const paragraph = edit.under(bookmark);
        const start = edit.startOf(paragraph, bookmark);
        edit.trackedDelete(paragraph, start + from, start + to, HAND);
        edit.trackedInsert(paragraph, start + from, "kết quả tốt", HAND);
        if (wide) edit.trackedInsert(paragraph, start, "Năm qua, ", HAND);
        savedAt(edit, time);
      });
    for (const [first, second] of [
      [true, false],
      [false, true],
    ] as const) {
      const [early, late] = [await copy(first, "2022-01-05T08:00:00Z"), await copy(second, "2022-01-06T08:00:00Z")];
      const back = await copy(first, "2022-01-06T12:00:00Z");
      const ends = [await after([early, late]), await after([late, early])];
      for (const { stands } of ends) {
        expect(stands.map(([, proposal = ""]) => proposal.startsWith("Năm qua"))).toEqual([second]);
      }
      expect(ends[1]?.fates).toEqual([["new"], ["older"]]);
      const { stands } = await after([early, late, back]);
      expect(stands.map(([, proposal = ""]) => proposal.startsWith("Năm qua"))).toEqual([first]);
    }
  });
});

describe("copies of a day before among 30 of a round", () => {
  it("change nothing, in any order", async () => {
    const r = random(5);
    const one = makeWorld(catalogue, 5);
    const copies = (await makeCopies(one, 5, 12)).filter(({ way }) => way !== "office");
    const editions = copies.flatMap((copy) => editionsOf(copy, r) ?? []);
    expect(editions.length).toBeGreaterThan(6);
    const later = editions.map((each) => each.later);
    const { read } = await readCopies(one, [...later, ...editions.map(({ earlier }) => earlier)]);
    const ends = [read, read.toReversed(), shuffled(read, r)].map((order) => reportWith(one, takenInTurn(one, order)));
    for (const end of ends) {
      const found = judge(one, end, later, read);
      expect([...found.wrong, ...found.lost, ...found.surplus]).toEqual([]);
      expect(shown(end)).toEqual(shown(ends[0] ?? end));
    }
    // They did say something else.
    const { taken } = takenInto(one, read.slice(later.length), one.file.notes);
    expect(taken.copies.flatMap(({ fates }) => fates).filter((fate) => fate === "new").length).toBeGreaterThan(20);
    const alone = reportWith(one, takenInto(one, read.slice(later.length), one.file.notes).notes);
    expect(judge(one, alone, later, read).lost.length).toBeGreaterThan(10);
  });
});

describe("the box at the top of a copy", () => {
  it("brings what somebody wrote into it, between its lines or in one; not whom it was made out for", async () => {
    const hand = { ...HAND, author: "Nguyễn Văn An" };
    const how = (edit: WordEdit) => {
      const line = edit.paragraphs.find((paragraph) => textOf(paragraph).startsWith("Cách góp ý"));
      if (!line) throw new Error("the box says how one comments");
      return line;
    };
    const written = await copyWith((edit) => {
      const line = how(edit);
      edit.trackedInsert(line, textOf(line).length, " Tôi cơ bản nhất trí.", hand);
      edit.addParagraph(line, "Đề nghị viết ngắn gọn hơn.");
      edit.addParagraph(line, "Ý kiến chung: báo cáo tốt.");
    });
    const { threads } = await take([written]);
    expect(threads.every(({ comment }) => comment.target.scope === "report")).toBe(true);
    expect(threads.map(({ comment }) => comment.text).toSorted()).toEqual([
      "(Viết trong khung ở đầu bản) Tôi cơ bản nhất trí.",
      "Đề nghị bổ sung: Ý kiến chung: báo cáo tốt.\nĐề nghị viết ngắn gọn hơn.",
    ]);
    // Without its properties nobody knows for whom it was: the line that says so is not an addition.
    const bare = await copyWith((edit) => edit.setFile("docProps/custom.xml", null));
    expect((await take([bare])).threads).toEqual([]);
  });
});

describe("what has no place", () => {
  it("is listed with the nearest guess, and stands with its quotation", async () => {
    const strange = await copyWith((edit) => {
      // Somebody's own lines, between the name of the report and its first words.
      const title = edit.paragraphs.find((paragraph) => textOf(paragraph) === "BÁO CÁO");
      if (!title) throw new Error("the report has a name");
      const words = `${block(4).text.slice(0, 60)} và ý khác hẳn`;
      edit.addParagraph(title, words);
      const added = edit.paragraphs[edit.paragraphs.indexOf(title) + 1];
      if (added) edit.comment([added, 0], [added, words.length], { ...HAND, text: "Ý kiến lạc chỗ" });
    });
    const { read, threads } = await take([strange]);
    const [remark] = read[0]?.copy.remarks ?? [];
    expect(remark).toMatchObject({ placed: false, guess: { block: block(4).block.id } });
    const found = threads.find(({ comment }) => comment.text.includes("Ý kiến lạc chỗ"));
    expect(found?.comment.target.scope).toBe("report");
    expect(found?.comment.text).toContain("và ý khác hẳn");
  });

  it("is not made up where a copy is a part of the draft only", async () => {
    const part = await copyWith((edit) => {
      commentOn(edit, 1, "năm", "Chỉ gửi phần này");
      for (const { bookmark } of world.blocks.slice(10)) edit.remove(edit.under(bookmark));
    });
    const { read, threads } = await take([part]);
    expect(read[0]?.copy.partial).toBe(true);
    expect(threads.map(({ comment }) => comment.text)).toEqual(["Chỉ gửi phần này"]);
  });
});

describe("a comment of ours", () => {
  it.each([true, false])(
    "on several places comes back as one, whoever saved the file, and an answer to its note is one to it (ids kept: %s)",
    async (kept) => {
      const [first, second] = world.report.threads;
      if (first?.comment.target.scope !== "range" || second?.comment.target.scope !== "range")
        throw new Error("on words");
      const { scope: _scope, ...also } = second.comment.target;
      const target = { ...first.comment.target, also: [also] };
      const several = { ...first, comment: { ...first.comment, target }, places: [first.place, second.place] };
      const before = world;
      world = { ...world, report: { ...world.report, threads: [several, ...world.report.threads.slice(2)] } };
      const edit = new WordEdit(await exportReport(world.report, "draft", { round: 1 }));
      const note = [
        ...edit.file("word/comments.xml").matchAll(/<w:comment [^>]*w:id="(\d+)"(?:(?!<\/w:comment>).)*/gsu),
      ].find(([xml]) => xml.includes("cũng về đoạn này"));
      if (!note) throw new Error("the note is there");
      edit.reply(Number(note[1]), { ...HAND, author: "Nguyễn Văn An", text: "Cả hai chỗ đều đúng" });
      if (!kept) withoutIds(edit);
      const { read, report } = await take([{ name: "a", person: "d1", bytes: edit.save(), expected: [], way: "word" }]);
      world = before;
      expect(read[0]?.copy.remarks.map(({ source, text }) => [source, text])).toEqual([
        ["reply", "Cả hai chỗ đều đúng"],
      ]);
      const replies = report.threads.find(({ comment }) => comment.id === first.comment.id)?.replies ?? [];
      expect(replies.map(({ reply }) => reply.text)).toContainEqual("Cả hai chỗ đều đúng");
    },
  );

  it("is not taken as new although the file has lost its id and it was withdrawn since; a reply to it is a reply", async () => {
    const sent = await exportReport(world.report, "draft", { round: 1 });
    const edit = new WordEdit(sent);
    edit.reply(0, { ...HAND, author: "Nguyễn Văn An", text: "Tôi đồng ý" });
    withoutIds(edit);
    const [first] = world.report.threads;
    const withdrawn = world.report.threads.map((thread) =>
      thread === first ? { ...thread, comment: { ...thread.comment, withdrawn: true } } : thread,
    );
    const before = world;
    world = { ...world, report: { ...world.report, threads: withdrawn } };
    const { read, report } = await take([{ name: "a", person: "d1", bytes: edit.save(), expected: [], way: "word" }]);
    world = before;
    expect(read[0]?.copy.remarks.map(({ source, text }) => [source, text])).toEqual([["reply", "Tôi đồng ý"]]);
    const replies = report.threads.find(({ comment }) => comment.id === first?.comment.id)?.replies ?? [];
    expect(replies.map(({ reply, author }) => [author.id, reply.text])).toContainEqual(["d1", "Tôi đồng ý"]);
  });
});
