import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { ImportPlan, Report } from "#model";
import { blockText } from "#model";
import { Document, Packer, Paragraph, TextRun } from "docx";
import { beforeAll, describe, expect, it } from "vitest";
import { writeFile } from "node:fs/promises";
import { FIXTURES, ownFolder, tongket } from "./tongket.ts";

const folder = await ownFolder();
const at = (name: string): string => join(folder, name);
const FIXTURE = join(FIXTURES, "van-phong-vien-han-lam-dang-uy.json");

async function shown(file: string): Promise<Report> {
  return JSON.parse((await tongket(["show", file, "--json"])).stdout.toString()) as Report;
}

const words = (report: Report): string[] =>
  Object.values(report.slots)
    .flat()
    .map(blockText)
    .filter((text) => text !== "");

const line = (text: string, bold = false): Paragraph => new Paragraph({ children: [new TextRun({ text, bold })] });

beforeAll(async () => {
  await tongket(["version"]);
  const draft = new Document({
    sections: [
      {
        children: [
          line("BÁO CÁO", true),
          line("tổng kết công tác năm 2024, phương hướng năm 2025", true),
          line("I. ĐẶC ĐIỂM TÌNH HÌNH", true),
          line("Năm 2024 chi bộ có 12 đảng viên."),
          line("II. CÔNG TÁC PHÒNG CHỐNG BÃO LỤT", true),
          line("Trực 24 giờ một ngày."),
          line("III. ĐỀ XUẤT, KIẾN NGHỊ", true),
          line("Không có."),
        ],
      },
    ],
  });
  await writeFile(at("năm ngoái.docx"), await Packer.toBuffer(draft));
});

describe("tongket import of a Word file", () => {
  it("brings back the text of a final file of ours", async () => {
    await tongket(["import", FIXTURE, "-o", at("a.tongket")]);
    await tongket(["export", at("a.tongket"), "--as", "final", "-o", at("a.docx")]);
    const run = await tongket(["import", at("a.docx"), "--template", "party-committee", "-o", at("b.tongket")]);
    expect(run).toMatchObject({ code: 0, stderr: "" });
    const [before, after] = await Promise.all([shown(at("a.tongket")), shown(at("b.tongket"))]);
    expect(words(after)).toEqual(words(before));
    expect(words(after).length).toBeGreaterThan(5);
    expect(after.fields["organisation"]).toBe(before.fields["organisation"]);
  });

  it("prints what went where, lists what has no place, and takes it where it is told to", async () => {
    const args = ["import", at("năm ngoái.docx"), "--template", "party-cell", "--lang", "en"];
    const looked = await tongket(args);
    expect(looked).toMatchObject({ code: 1, stderr: "" });
    const told = looked.stdout.toString();
    expect(told).toContain("I. ĐẶC ĐIỂM TÌNH HÌNH → Đặc điểm tình hình [membership] (same name)");
    expect(told).toContain("II. CÔNG TÁC PHÒNG CHỐNG BÃO LỤT → ? (no place yet, 5 words)");

    const place = ["--place", "công tác phòng chống bão lụt=tasks"];
    const run = await tongket([...args, ...place, "--set", "year=2025", "-o", at("c.tongket")]);
    expect(run).toMatchObject({ code: 0, stderr: "" });
    expect(run.stdout.toString()).toContain(
      "The file is of 2024, the report of 2025. Old years that still stand in the text: 1",
    );
    const report = await shown(at("c.tongket"));
    expect(report.slots["tasks"]?.map(blockText)).toEqual(["CÔNG TÁC PHÒNG CHỐNG BÃO LỤT", "Trực 24 giờ một ngày."]);
    expect(report.slots["membership"]?.map(blockText)).toEqual(["Năm 2024 chi bộ có 12 đảng viên."]);
    expect(report.fields["year"]).toBe("2025");
  });

  it("gives the placing as JSON, beside a report on standard output", async () => {
    const run = await tongket(["import", at("năm ngoái.docx"), "--template", "party-cell", "--json"]);
    const { plan } = JSON.parse(run.stdout.toString()) as { plan: ImportPlan };
    expect(plan.pieces.map(({ node }) => node)).toEqual(["membership", null, "proposals"]);
    const piped = await tongket(["import", "-", "--template", "party-cell", "-o", "-"], {
      input: await readFile(at("năm ngoái.docx")),
    });
    expect(piped.stderr).toContain("ĐẶC ĐIỂM TÌNH HÌNH");
    expect(piped.stdout.subarray(0, 2).toString()).toBe("PK");
  });

  it("says which heading or slot there is not, and what a file is that is no Word file", async () => {
    const args = ["import", at("năm ngoái.docx"), "--lang", "en"];
    const cell = [...args, "--template", "party-cell"];
    const runs = await Promise.all([
      tongket(args),
      tongket([...cell, "--place", "Không có mục này=tasks"]),
      tongket([...cell, "--place", "ĐẶC ĐIỂM TÌNH HÌNH=nowhere"]),
      tongket(["import", FIXTURE, "--template", "party-cell", "--lang", "en"]),
    ]);
    expect(runs.map(({ code }) => code)).toEqual([2, 2, 2, 2]);
    expect(runs.map(({ stderr }) => stderr.split("\n")[0])).toEqual([
      expect.stringContaining("--template"),
      expect.stringContaining("Không có mục này"),
      expect.stringContaining("nowhere"),
      expect.stringContaining("no Word file"),
    ]);
  });
});
