import { readdirSync } from "node:fs";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { basename, join } from "node:path";
import * as Y from "yjs";
import { docFrom, readReportFile, slotText, writeReportFile } from "#collab";
import type { Manifest } from "#collab";
import type { Finding, Report, ReportInput } from "#model";
import { blockText } from "#model";
import { unzipSync } from "fflate";
import { beforeAll, describe, expect, it } from "vitest";
import { findOffice } from "../support/office.ts";
import { FIXTURES, namesIn, ownFolder, ROOT, tongket } from "./tongket.ts";

const folder = await ownFolder();
const at = (name: string): string => join(folder, name);
const fixture = (name: string): string => join(FIXTURES, name);

const FIXTURE_NAMES = readdirSync(FIXTURES).flatMap((name) =>
  name.endsWith(".json") ? [basename(name, ".json")] : [],
);

async function shown(file: string): Promise<Report> {
  const run = await tongket(["show", file, "--json"]);
  expect(run).toMatchObject({ code: 0, stderr: "" });
  return JSON.parse(run.stdout.toString()) as Report;
}

beforeAll(async () => {
  // The first run builds; what it says of that belongs to no test.
  await tongket(["version"]);
});

describe("tongket new", () => {
  it("makes an empty report with the fields given and the initial ones", async () => {
    const set = ["year=2021", "organisation=Chi bộ Trường Mẫu", "recipients=Đảng ủy xã\\nLưu: VP"];
    const args = ["new", "--template", "party-cell", ...set.flatMap((one) => ["--set", one]), "-o", "mới.tongket"];
    expect(await tongket(args, { cwd: folder })).toMatchObject({ code: 0, stderr: "" });
    const report = await shown(at("mới.tongket"));
    expect(report.template.id).toBe("party-cell");
    expect(report.fields).toMatchObject({
      year: "2021",
      organisation: "Chi bộ Trường Mẫu",
      recipients: "Đảng ủy xã\nLưu: VP",
    });
    expect(report.fields["signerTitle"]).not.toBe("");
    expect(Object.values(report.slots).flat().map(blockText).join("")).toBe("");
    expect(report.threads).toEqual([]);
  });

  it("makes the same file from the same id and time, and another id otherwise", async () => {
    const args = ["new", "--template", "party-cell", "--set", "year=2021", "-o", "-"];
    const fixed = { env: { SOURCE_DATE_EPOCH: "1640000000" } };
    const [a, b, c, d] = await Promise.all([
      tongket([...args, "--id", "bao-cao-1"], fixed),
      tongket([...args, "--id", "bao-cao-1"], fixed),
      tongket(args),
      tongket(args),
    ]);
    expect(a.stdout.equals(b.stdout)).toBe(true);
    expect(c.stdout.equals(d.stdout)).toBe(false);
    expect((await tongket(["show", "-", "--json"], { input: a.stdout })).stdout.toString()).toContain(
      '"id": "bao-cao-1"',
    );
  });

  it("takes a template of one's own from the data folder", async () => {
    const template = JSON.parse(await readFile(join(ROOT, "templates", "party-cell.json"), "utf8")) as object;
    await mkdir(at("dữ liệu/templates"), { recursive: true });
    await writeFile(at("dữ liệu/templates/own.json"), JSON.stringify({ ...template, id: "chi-bo-rieng" }));
    await writeFile(at("dữ liệu/templates/wrong.json"), JSON.stringify({ ...template, id: "hong", outline: [] }));
    const run = await tongket([
      "new",
      "--template",
      "chi-bo-rieng",
      "--data",
      at("dữ liệu"),
      "-o",
      at("riêng.tongket"),
    ]);
    expect(run.code).toBe(0);
    expect(run.stderr).toContain("wrong.json");
    expect((await shown(at("riêng.tongket"))).template.id).toBe("chi-bo-rieng");
  });
});

