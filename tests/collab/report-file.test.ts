import { zipSync } from "fflate";
import { describe, expect, it, test } from "vitest";
import * as Y from "yjs";
import {
  docFrom,
  layTable,
  LINEAGE_ROOT,
  mergeReportFiles,
  readReportFile,
  readTable,
  recordCopies,
  seedBody,
  slotText,
  TableEdit,
  tableCellText,
  writeReportFile,
  writeTable,
} from "#collab";
import type { Manifest, ReportFile } from "#collab";
import { cellText, TongketError } from "#model";
import type { Template } from "#model";
import { numberedIds } from "../support/headless-view.ts";
import { random } from "../support/random.ts";
import { table } from "../support/sample-table.ts";

const TEMPLATE = { id: "t", version: 1, outline: [{ type: "slot", id: "a" }] } as unknown as Template;

function manifest(change: Partial<Manifest> = {}): Manifest {
  return {
    format: "tongket",
    version: 1,
    report: { id: "r1", sample: false, createdAt: "2021-12-01T00:00:00.000Z" },
    template: TEMPLATE,
    ruleSet: "party-05-2026",
    people: [{ id: "chair", name: "Chủ trì", unit: "", role: "chair" }],
    rounds: [],
    versions: [],
    ...change,
  };
}

function body(): Uint8Array {
  const doc = new Y.Doc();
  doc.clientID = 1;
  seedBody(doc, TEMPLATE, { year: "2021" }, { a: ["Kết quả chủ yếu", "Hạn chế"] }, numberedIds("n"));
  return Y.encodeStateAsUpdate(doc);
}

function file(change: Partial<ReportFile> = {}): ReportFile {
  const empty = Y.encodeStateAsUpdate(new Y.Doc());
  return { manifest: manifest(), body: body(), decisions: empty, notes: new Map(), versions: new Map(), ...change };
}

const trust = (value: unknown): Manifest => value as Manifest;

/** The code of the error that reading throws, or null. */
function codeOf(bytes: Uint8Array): string | null {
  try {
    readReportFile(bytes, trust);
    return null;
  } catch (error) {
    if (error instanceof TongketError) return error.code;
    throw error;
  }
}

function entriesOf(change: Record<string, Uint8Array | null> = {}): Uint8Array {
  const all: Record<string, Uint8Array | null> = {
    "manifest.json": new TextEncoder().encode(JSON.stringify(manifest())),
    "body.yjs": body(),
    "decisions.yjs": Y.encodeStateAsUpdate(new Y.Doc()),
    ...change,
  };
  return zipSync(
    Object.fromEntries(Object.entries(all).filter((entry): entry is [string, Uint8Array] => entry[1] !== null)),
  );
}

it("carries what was moved (S14)", () => {
  const doc = docFrom(body());
  const run = { client: 1, clock: 1 };
  recordCopies(doc, [{ from: { ...run, length: 1 }, to: { client: 1, clock: 9 }, move: 7 }]);
  const bytes = writeReportFile(file({ body: Y.encodeStateAsUpdate(doc) }));
  expect([...docFrom(readReportFile(bytes, trust).body).getMap(LINEAGE_ROOT).keys()]).toEqual(["1:9"]);
});

it("carries tables, and merges them like any text (S20)", () => {
  const doc = docFrom(body());
  writeTable(doc, "t1", table([["Đơn vị", "2021"]]), numberedIds("m"));
  const base = readReportFile(writeReportFile(file({ body: Y.encodeStateAsUpdate(doc) })), trust);
  const [one, two] = ["một", "hai"].map((words, i) => {
    const copy = docFrom(base.body);
    const [row] = new TableEdit(copy, "t1", numberedIds(`r${i}`)).insertRows(1);
    const column = layTable(copy, "t1").columns[0]?.id ?? "";
    tableCellText(copy, "t1", row ?? "", column).insert(0, words);
    return { ...base, body: Y.encodeStateAsUpdate(copy) };
  });
  if (!one || !two) throw new Error("two copies were made");
  const merged = readReportFile(writeReportFile(mergeReportFiles([one, two])), trust);
  const rows = readTable(docFrom(merged.body), "t1").rows.map((row) => row.cells.map(cellText));
  expect(rows[0]).toEqual(["Đơn vị", "2021"]);
  expect(new Set(rows.slice(1).map(([first]) => first))).toEqual(new Set(["hai", "một"]));
});

