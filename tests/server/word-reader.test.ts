import { afterAll, describe, expect, it } from "vitest";
import { WORD_LIMITS } from "#docx";
import { WordReader } from "#server";
import { p, wordBytes, zipped } from "../support/word-package.ts";

const readers: WordReader[] = [];
function reader(options: ConstructorParameters<typeof WordReader>[0] = {}): WordReader {
  const made = new WordReader(options);
  readers.push(made);
  return made;
}
afterAll(async () => {
  await Promise.all(readers.map(async (made) => made.close()));
});

const words = (bytes: Uint8Array): Promise<string[]> =>
  reader()
    .read(bytes)
    .then((file) => file.paragraphs.map(({ runs }) => runs.map(({ text }) => text).join("")));

describe("a reader of Word files", () => {
  it("reads several files, asked at once, each as its own, and leaves the bytes with the caller", async () => {
    const one = reader();
    const files = ["Một", "Hai", "Ba"].map((text) => wordBytes({ body: p(text) }));
    const read = await Promise.all(files.map(async (bytes) => one.read(bytes)));
    expect(read.map((file) => file.paragraphs[0]?.runs[0]?.text)).toEqual(["Một", "Hai", "Ba"]);
    expect(files.every((bytes) => bytes.length > 0)).toBe(true);
  });

  it("gives a refusal by its code and details, and goes on with the next file", async () => {
    const one = reader();
    await expect(one.read(new TextEncoder().encode("%PDF-1.7"))).rejects.toMatchObject({ code: "word-pdf" });
    await expect(one.read(wordBytes({ body: "<w:p>" }))).rejects.toMatchObject({
      code: "word-damaged",
      details: { part: "word/document.xml" },
    });
    await expect(one.read(wordBytes({ body: p("Sau đó") }))).resolves.toMatchObject({ protection: null });
  });

  it("ends a file that takes too long, and reads the next one in a new thread", async () => {
    const one = reader({ patience: 1500, limits: { ...WORD_LIMITS, paragraphs: 1e9, elements: 1e9 } });
    const flood = wordBytes({ body: `${p("x")}<w:p/>`.repeat(500_000) });
    await expect(one.read(flood)).rejects.toMatchObject({ code: "word-too-costly" });
    await expect(one.read(wordBytes({ body: p("Sau") }))).resolves.toBeDefined();
  });

  it("ends a file that takes too much memory", async () => {
    const one = reader({ memory: 48, limits: { ...WORD_LIMITS, paragraphs: 1e9, elements: 1e9 } });
    const flood = wordBytes({
      body: `<w:tbl><w:tr><w:tc>${"<w:p><w:r/></w:p>".repeat(400_000)}</w:tc></w:tr></w:tbl>`,
    });
    await expect(one.read(flood)).rejects.toMatchObject({ code: "word-too-costly" });
  });

  it("unpacks a zip of several files and leaves any other file as it is", async () => {
    const one = reader();
    const inside = wordBytes({ body: p("Bên trong") });
    const archive = zipped({
      "Ý kiến/chi bộ 1.docx": inside,
      "__MACOSX/._a.docx": "x",
      "ghi chú.txt": "x",
      "b.PDF": "%PDF-1",
    });
    const members = await one.unpack("gửi.zip", archive);
    expect(members.map(({ name }) => name)).toEqual(["chi bộ 1.docx", "b.PDF"]);
    expect(await words(members[0]?.bytes ?? new Uint8Array())).toEqual(["Bên trong"]);
    await expect(one.read(archive)).rejects.toMatchObject({ code: "word-archive" });
    expect(await one.unpack("một.docx", inside)).toEqual([{ name: "một.docx", bytes: inside }]);
  });
});