describe("tongket import", () => {
  it.each(FIXTURE_NAMES)("reads the fixture %s with all its words and comments", async (name) => {
    const input = JSON.parse(await readFile(fixture(`${name}.json`), "utf8")) as ReportInput;
    const run = await tongket(["import", fixture(`${name}.json`), "-o", at(`${name}.tongket`)]);
    expect(run).toMatchObject({ code: 0, stderr: "" });
    const report = await shown(at(`${name}.tongket`));
    expect(report.sample).toBe(true);
    expect(report.fields).toEqual(input.fields);
    for (const [slot, blocks] of Object.entries(input.slots)) {
      const wanted = blocks.map((block) => {
        const text = typeof block === "string" ? block : block.text;
        return typeof text === "string" ? text : text.map((run) => run.text).join("");
      });
      expect(report.slots[slot]?.map(blockText)).toEqual(wanted.length === 0 ? [""] : wanted);
    }
    expect(report.threads.map((thread) => thread.comment.text).sort()).toEqual(
      (input.comments ?? []).map((comment) => comment.text).sort(),
    );
    for (const { comment, place } of report.threads) expect(place === null).toBe(comment.target.scope !== "range");
  });

  it("reads standard input and writes standard output", async () => {
    const input = await readFile(fixture("lien-hiep-hoi-dang-uy.json"));
    const run = await tongket(["import", "-", "-o", "-"], { input });
    expect(run).toMatchObject({ code: 0, stderr: "" });
    expect(Object.keys(unzipSync(run.stdout))).toContain("manifest.json");
  });
});

describe("text with loose accents", () => {
  it("is composed when it comes in, quotations with it", async () => {
    const input = await readFile(fixture("lien-hiep-hoi-dang-uy.json"), "utf8");
    const [loose, composed] = await Promise.all(
      (["NFD", "NFC"] as const).map((form) =>
        tongket(["import", "-", "-o", "-", "--id", "mot"], {
          input: input.normalize(form),
          env: { SOURCE_DATE_EPOCH: "0" },
        }),
      ),
    );
    expect(loose?.code).toBe(0);
    expect(composed && loose?.stdout.equals(composed.stdout)).toBe(true);
  });
});

describe("tongket show", () => {
  it("writes the keys of every object in one order", async () => {
    const { stdout } = await tongket(["show", at("lien-hiep-hoi-dang-uy.tongket"), "--json"]);
    const inOrder = (value: unknown): boolean => {
      if (typeof value !== "object" || value === null) return true;
      const keys = Object.keys(value).filter((key) => !/^\d+$/.test(key));
      return keys.join() === keys.toSorted().join() && Object.values(value).every(inOrder);
    };
    expect(inOrder(JSON.parse(stdout.toString()))).toBe(true);
  });

  it("prints the report to be read: numbered titles, text, comments with their answers", async () => {
    const { code, stdout } = await tongket(["show", at("so-giao-duc-va-dao-tao-dang-uy.tongket")]);
    const text = stdout.toString();
    expect(code).toBe(0);
    const report = await shown(at("so-giao-duc-va-dao-tao-dang-uy.tongket"));
    for (const block of Object.values(report.slots).flat()) expect(text).toContain(blockText(block));
    for (const thread of report.threads) expect(text).toContain(thread.comment.text);
    expect(report.versions.length).toBeGreaterThan(0);
    for (const { name, createdAt } of report.versions) {
      expect(text.split("\n").find((line) => line.startsWith(`  ${name}: `))).toContain(createdAt);
    }
    expect(text).toContain("Ý kiến (");
    expect(text).toContain("2021");
    const english = await tongket(["--lang", "en", "show", at("so-giao-duc-va-dao-tao-dang-uy.tongket")]);
    expect(english.stdout.toString()).toContain("Comments (");
  });
});

