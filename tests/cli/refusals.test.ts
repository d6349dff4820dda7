import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { unzipSync, zipSync } from "fflate";
import { beforeAll, describe, expect, it } from "vitest";
import { FIXTURES, namesIn, ownFolder, tongket } from "./tongket.ts";

const folder = await ownFolder();
const at = (name: string): string => join(folder, name);
const fixture = join(FIXTURES, "lien-hiep-hoi-dang-uy.json");

type Json = Record<string, unknown>;

let whole: Buffer;
let input: Json;

/** The report file with its manifest changed. */
function withManifest(change: (manifest: Json) => Json): Uint8Array {
  const entries = unzipSync(whole);
  const manifest = JSON.parse(new TextDecoder().decode(entries["manifest.json"])) as Json;
  return zipSync({ ...entries, "manifest.json": new TextEncoder().encode(JSON.stringify(change(manifest))) });
}

beforeAll(async () => {
  const run = await tongket(["import", fixture, "-o", at("gốc.tongket")]);
  expect(run.code).toBe(0);
  whole = await readFile(at("gốc.tongket"));
  input = JSON.parse(await readFile(fixture, "utf8")) as Json;
  await tongket(["import", fixture, "-o", at("khác.tongket")]);
});

/** Runs what must be refused: exit code 2, words on standard error, nothing on standard output, no file made. */
async function refused(args: readonly string[], options: Parameters<typeof tongket>[1] = {}): Promise<string> {
  const before = await namesIn(folder);
  const run = await tongket(args, { cwd: folder, ...options });
  expect({ code: run.code, stdout: run.stdout.toString() }).toEqual({ code: 2, stdout: "" });
  expect(await namesIn(folder)).toEqual(before);
  expect(run.stderr).toMatch(/^tongket: /);
  expect(run.stderr, "a text is missing").not.toMatch(/error\.[a-z-]+|\{\w+\}/);
  expect(run.stderr, "a stack is shown").not.toMatch(/^ {4}at /m);
  return run.stderr;
}

describe("a copy for comment that cannot be made", () => {
  const copy = ["export", "gốc.tongket", "--as", "for-comment"];

  it("says which round, person or choice there is not", async () => {
    expect(await refused([...copy, "--round", "9"])).toContain("đợt lấy ý kiến");
    expect(await refused([...copy, "--round", "một"])).toContain("--round");
    expect(await refused([...copy, "--for", "Không Ai"])).toContain("không có người này");
    expect(await refused([...copy, "--allow", "all"])).toContain("comments, changes");
  });

  it("says that nothing else is made out for a person", async () => {
    expect(await refused(["export", "gốc.tongket", "--as", "final", "--for", "ai"])).toContain("--as for-comment");
    expect(await refused(["export", "gốc.tongket", "--as", "responses", "--track"])).toContain("--as draft");
    expect(await refused(["export", "gốc.tongket", "--as", "final", "--columns", "5"])).toContain("--as responses");
    expect(await refused(["export", "gốc.tongket", "--as", "responses", "--columns", "6"])).toContain("4, 5");
  });
});

