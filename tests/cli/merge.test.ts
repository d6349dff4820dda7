import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Manifest, ReportFile } from "#collab";
import { docFrom, readReportFile, slotText, writeReportFile } from "#collab";
import { anchorRange, proposeDecision, putComment, putReply, validateDecision } from "#comments";
import type { Comment } from "#model";
import { beforeAll, describe, expect, it } from "vitest";
import * as Y from "yjs";
import { FIXTURES, ownFolder, tongket } from "./tongket.ts";

const folder = await ownFolder();
const at = (name: string): string => join(folder, name);

/** Files of one report as they come back by e-mail: the draft, and what four people made of their copies. */
const NAMES = ["gốc.tongket", "bình.tongket", "chi.tongket", "tổ biên tập.tongket", "chủ trì.tongket"];

const AS_STORED = (manifest: unknown): Manifest => manifest as Manifest;

/** A copy of the file in which `edit` has changed the documents. */
function copyWith(file: ReportFile, edit: (docs: { body: Y.Doc; decisions: Y.Doc; notes(p: string): Y.Doc }) => void) {
  const body = docFrom(file.body);
  const decisions = docFrom(file.decisions);
  const notes = new Map<string, Y.Doc>();
  const notesOf = (person: string): Y.Doc => {
    const stored = file.notes.get(person);
    const doc = notes.get(person) ?? (stored ? docFrom(stored) : new Y.Doc());
    notes.set(person, doc);
    return doc;
  };
  edit({ body, decisions, notes: notesOf });
  return {
    ...file,
    body: Y.encodeStateAsUpdate(body),
    decisions: Y.encodeStateAsUpdate(decisions),
    notes: new Map([
      ...file.notes,
      ...[...notes].map(([person, doc]) => [person, Y.encodeStateAsUpdate(doc)] as const),
    ]),
  };
}

function comment(id: string, author: string, over: Partial<Comment>): Comment {
  return {
    id,
    author,
    round: 1,
    target: { scope: "report" },
    kind: "add",
    text: `Ý kiến ${id}`,
    createdAt: "2021-12-22T03:00:00.000Z",
    withdrawn: false,
    ...over,
  };
}

/** Every order of the numbers below `n` would be too many: as many different ones as wanted, always the same. */
function orders(n: number, wanted: number): number[][] {
  const found = new Map<string, number[]>();
  for (let seed = 1; found.size < wanted; seed++) {
    const order = Array.from({ length: n }, (_, i) => i).sort(
      (a, b) => (((a * 7 + 3) * seed * 31) % 101) - (((b * 7 + 3) * seed * 31) % 101),
    );
    found.set(order.join(), order);
  }
  return [...found.values()];
}

beforeAll(async () => {
  const fixture = join(FIXTURES, "so-giao-duc-va-dao-tao-dang-uy.json");
  const run = await tongket(["import", fixture, "-o", at("gốc.tongket")]);
  expect(run.stderr.split("\n").filter((line) => line.startsWith("tongket:"))).toEqual([]);
  expect(run.code).toBe(0);
  const base = readReportFile(await readFile(at("gốc.tongket")), AS_STORED);
  const people = base.manifest.people;
  const delegates = people.filter((person) => person.role === "delegate");
  const [binh = people[0], chi = people[1]] = delegates;
  const chair = people.find((person) => person.role === "chair") ?? people[0];
  const drafter = people.find((person) => person.role === "drafter") ?? people[0];
  if (!binh || !chi || !chair || !drafter) throw new Error("the fixture has too few people");
  const words = slotText(docFrom(base.body), "opening");

  const files = [
    base,
    copyWith(base, ({ notes }) => {
      const range = anchorRange(words, 1, 8);
      const target = { scope: "range", slot: "opening", ...range } as const;
      putComment(notes(binh.id), comment("b-1", binh.id, { target, proposal: "Trong năm" }));
      putComment(notes(binh.id), comment("b-2", binh.id, { withdrawn: true }));
    }),
    copyWith(base, ({ notes }) => {
      putComment(notes(chi.id), comment("c-1", chi.id, { target: { scope: "slot", slot: "opening" } }));
      putComment(notes(chi.id), comment("c-2", chi.id, { createdAt: "2021-12-21T03:00:00.000Z" }));
    }),
    copyWith(base, ({ body, notes, decisions }) => {
      slotText(body, "opening").insert(1, "(bản của tổ biên tập) ", {});
      slotText(body, "membership").insert(1, "Toàn đảng bộ có 32 chi bộ.", {});
      putReply(notes(drafter.id), {
        id: "r-1",
        comment: "c-1",
        author: drafter.id,
        text: "Tổ biên tập đã ghi nhận.",
        createdAt: "2021-12-23T03:00:00.000Z",
        withdrawn: false,
      });
      const decision = { comment: "c-1", outcome: "keep", response: "Đã nêu ở phụ lục." } as const;
      proposeDecision(decisions, decision, drafter.id, "2021-12-23T03:00:00.000Z");
    }),
    copyWith(base, ({ body, decisions }) => {
      slotText(body, "opening").insert(1, "(bản của chủ trì) ", {});
      slotText(body, "opening").delete(slotText(body, "opening").length - 3, 3);
      proposeDecision(
        decisions,
        { comment: "b-1", outcome: "accept", response: "" },
        chair.id,
        "2021-12-24T03:00:00.000Z",
      );
      validateDecision(decisions, "b-1", chair.id, "2021-12-24T04:00:00.000Z");
    }),
  ];
  for (const [index, file] of files.entries()) await writeFile(at(NAMES[index] ?? ""), writeReportFile(file));
});