describe("tongket check", () => {
  it("tells what is missing with exit code 1, in words and as JSON", async () => {
    const file = at("lien-hiep-hoi-dang-uy.tongket");
    const [words, json] = await Promise.all([tongket(["check", file]), tongket(["check", file, "--json"])]);
    expect(words.code).toBe(1);
    expect(json.code).toBe(1);
    const findings = JSON.parse(json.stdout.toString()) as (Finding & { message: string })[];
    expect(findings.some((finding) => finding.severity === "gap")).toBe(true);
    for (const { message } of findings) {
      expect(words.stdout.toString()).toContain(message);
      expect(message).not.toMatch(/[{}]|^check\./);
    }
  });

  it("is content with a report in which nothing is missing", async () => {
    await tongket(["new", "--template", "party-cell", "-o", at("trống.tongket")]);
    const empty = await shown(at("trống.tongket"));
    const input: ReportInput = {
      template: "party-cell",
      fields: {
        ...empty.fields,
        year: "2021",
        organisation: "Chi bộ Mẫu",
        place: "Hà Nội",
        signerName: "Nguyễn Văn Mẫu",
        superior: "Đảng ủy Mẫu",
      },
      slots: Object.fromEntries(Object.keys(empty.slots).map((slot) => [slot, ["Đã viết đủ."]])),
    };
    await writeFile(at("đủ.json"), JSON.stringify(input));
    await tongket(["import", at("đủ.json"), "-o", at("đủ.tongket")]);
    const run = await tongket(["check", at("đủ.tongket")]);
    expect(run.stdout.toString()).toContain("Báo cáo đã đủ.");
    expect(run.code).toBe(0);
  });
});

describe("tongket export", () => {
  it.each(["final", "draft", "for-comment", "responses"])("writes a Word file as %s", async (as) => {
    const file = at("so-giao-duc-va-dao-tao-dang-uy.tongket");
    const run = await tongket(["export", file, "--as", as, "-o", at(`${as}.docx`)]);
    expect(run).toMatchObject({ code: 0, stderr: "" });
    expect(Object.keys(unzipSync(await readFile(at(`${as}.docx`))))).toContain("word/document.xml");
  });

  it("writes the final text as a page, as Markdown, and as PDF where LibreOffice is there", async () => {
    const file = at("so-giao-duc-va-dao-tao-dang-uy.tongket");
    const made = async (format: string, env: Record<string, string> = {}): Promise<string> => {
      const args = ["export", file, "--as", "final", "--format", format, "-o", "-"];
      const run = await tongket(args, { env });
      expect(run).toMatchObject({ code: 0, stderr: "" });
      return run.stdout.toString();
    };
    expect(await made("html")).toContain('<html lang="vi">');
    expect(await made("md")).toContain("\n## Phần thứ nhất: ");
    expect((await made("pdf", { SOFFICE_PATH: findOffice().soffice })).slice(0, 5)).toBe("%PDF-");
    const none = await tongket(["export", file, "--as", "final", "--format", "pdf", "-o", "-"], {
      env: { SOFFICE_PATH: "/nowhere" },
    });
    expect(none).toMatchObject({ code: 2, stderr: expect.stringContaining("không có LibreOffice") });
  });

  it("writes proposed wordings into the draft as tracked changes where asked", async () => {
    const file = at("vien-khoa-hoc-to-chuc-nha-nuoc-dang-uy.tongket");
    const changes = async (...args: string[]): Promise<number> => {
      const run = await tongket(["export", file, "--as", "draft", ...args, "-o", "-"]);
      expect(run).toMatchObject({ code: 0, stderr: "" });
      return new TextDecoder().decode(unzipSync(run.stdout)["word/document.xml"]).split("<w:ins ").length - 1;
    };
    expect(await changes()).toBe(0);
    expect(await changes("--track")).toBeGreaterThan(0);
  });

  it("makes a copy for comment of any round, out for a person by id or name", async () => {
    const file = at("so-giao-duc-va-dao-tao-dang-uy.tongket");
    const { people, rounds } = await shown(file);
    const person = people.find(({ role }) => role === "delegate");
    if (!person) throw new Error("the fixture has delegates");
    const [first] = rounds;
    const custom = async (...args: string[]): Promise<string> => {
      const run = await tongket(["export", file, "--as", "for-comment", ...args, "-o", "-"]);
      expect(run).toMatchObject({ code: 0, stderr: "" });
      return new TextDecoder().decode(unzipSync(run.stdout)["docProps/custom.xml"]);
    };
    expect(await custom()).not.toContain("TongketPerson");
    const byId = await custom("--for", person.id, "--round", "1", "--allow", "changes");
    expect(byId).toContain(`>${person.id}<`);
    expect(byId).toContain(`>${first?.version}<`);
    expect(await custom("--for", ` ${person.name.toUpperCase().normalize("NFD")}`)).toContain(`>${person.id}<`);
  });

  it("writes the response table for spreadsheets and for programs, also to the standard output", async () => {
    const file = at("so-giao-duc-va-dao-tao-dang-uy.tongket");
    const csv = await tongket(["export", file, "--as", "responses", "--format", "csv", "-o", at("bảng.csv")]);
    expect(csv).toMatchObject({ code: 0, stderr: "" });
    expect((await readFile(at("bảng.csv"), "utf8")).startsWith("\ufeffTT,Mục,")).toBe(true);
    const json = await tongket(["export", file, "--as", "responses", "--format", "json", "-o", "-"]);
    const told = JSON.parse(json.stdout.toString());
    expect(told).toMatchObject({ format: "tongket-responses", version: 1 });
    const shown = JSON.parse((await tongket(["show", file, "--json"])).stdout.toString());
    const standing = shown.threads.filter((one: { comment: { withdrawn: boolean } }) => !one.comment.withdrawn);
    expect(told.counts.comments).toBe(standing.length);
  });

  it("names the file after the report where no name is given, and says so", async () => {
    const run = await tongket(["export", at("so-giao-duc-va-dao-tao-dang-uy.tongket"), "--as", "final"], {
      cwd: folder,
    });
    expect(run).toMatchObject({ code: 0, stderr: "Đã ghi so-giao-duc-va-dao-tao-dang-uy-final.docx\n" });
    expect(await namesIn(folder)).toContain("so-giao-duc-va-dao-tao-dang-uy-final.docx");
  });
});