describe("a report file that cannot be used", () => {
  it("is named: a file that is not there", async () => {
    for (const command of [["show"], ["check"], ["export", "--as", "final"], ["merge", "-o", "ra.tongket"]]) {
      expect(await refused([...command, "không có.tongket"])).toContain("không có.tongket");
    }
  });

  it("is named: a folder in its place", async () => {
    await mkdir(at("thư mục.tongket"), { recursive: true });
    expect(await refused(["show", "thư mục.tongket"])).toContain("thư mục.tongket");
  });

  it("is named: something else than a zip, an empty one, half a file", async () => {
    await writeFile(at("chữ.tongket"), "không phải tệp nén");
    await writeFile(at("rỗng.tongket"), "");
    await writeFile(at("dở.tongket"), whole.subarray(0, whole.length / 2));
    for (const name of ["chữ.tongket", "rỗng.tongket", "dở.tongket"]) {
      expect(await refused(["merge", "gốc.tongket", name, "-o", "ra.tongket"])).toContain(name);
    }
  });

  it("is named: one of another kind, or of which a part is missing or damaged", async () => {
    await writeFile(at("lạ.tongket"), zipSync({ "word/document.xml": new Uint8Array([60]) }));
    const entries = unzipSync(whole);
    const body = Object.keys(entries).find((name) => /body/.test(name)) ?? "";
    const { [body]: _, ...rest } = entries;
    await writeFile(at("thiếu.tongket"), zipSync(rest));
    await writeFile(at("hỏng.tongket"), zipSync({ ...entries, [body]: new Uint8Array([1, 2, 3, 255, 255]) }));
    for (const name of ["lạ.tongket", "thiếu.tongket", "hỏng.tongket"]) {
      expect(await refused(["show", name])).toContain(name);
    }
  });

  it("is named: one with a byte changed", async () => {
    const changed = Buffer.from(whole);
    const middle = Math.floor(changed.length / 3);
    changed[middle] = (changed[middle] ?? 0) ^ 0xff;
    await writeFile(at("đổi.tongket"), changed);
    expect(await refused(["show", "đổi.tongket"])).toContain("đổi.tongket");
  });

  it("is named: one of a version to come", async () => {
    await writeFile(
      at("mai sau.tongket"),
      withManifest((manifest) => ({ ...manifest, version: 2 })),
    );
    const said = await refused(["check", "mai sau.tongket"]);
    expect(said).toContain("mai sau.tongket");
    expect(said).toContain("2");
  });

  it("is named: one whose manifest is wrong, with the place", async () => {
    await writeFile(
      at("sai.tongket"),
      withManifest((manifest) => ({ ...manifest, people: [{ id: "x" }] })),
    );
    const said = await refused(["show", "sai.tongket"]);
    expect(said).toContain("sai.tongket");
    expect(said).toContain("/people/0");
  });

  it("is named: one of another report", async () => {
    const said = await refused(["merge", "gốc.tongket", "khác.tongket", "-o", "ra.tongket"]);
    expect(said).toContain("khác.tongket");
  });

  it("is named: one that prints by rules nobody knows", async () => {
    await writeFile(
      at("lạ luật.tongket"),
      withManifest((manifest) => ({ ...manifest, ruleSet: "nowhere-1900" })),
    );
    expect(await refused(["show", "lạ luật.tongket"])).toContain("nowhere-1900");
  });

  it("leaves an earlier output as it was", async () => {
    await writeFile(at("cũ.docx"), "cũ");
    await refused(["export", "chữ.tongket", "--as", "final", "-o", "cũ.docx"]);
    expect(await readFile(at("cũ.docx"), "utf8")).toBe("cũ");
  });

  it("comes from standard input as well", async () => {
    expect(await refused(["show", "-"], { input: "rác" })).toContain("đầu vào chuẩn");
  });
});

describe("a report to import that cannot be used", () => {
  async function importing(value: unknown): Promise<string> {
    await writeFile(at("vào.json"), typeof value === "string" ? value : JSON.stringify(value));
    const said = await refused(["import", "vào.json", "-o", "ra.tongket"]);
    expect(said).toContain("vào.json");
    return said;
  }

  it("is no JSON", async () => {
    await importing("{ nửa chừng");
    await importing("[]");
  });

  it("does not fit the schema: the place is said", async () => {
    expect(await importing({ ...input, fields: { year: 2021 } })).toContain("/fields/year");
    expect(await importing({ ...input, comments: [{ author: "x" }] })).toContain("/comments/0");
  });

  it("misses a slot or has an unknown one: the slot is said", async () => {
    const { opening: _, ...rest } = input["slots"] as Json;
    expect(await importing({ ...input, slots: rest })).toContain("opening");
    expect(await importing({ ...input, slots: { ...(input["slots"] as Json), "chuong-la": [] } })).toContain(
      "chuong-la",
    );
  });

  it("quotes what does not stand there: slot, words and comment are said", async () => {
    const [first] = input["comments"] as Json[];
    const wrong = { ...first, slot: "opening", quote: "câu không hề có" };
    const said = await importing({ ...input, comments: [first, wrong] });
    for (const part of ["opening", "câu không hề có", "2"]) expect(said).toContain(part);
  });

  it("names an unknown template; those known are said", async () => {
    const said = await importing({ ...input, template: "mau-la" });
    expect(said).toContain("mau-la");
    expect(said).toContain("party-committee");
  });
});

