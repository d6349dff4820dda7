import { beforeAll, describe, expect, it } from "vitest";
import type { ExportOptions } from "#docx";
import { bookmarkTargets, exportReport } from "#docx";
import type { Report } from "#model";
import type { Catalogue } from "#server";
import { shippedCatalogue } from "../support/catalogue.ts";
import type { ReadDocx } from "../support/docx-reader.ts";
import { readDocx } from "../support/docx-reader.ts";
import { block, PEOPLE, sampleReport, thread } from "../support/sample-report.ts";

let catalogue: Catalogue;
beforeAll(async () => {
  catalogue = await shippedCatalogue();
});

function sample(change: Partial<Report> = {}, id = "party-committee"): Report {
  const template = catalogue.templates.get(id);
  const ruleSet = template && catalogue.ruleSets.get(template.ruleSet);
  if (!template || !ruleSet) throw new Error(`${id} is shipped`);
  return { ...sampleReport(template, ruleSet), ...change };
}

async function copy(report: Report, options: ExportOptions = {}): Promise<ReadDocx> {
  return readDocx(await exportReport(report, "for-comment", options));
}

function properties({ parts }: ReadDocx): Record<string, string> {
  const found = (parts["docProps/custom.xml"] ?? "").matchAll(/name="(\w+)"[^>]*><vt:lpwstr>([^<]*)</g);
  return Object.fromEntries([...found].map(([, name = "", value = ""]) => [name, value]));
}

const ROUNDS: Report["rounds"] = [
  { number: 1, version: "v1", openedAt: "2022-01-02T01:00:00.000Z", closedAt: "2022-01-04T01:00:00.000Z" },
  { number: 2, version: "v2", openedAt: "2022-01-05T01:00:00.000Z", deadline: "2022-01-09T17:30:00.000Z" },
];

describe("a copy for comment", () => {
  it("is locked in Word so that only comments, or only tracked changes, can be made", async () => {
    const settings = async (options: ExportOptions): Promise<string> =>
      (await copy(sample(), options)).parts["word/settings.xml"] ?? "";
    const comments = await settings({});
    expect(comments).toMatch(/<w:documentProtection[^>]*w:edit="comments"[^>]*w:enforcement="(?:true|1)"/);
    expect(comments).not.toMatch(/w:trackRevisions|w:hash|w:salt/);
    const changes = await settings({ allow: "changes" });
    expect(changes).toMatch(/<w:documentProtection[^>]*w:edit="trackedChanges"[^>]*w:enforcement="(?:true|1)"/);
    expect(changes).toContain("<w:trackRevisions");
  });

  it("says above the heading which draft it is, for whom, until when by Vietnam's clock, and how it comes back", async () => {
    const person = PEOPLE[2];
    if (!person) throw new Error("a sample has a delegate");
    const { paragraphs } = await copy(sample({ rounds: ROUNDS }), { person });
    const note = paragraphs.filter(({ style }) => style === "TkLuuY").map(({ text }) => text);
    expect(paragraphs.slice(0, note.length).map(({ text }) => text)).toEqual(note);
    expect(note.slice(0, 3)).toEqual([
      "BẢN XIN Ý KIẾN: Dự thảo lần 2",
      "Kính gửi: Đại biểu Mẫu Một, Chi bộ 1.",
      "Xin góp ý trước 00 giờ 30, ngày 10/01/2022.",
    ]);
    expect(note.at(-1)).toContain("TỔ BIÊN TẬP");
    expect(paragraphs.map(({ text }) => text)).toContain("Dự thảo lần 2");
    const anybody = await copy(sample({ rounds: ROUNDS.slice(0, 1), fields: {} }));
    const words = anybody.paragraphs.filter(({ style }) => style === "TkLuuY").map(({ text }) => text);
    expect(words).toHaveLength(4);
    expect(words.join()).not.toMatch(/Kính gửi|\{|undefined/);
  });

  it("names the report, the round, its draft and the person, and bears no comment of anybody", async () => {
    const report = sample({ rounds: ROUNDS, threads: [thread("c1", { scope: "report" })] });
    const read = await copy(report, { round: 1, ...(PEOPLE[3] ? { person: PEOPLE[3] } : {}) });
    expect(properties(read)).toEqual({
      TongketReport: "sample-1",
      TongketKind: "for-comment",
      TongketRound: "1",
      TongketDraft: "v1",
      TongketPerson: "delegate-2",
    });
    expect(read.comments).toEqual([]);
    const open = properties(await copy(report));
    expect(open).toMatchObject({ TongketRound: "2", TongketDraft: "v2" });
    expect(open).not.toHaveProperty("TongketPerson");
    const draft = properties(readDocx(await exportReport(report, "draft")));
    expect(draft).toMatchObject({ TongketKind: "draft", TongketRound: "2", TongketDraft: "v2" });
  });

  it("cannot be made without a round", async () => {
    await expect(exportReport(sample({ rounds: [] }), "for-comment")).rejects.toThrow(RangeError);
  });
});

describe("the bookmarks of a file", () => {
  it("are those recomputed from the report, whatever its ids are, in every template", async () => {
    for (const id of catalogue.templates.keys()) {
      const plain = sample({}, id);
      const [first = "", second = ""] = Object.keys(plain.slots);
      const odd = [block("ô!", "Mã lạ"), block("A-b", "Một"), block("a_b", "Trùng"), block("x".repeat(60), "Dài")];
      const again = [block("A-b", "Lặp lại"), block("trống", ""), block("h", "", "heading", 1)];
      const report = { ...plain, slots: { ...plain.slots, [first]: odd, [second]: again } };
      const read = await copy(report);
      const found = read.paragraphs.flatMap(({ bookmarks }) => bookmarks);
      const targets = bookmarkTargets(report);
      expect(found.length).toBeGreaterThan(10);
      expect([...targets.keys()].slice(0, found.length)).toEqual(found);
      for (const [name, target] of targets) {
        const paragraph = read.paragraphs.find(({ bookmarks }) => bookmarks.includes(name));
        if (target.type !== "block" || !paragraph) continue;
        const words = report.slots[target.slot]?.find((each) => each.id === target.block)?.runs.map(({ text }) => text);
        expect(paragraph.text).toContain((words ?? []).join(""));
      }
      const [last] = [...targets].filter(([, target]) => target.type === "block" && target.slot === second);
      expect(last?.[1]).toEqual({ type: "block", slot: second, block: "A-b" });
    }
  });
});