describe("a .tongket file", () => {
  test("it reads back as it was written, and the same report gives the same bytes", () => {
    const notes = new Y.Doc();
    notes.getMap("notes:p1").set("c:1", { id: "1", text: "ý kiến" });
    const whole = file({
      manifest: manifest({
        versions: [{ id: "v1", name: "Dự thảo lần 1", createdAt: "2021-12-02T00:00:00.000Z", createdBy: "chair" }],
      }),
      notes: new Map([["p1", Y.encodeStateAsUpdate(notes)]]),
      versions: new Map([["v1", body()]]),
    });
    const bytes = writeReportFile(whole);
    expect(readReportFile(bytes, trust)).toEqual(whole);
    expect(writeReportFile(readReportFile(bytes, trust))).toEqual(bytes);
  });

  test.each<[string, Uint8Array, string]>([
    ["no zip", new TextEncoder().encode("not a zip at all, only words"), "file-not-zip"],
    ["an empty file", new Uint8Array(), "file-not-zip"],
    ["no manifest", entriesOf({ "manifest.json": null }), "file-damaged"],
    ["no body", entriesOf({ "body.yjs": null }), "file-damaged"],
    ["a manifest that is no JSON", entriesOf({ "manifest.json": new TextEncoder().encode("{") }), "file-damaged"],
    ["another format", entriesOf({ "manifest.json": new TextEncoder().encode("{}") }), "file-damaged"],
    [
      "a later format",
      entriesOf({ "manifest.json": new TextEncoder().encode('{"format":"tongket","version":2}') }),
      "file-newer",
    ],
    ["a foreign entry", entriesOf({ "extra.yjs": body() }), "file-damaged"],
    ["a path upwards", entriesOf({ "../evil.yjs": body() }), "file-damaged"],
    ["a state that is no update", entriesOf({ "body.yjs": new Uint8Array([9, 9, 9]) }), "file-damaged"],
    ["a version nobody lists", entriesOf({ "versions/v9.yjs": body() }), "file-damaged"],
  ])("it is refused where there is %s", (_what, bytes, code) => {
    expect(codeOf(bytes)).toBe(code);
  });

  test("it is refused wherever one of its bytes is wrong, or read the same", () => {
    const bytes = writeReportFile(file());
    const whole = JSON.stringify(readReportFile(bytes, trust));
    const r = random(7);
    let refused = 0;
    for (let i = 0; i < 600; i++) {
      const broken = bytes.slice();
      const at = r.int(bytes.length);
      broken[at] = (broken[at] ?? 0) ^ (1 << r.int(8));
      const code = codeOf(broken);
      if (code === null) expect(JSON.stringify(readReportFile(broken, trust))).toBe(whole);
      else refused++;
    }
    expect(refused).toBeGreaterThan(400);
    for (let length = 0; length < bytes.length; length += 7) expect(codeOf(bytes.slice(0, length))).not.toBeNull();
  });

  test("it is refused where an entry holds more than it announces, without unpacking it", () => {
    const bytes = entriesOf({ "body.yjs": new Uint8Array(4_000_000) });
    const view = new DataView(bytes.buffer);
    for (let at = 0; at < bytes.length - 46; at++) {
      if (view.getUint32(at, true) === 0x02014b50) view.setUint32(at + 24, 10, true);
    }
    expect(codeOf(bytes)).toBe("file-damaged");
  });

  test("it is refused where an entry announces more than any report has", () => {
    const bytes = entriesOf();
    const view = new DataView(bytes.buffer);
    for (let at = 0; at < bytes.length - 46; at++) {
      if (view.getUint32(at, true) === 0x02014b50) view.setUint32(at + 24, 0xfffffff0, true);
    }
    expect(codeOf(bytes)).toBe("file-too-large");
  });

  test("it is refused where two entries have one name", () => {
    const bytes = entriesOf({ "bodx.yjs": body() });
    const at = Buffer.from(bytes).lastIndexOf("bodx.yjs");
    bytes.set(new TextEncoder().encode("body.yjs"), at);
    expect(codeOf(bytes)).toBe("file-damaged");
  });
});