describe("a call that is wrong", () => {
  it.each<[string, string[], string]>([
    ["no command", [], "tongket help"],
    ["an unknown command", ["xuat"], "xuat"],
    ["no copy to collect from", ["collect", "gốc.tongket", "-o", "ra.tongket"], "tongket help collect"],
    ["an unknown option", ["show", "gốc.tongket", "--nhanh"], "--nhanh"],
    ["an option without its value", ["merge", "gốc.tongket", "-o"], "-o"],
    ["a value for an option that takes none", ["show", "gốc.tongket", "--json=x"], "--json"],
    ["no file", ["show"], "tongket help show"],
    ["one file too many", ["show", "gốc.tongket", "khác.tongket"], "khác.tongket"],
    ["no output", ["merge", "gốc.tongket"], "-o"],
    ["standard input twice", ["merge", "-", "-", "-o", "ra.tongket"], "-"],
    ["no kind of export", ["export", "gốc.tongket"], "--as"],
    ["an unknown kind of export", ["export", "gốc.tongket", "--as", "pdf-x"], "final, draft, for-comment, responses"],
    [
      "an unknown form of the table",
      ["export", "gốc.tongket", "--as", "responses", "--format", "xlsx"],
      "docx, pdf, csv, json",
    ],
    ["a form that only the table has", ["export", "gốc.tongket", "--as", "final", "--format", "csv"], "docx"],
    ["no template", ["new", "-o", "ra.tongket"], "--template"],
    ["an unknown template", ["new", "--template", "x", "-o", "ra.tongket"], "party-cell"],
    ["an unknown field", ["new", "--template", "party-cell", "--set", "mau=đỏ", "-o", "ra.tongket"], "signerName"],
    ["a field without a value", ["new", "--template", "party-cell", "--set", "year", "-o", "ra.tongket"], "year"],
    ["a year that is none", ["new", "--template", "party-cell", "--set", "year=hai", "-o", "ra.tongket"], "hai"],
    ["an id that is none", ["new", "--template", "party-cell", "--id", "có dấu", "-o", "ra.tongket"], "--id"],
    ["an unknown language", ["show", "gốc.tongket", "--lang", "fr"], "fr"],
    ["help on an unknown command", ["help", "xuat"], "xuat"],
  ])("is told: %s", async (_, args, words) => {
    expect(await refused(args)).toContain(words);
  });

  it("is told in English where that is asked for", async () => {
    expect(await refused(["show", "--lang", "en"])).toContain("No file was given.");
    expect(await refused(["show"], { env: { TONGKET_LANG: "en" } })).toContain("No file was given.");
  });

  it("is told where the output cannot be written", async () => {
    const said = await refused(["merge", "gốc.tongket", "-o", "không có/ra.tongket"]);
    expect(said).toContain("không có/ra.tongket");
    expect(said).toContain("thư mục chứa tệp không có");
    expect(said).not.toMatch(/ENOENT|no such/);
    expect(await refused(["show", "."])).toContain("đó là thư mục");
  });

  it("shows a stack only where that is asked for", async () => {
    const run = await tongket(["show"], { env: { TONGKET_DEBUG: "1" } });
    expect(run.stderr).toMatch(/^ {4}at /m);
  });
});
