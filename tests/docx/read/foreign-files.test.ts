import { strToU8 } from "fflate";
import { describe, expect, it } from "vitest";
import { archiveMembers, readWordFile } from "#docx";
import { TongketError } from "#model";
import { p, relations, wordBytes, wordPackage, zipped } from "../../support/word-package.ts";

function codeOf(bytes: Uint8Array): string {
  try {
    readWordFile(bytes);
    return "read";
  } catch (error) {
    if (error instanceof TongketError) return error.code;
    throw error;
  }
}

/** A compound file (OLE) as Word 97 writes it, with a stream of that name in its directory. */
function compound(stream: string): Uint8Array {
  const bytes = new Uint8Array(4096);
  bytes.set([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]);
  for (let i = 0; i < stream.length; i++)
    new DataView(bytes.buffer).setUint16(1024 + 128 * 3 + i * 2, stream.charCodeAt(i), true);
  return bytes;
}

const utf16 = (text: string): Uint8Array => {
  const bytes = new Uint8Array(2 + text.length * 2);
  const view = new DataView(bytes.buffer);
  view.setUint16(0, 0xfeff, true);
  for (let i = 0; i < text.length; i++) view.setUint16(2 + i * 2, text.charCodeAt(i), true);
  return bytes;
};

describe("a file under a Word file's name", () => {
  it.each<[string, Uint8Array, string]>([
    ["nothing", new Uint8Array(), "word-empty"],
    ["zeros that a broken download left", new Uint8Array(5000), "word-empty"],
    ["Word 97", compound("WordDocument"), "word-legacy"],
    ["a sealed package", compound("EncryptedPackage"), "word-encrypted"],
    ["RTF", strToU8("{\\rtf1\\ansi Ý kiến}"), "word-rtf"],
    ["PDF", strToU8("%PDF-1.7\n…"), "word-pdf"],
    ["HTML", strToU8('<html xmlns:w="urn:schemas-microsoft-com:office:word"><body>Ý kiến'), "word-html"],
    ["HTML with a document type", strToU8("\n<!DOCTYPE html><p>Ý kiến"), "word-html"],
    ["HTML in UTF-16", utf16("<html><body>Ý kiến"), "word-html"],
    ["XHTML", strToU8('<?xml version="1.0"?><html><body/></html>'), "word-html"],
    ["a web archive", strToU8("MIME-Version: 1.0\nContent-Type: multipart/related"), "word-html"],
    [
      "Word's flat XML",
      strToU8('<?xml version="1.0"?><?mso-application progid="Word.Document"?><pkg:package/>'),
      "word-xml",
    ],
    [
      "OpenDocument",
      zipped({ mimetype: "application/vnd.oasis.opendocument.text", "content.xml": "<x/>" }),
      "word-odt",
    ],
    [
      "a spreadsheet of OpenDocument",
      zipped({ mimetype: "application/vnd.oasis.opendocument.spreadsheet" }),
      "word-sheet",
    ],
    [
      "Excel",
      zipped({
        "_rels/.rels": relations([{ type: "officeDocument", target: "xl/workbook.xml" }]),
        "xl/workbook.xml": "<x/>",
      }),
      "word-sheet",
    ],
    ["several files", zipped({ "a.docx": "x", "b.docx": "x" }), "word-archive"],
    ["another zip", zipped({ "a.png": "x" }), "word-not-word"],
    ["a picture", new Uint8Array([0x89, 0x50, 0x4e, 0x47, 13, 10]), "word-not-word"],
    ["plain text", strToU8("Kính gửi: Ban tổ chức"), "word-not-word"],
    ["a Word file", wordBytes({ body: p("Chữ") }), "read"],
  ])("that is %s is told by name", (_, bytes, code) => {
    expect(codeOf(bytes)).toBe(code);
  });

  it("is found as a Word file wherever its package puts the document, without relations too", () => {
    const { "word/document.xml": document = "", ...rest } = wordPackage({ body: p("Chữ") });
    const moved = {
      ...rest,
      "_rels/.rels": relations([{ type: "officeDocument", target: "/other/main.xml" }]),
      "other/main.xml": document,
    };
    expect(codeOf(zipped(moved))).toBe("read");
    expect(codeOf(zipped({ "word/document.xml": document }))).toBe("read");
  });
});

describe("a zip of several files", () => {
  it("gives those that people read, without folders, and nothing of what programs add", () => {
    const members = archiveMembers(
      zipped({
        "Góp ý/chi bộ 1.docx": "1",
        "Góp ý/chi bộ 2.DOC": "2",
        "Góp ý/~$hi bộ 1.docx": "x",
        "__MACOSX/Góp ý/._chi bộ 1.docx": "x",
        ".an.docx": "x",
        "ảnh.jpg": "x",
      }),
    );
    expect(members?.map(({ name }) => name)).toEqual(["chi bộ 1.docx", "chi bộ 2.DOC"]);
  });

  it("is none where the file is a Word file, even one with another in it", () => {
    expect(archiveMembers(zipped({ ...wordPackage({ body: p("Chữ") }), "word/embeddings/a.docx": "x" }))).toBeNull();
    expect(archiveMembers(strToU8("%PDF-1.7"))).toBeNull();
  });
});