describe("merging files", () => {
  function edited(from: ReportFile, client: number): ReportFile {
    const r = random(client);
    const doc = docFrom(from.body);
    doc.clientID = client;
    for (let i = 0; i < 12; i++) {
      const text = slotText(doc, "a");
      if (r() < 0.6) text.insert(1 + r.int(text.length - 1), `${client}.${i} `, {});
      else text.delete(1 + r.int(text.length - 4), 2);
    }
    const notes = new Y.Doc();
    notes.clientID = client;
    notes.getMap(`notes:p${client % 3}`).set(`c:${client}`, { id: String(client) });
    const closedAt = client % 2 === 0 ? { closedAt: `2021-12-${10 + (client % 9)}T00:00:00.000Z` } : {};
    return {
      ...from,
      manifest: manifest({
        people: [
          { id: "chair", name: `Chủ trì ${client % 4}`, unit: "", role: "chair" },
          { id: `p${client % 3}`, name: `Đại biểu ${client}`, unit: "", role: "delegate" },
        ],
        rounds: [{ number: 1, version: `v${client % 2}`, openedAt: "2021-12-03T00:00:00.000Z", ...closedAt }],
      }),
      body: Y.encodeStateAsUpdate(doc),
      notes: new Map([[`p${client % 3}`, Y.encodeStateAsUpdate(notes)]]),
    };
  }

  const files = [11, 12, 13, 14, 15].map((client) => edited(file(), client));

  // S13
  test("it says the same in any order, any grouping and any repetition", () => {
    const whole = writeReportFile(mergeReportFiles(files));
    const r = random(3);
    for (let i = 0; i < 10; i++) {
      const order = files
        .map((each) => ({ each, at: r() }))
        .toSorted((a, b) => a.at - b.at)
        .map(({ each }) => each);
      const cut = 1 + r.int(4);
      const grouped = mergeReportFiles([
        mergeReportFiles(order.slice(0, cut)),
        ...order.slice(cut),
        ...order.slice(0, r.int(3)),
      ]);
      expect(writeReportFile(mergeReportFiles(order))).toEqual(whole);
      expect(writeReportFile(grouped)).toEqual(whole);
    }
    expect(writeReportFile(mergeReportFiles([mergeReportFiles(files), mergeReportFiles(files)]))).toEqual(whole);
  });

  test("it holds what every file holds, and the closed round", () => {
    const merged = mergeReportFiles(files);
    expect(merged.manifest.people.map((person) => person.id)).toEqual(["chair", "p0", "p1", "p2"]);
    expect(merged.manifest.rounds).toHaveLength(1);
    expect(merged.manifest.rounds[0]?.closedAt).toBe("2021-12-15T00:00:00.000Z");
    expect([...merged.notes.keys()]).toEqual(["p0", "p1", "p2"]);
    const notes = docFrom(merged.notes.get("p2") ?? new Uint8Array());
    expect([...notes.getMap("notes:p2").keys()].toSorted()).toEqual(["c:11", "c:14"]);
    expect(readReportFile(writeReportFile(merged), trust)).toEqual(merged);
  });

  test("it keeps every version, and of two names the one given later", () => {
    const version = { id: "v1", name: "Bản một", createdAt: "2021-12-02T00:00:00.000Z", createdBy: "chair" };
    const renamed = { ...version, name: "A đổi trước", renamedAt: "2021-12-03T00:00:00.000Z" };
    const later = { ...version, name: "A đổi sau", renamedAt: "2021-12-04T00:00:00.000Z" };
    const own = { ...version, id: "v2", name: "Chỉ ở đây" };
    const of = (...versions: (typeof version)[]): ReportFile =>
      file({ manifest: manifest({ versions }), versions: new Map(versions.map(({ id }) => [id, body()])) });
    const copies = [of(version), of(later), of(renamed, own)];
    const merged = mergeReportFiles(copies);
    expect(merged.manifest.versions).toEqual([later, own]);
    expect(merged.versions.get("v2")).toEqual(body());
    expect(writeReportFile(mergeReportFiles(copies.toReversed()))).toEqual(writeReportFile(merged));
  });

  test("it refuses files of two reports", () => {
    const other = file({ manifest: manifest({ report: { id: "r2", sample: false, createdAt: "" } }) });
    expect(() => mergeReportFiles([file(), other])).toThrow(expect.objectContaining({ code: "file-other-report" }));
  });
});