describe("merging", () => {
  it("says the same in ten orders, byte for byte: shown and exported", async () => {
    const outcomes = new Map<string, Set<string>>();
    const note = (what: string, bytes: Buffer): void => {
      outcomes.set(what, (outcomes.get(what) ?? new Set()).add(bytes.toString("base64")));
    };
    const all = orders(NAMES.length, 10);
    for (const [index, order] of all.entries()) {
      const merged = at(`gộp ${index}.tongket`);
      const inputs = order.map((i) => at(NAMES[i] ?? ""));
      expect(await tongket(["merge", ...inputs, "-o", merged])).toMatchObject({ code: 0, stderr: "" });
      note("file", await readFile(merged));
    }
    // The files are the same to the byte: two of them say what all do.
    for (const index of [0, all.length - 1]) {
      const merged = at(`gộp ${index}.tongket`);
      const shown = await tongket(["show", merged, "--json"]);
      expect(shown.code).toBe(0);
      note("show", shown.stdout);
      const kinds = ["final", "draft", "responses"];
      const exports = await Promise.all(kinds.map((as) => tongket(["export", merged, "--as", as, "-o", "-"])));
      for (const [i, exported] of exports.entries()) {
        expect(exported).toMatchObject({ code: 0, stderr: "" });
        expect(exported.stdout.subarray(0, 2).toString()).toBe("PK");
        note(kinds[i] ?? "", exported.stdout);
      }
    }
    expect([...outcomes].map(([what, bytes]) => [what, bytes.size])).toEqual([
      ["file", 1],
      ["show", 1],
      ["final", 1],
      ["draft", 1],
      ["responses", 1],
    ]);
  });

  it("holds everybody's words, comments and decisions", async () => {
    const merged = at("đủ.tongket");
    await tongket(["merge", ...NAMES.map(at), "-o", merged]);
    const shown = await tongket(["show", merged, "--json"]);
    const text = shown.stdout.toString();
    for (const words of ["(bản của tổ biên tập) ", "(bản của chủ trì) ", "32 chi bộ.", "Tổ biên tập đã ghi nhận."]) {
      expect(text).toContain(words);
    }
    const report = JSON.parse(text) as {
      threads: {
        comment: { id: string };
        decision: { validatedBy?: string; outcome: string } | null;
        place: unknown;
      }[];
    };
    const thread = (id: string) => report.threads.find((one) => one.comment.id === id);
    expect(thread("b-1")).toMatchObject({ decision: { outcome: "accept" }, place: { slot: "opening" } });
    expect(thread("b-1")?.decision?.validatedBy).toBeDefined();
    expect(thread("c-1")).toMatchObject({ decision: { outcome: "keep" } });
    expect(thread("b-2")).toBeDefined();
    expect(thread("c-2")).toBeDefined();
  });

  it("changes nothing where a file comes twice, alone, or merged already", async () => {
    const once = at("một lần.tongket");
    await tongket(["merge", ...NAMES.map(at), "-o", once]);
    const again = at("hai lần.tongket");
    await tongket(["merge", once, ...NAMES.map(at), ...NAMES.map(at), once, "-o", again]);
    expect((await readFile(again)).equals(await readFile(once))).toBe(true);
    const alone = await tongket(["merge", once, "-o", "-"]);
    expect(alone.stdout.equals(await readFile(once))).toBe(true);
  });

  it("may put its result in the place of one of its inputs", async () => {
    const mine = at("của tôi.tongket");
    await writeFile(mine, await readFile(at("gốc.tongket")));
    expect(await tongket(["merge", mine, at("bình.tongket"), "-o", mine])).toMatchObject({ code: 0 });
    expect((await tongket(["show", mine, "--json"])).stdout.toString()).toContain('"b-1"');
  });
});

describe("a delegate's copy", () => {
  it("brings that person's notes alone; what is left out is said with the file and the name", async () => {
    const base = readReportFile(await readFile(at("gốc.tongket")), AS_STORED);
    const person = base.manifest.people.find(({ role }) => role === "delegate");
    if (!person) throw new Error("the fixture has no delegate");
    const edited = copyWith(base, ({ body, notes }) => {
      slotText(body, "opening").insert(1, "(đại biểu tự sửa) ", {});
      putComment(notes(person.id), comment("own-1", person.id, {}));
    });
    const copy = { ...edited, manifest: { ...base.manifest, people: [person], savedBy: person.id } };
    await writeFile(at("bản riêng.tongket"), writeReportFile(copy));
    const merge = (...more: string[]) =>
      tongket(["merge", at("bản riêng.tongket"), at("gốc.tongket"), "-o", at("riêng.tongket"), ...more]);
    const run = await merge();
    expect(run.code).toBe(0);
    expect(run.stderr).toContain(`bản riêng.tongket: ${person.name}: không lấy phần sửa trong văn bản`);
    const merged = readReportFile(await readFile(at("riêng.tongket")), AS_STORED);
    expect(slotText(docFrom(merged.body), "opening").toJSON()).not.toContain("(đại biểu tự sửa)");
    expect(
      docFrom(merged.notes.get(person.id) ?? new Uint8Array())
        .getMap(`notes:${person.id}`)
        .has("c:own-1"),
    ).toBe(true);
    expect(merged.manifest.people).toHaveLength(base.manifest.people.length);

    expect((await merge("--all")).stderr).not.toContain("không lấy");
    const all = readReportFile(await readFile(at("riêng.tongket")), AS_STORED);
    expect(slotText(docFrom(all.body), "opening").toJSON()).toContain("(đại biểu tự sửa)");

    const alone = await tongket(["merge", at("bản riêng.tongket"), "-o", at("không có.tongket")]);
    expect(alone.code).toBe(2);
    expect(alone.stderr).toContain(person.name);
  });
});
