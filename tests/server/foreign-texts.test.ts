import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, describe, expect, it } from "vitest";
import type { WordFile } from "#docx";
import { WordReader } from "#server";
import { convertWithOffice, findOffice } from "../support/office.ts";
import { p, r, wordPackage, zipped } from "../support/word-package.ts";

const folder = await mkdtemp(join(tmpdir(), "tongket-foreign-test-"));
const { soffice } = findOffice();
const reader = new WordReader({ office: soffice });
afterAll(async () => {
  await reader.close();
  await rm(folder, { recursive: true, force: true });
});

const lines = (file: WordFile): string[] =>
  file.paragraphs.map(({ runs }) => runs.map(({ text }) => text).join("")).filter((line) => line !== "");

const STAMP = 'w:author="Trần Thị Bình" w:date="2022-01-05T09:35:00Z"';

/** A paragraph under a bookmark of ours, with a comment on two words and a tracked insertion. */
const commented = zipped({
  ...wordPackage({
    body: p(
      `<w:bookmarkStart w:id="1" w:name="_tkb_id9"/>${r("Đảng bộ đã ")}<w:commentRangeStart w:id="0"/>${r("hoàn thành")}<w:commentRangeEnd w:id="0"/><w:r><w:commentReference w:id="0"/></w:r>${r(" nhiệm vụ")}<w:ins w:id="7" ${STAMP}>${r(" năm 2021")}</w:ins><w:bookmarkEnd w:id="1"/>`,
    ),
    comments: `<w:comment w:id="0" w:initials="TTB" ${STAMP}>${p("Đề nghị nêu số liệu.")}</w:comment>`,
  }),
  // LibreOffice wants to be told what each part is.
  "[Content_Types].xml": `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>${[
    ["document", "document.main"],
    ["comments", "comments"],
  ]
    .map(
      ([part, type]) =>
        `<Override PartName="/word/${part}.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.${type}+xml"/>`,
    )
    .join("")}</Types>`,
});

/** An OpenDocument text of these paragraphs. */
function openDocument(body: string): Uint8Array {
  const office = "urn:oasis:names:tc:opendocument:xmlns";
  const kind = "application/vnd.oasis.opendocument.text";
  return zipped({
    mimetype: kind,
    "META-INF/manifest.xml": `<manifest:manifest xmlns:manifest="${office}:manifest:1.0"><manifest:file-entry manifest:full-path="/" manifest:media-type="${kind}"/><manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>`,
    "content.xml": `<office:document-content xmlns:office="${office}:office:1.0" xmlns:text="${office}:text:1.0" xmlns:draw="${office}:drawing:1.0" xmlns:svg="${office}:svg-compatible:1.0" xmlns:xlink="http://www.w3.org/1999/xlink"><office:body><office:text>${body}</office:text></office:body></office:document-content>`,
  });
}

describe("a text of another program, where LibreOffice is installed", () => {
  it.for(["doc", "odt", "rtf"] as const)("is read with its comments, changes and bookmarks: .%s", async (kind) => {
    const [bytes = new Uint8Array()] = await convertWithOffice([commented], kind);
    const file = await reader.read(bytes);
    expect(lines(file)).toEqual(["Đảng bộ đã hoàn thành nhiệm vụ năm 2021"]);
    expect(file.comments).toMatchObject([{ quote: "hoàn thành", text: "Đề nghị nêu số liệu." }]);
    const [paragraph] = file.paragraphs;
    expect(paragraph?.bookmarks).toMatchObject([{ name: "_tkb_id9", at: 0 }]);
    expect(paragraph?.runs.at(-1)).toMatchObject({ text: " năm 2021", change: { kind: "inserted" } });
    // LibreOffice writes the names of authors into RTF without their accents.
    if (kind !== "rtf") expect(file.comments[0]?.author).toBe("Trần Thị Bình");
  });

  it("brings nothing along that it names, from the network or from this machine", async () => {
    const asked: string[] = [];
    const server = createServer((request, response) => {
      asked.push(request.url ?? "");
      response.end("TỪ MẠNG");
    });
    await new Promise<void>((resolve) => {
      server.listen(0, "127.0.0.1", resolve);
    });
    const secret = join(folder, "secret.txt");
    await writeFile(secret, "BÍ MẬT CỦA MÁY");
    const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const linked = (name: string, href: string): string =>
      `<text:section text:name="${name}"><text:section-source xlink:href="${href}" xlink:type="simple"/><text:p>như đã lưu</text:p></text:section>`;
    const picture = `<text:p><draw:frame svg:width="2cm" svg:height="2cm"><draw:image xlink:href="${address}/a.png" xlink:type="simple"/></draw:frame></text:p>`;
    const inside = `<text:p>Trước</text:p>${linked("A", pathToFileURL(secret).href)}${linked("B", `${address}/b.txt`)}${picture}<text:p>Sau</text:p>`;
    try {
      const file = await reader.read(openDocument(inside));
      expect(lines(file)).toEqual(["Trước", "như đã lưu", "như đã lưu", "Sau"]);
      expect(asked).toEqual([]);
    } finally {
      server.close();
    }
  }, 180_000);

  it("is refused as what it is where LibreOffice makes nothing of it", async () => {
    const sign = Uint8Array.of(0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1);
    await expect(reader.read(sign)).rejects.toMatchObject({ code: "word-legacy" });
    await expect(reader.read(Uint8Array.from("{\\rtf", (letter) => letter.charCodeAt(0)))).rejects.toMatchObject({
      code: "word-rtf",
    });
    await expect(reader.read(zipped({ mimetype: "application/vnd.oasis.opendocument.text" }))).rejects.toMatchObject({
      code: "word-odt",
    });
  }, 180_000);
});

it("is refused as what it is where LibreOffice is not installed", async () => {
  const without = new WordReader();
  await expect(without.read(openDocument("<text:p>Một</text:p>"))).rejects.toMatchObject({ code: "word-odt" });
  await without.close();
});