describe("tongket help", () => {
  it("tells every command, and the options of each, in both languages", async () => {
    const overview = await tongket(["help"]);
    expect(overview).toMatchObject({ code: 0, stderr: "" });
    const commands = ["new", "import", "merge", "check", "export", "show", "serve", "help", "version"];
    for (const command of commands) expect(overview.stdout.toString()).toContain(`  ${command}`);
    expect((await tongket(["--help", "--lang=en"])).stdout.toString()).toContain("Commands:");
    const about = await tongket(["help", "new"]);
    expect(about.stdout.toString()).toContain("--template");
    expect(about.stdout.toString()).toContain("party-cell");
    expect((await tongket(["new", "--help"])).stdout.equals(about.stdout)).toBe(true);
  });
});

describe("tongket version", () => {
  it("tells the version of the package", async () => {
    const { version } = JSON.parse(await readFile(join(ROOT, "package.json"), "utf8")) as { version: string };
    expect(await tongket(["version"])).toMatchObject({ code: 0, stdout: Buffer.from(`${version}\n`), stderr: "" });
  });
});

describe("a file that another program has written to", () => {
  it("is checked, shown, printed and merged, and what cannot be shown is told of and kept", async () => {
    const args = ["new", "--template", "party-cell", "--set", "year=2021", "-o", "lạ.tongket"];
    expect(await tongket(args, { cwd: folder })).toMatchObject({ code: 0 });
    const file = readReportFile(await readFile(at("lạ.tongket")), (manifest) => manifest as Manifest);
    const body = docFrom(file.body);
    const [slot = ""] = Object.keys((await shown(at("lạ.tongket"))).slots);
    slotText(body, slot).insertEmbed(0, new Y.Map([["a", 1]]));
    body.getXmlFragment("page").push([new Y.XmlElement("p")]);
    await writeFile(at("lạ.tongket"), writeReportFile({ ...file, body: Y.encodeStateAsUpdate(body) }));

    const { unshown } = await shown(at("lạ.tongket"));
    expect(unshown).toEqual([
      { count: 1, kind: "object", name: "map", slot },
      { count: 1, kind: "root", name: "page" },
    ]);
    for (const [lang, words] of [
      ["vi", "đối tượng lạ (map)"],
      ["en", "unknown objects (map)"],
    ] as const) {
      const { stdout } = await tongket(["check", at("lạ.tongket"), "--lang", lang]);
      expect(stdout.toString()).toContain(words);
    }
    expect(await tongket(["export", at("lạ.tongket"), "--as", "final", "-o", at("lạ.docx")])).toMatchObject({
      code: 0,
    });
    expect(await tongket(["merge", at("lạ.tongket"), at("lạ.tongket"), "-o", at("lạ-2.tongket")])).toMatchObject({
      code: 0,
    });
    expect((await shown(at("lạ-2.tongket"))).unshown).toEqual(unshown);
  });
});
