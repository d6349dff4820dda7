import { WORD_LIMITS } from "#docx";
import { wordBytes, wordPackage, wordPart, p, zipped } from "./word-package.ts";

/** A Word file that is made to do harm, and the code by which it is refused. */
export interface HostileWord {
  readonly name: string;
  readonly code: string;
  readonly bytes: Uint8Array;
}

const DOCUMENT = wordPart("body", p("Chữ"));

function withDocument(document: string | Uint8Array): Uint8Array {
  return zipped({ ...wordPackage({ body: "" }), "word/document.xml": document });
}

function withDoctype(inner: string): Uint8Array {
  return withDocument(DOCUMENT.replace("?>", `?><!DOCTYPE w:document [${inner}]>`));
}

/** One of every kind: too large packed and unpacked, too much in it, entities, tricks with names, other programs' files. */
export function hostileWords(): HostileWord[] {
  const long = new Uint8Array(WORD_LIMITS.parts + (1 << 20));
  long.set([0x50, 0x4b, 0x03, 0x04]);
  const nested = 5000;
  return [
    { name: "dài.docx", code: "word-too-large", bytes: long },
    { name: "bom.docx", code: "word-too-large", bytes: withDocument(new Uint8Array(100 << 20)) },
    { name: "đoạn.docx", code: "word-too-complex", bytes: wordBytes({ body: "<w:p/>".repeat(200_000) }) },
    {
      name: "lồng.docx",
      code: "word-too-complex",
      bytes: wordBytes({
        body: `${"<w:sdt><w:sdtContent>".repeat(nested)}${"</w:sdtContent></w:sdt>".repeat(nested)}`,
      }),
    },
    { name: "thực thể.docx", code: "word-hostile", bytes: withDoctype('<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">') },
    { name: "bên ngoài.docx", code: "word-hostile", bytes: withDoctype('<!ENTITY x SYSTEM "file:///etc/passwd">') },
    {
      name: "đường dẫn.docx",
      code: "word-hostile",
      bytes: zipped({ ...wordPackage({ body: p("Chữ") }), "../../ngoài.xml": "x" }),
    },
    { name: "hỏng.docx", code: "word-damaged", bytes: withDocument(DOCUMENT.slice(0, -20)) },
    { name: "cũ.docx", code: "word-legacy", bytes: new Uint8Array([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]) },
  ];
}

/** Within every limit, and no small matter to read: a paragraph of so many empty runs. */
export function heavyWord(runs: number): Uint8Array {
  return wordBytes({ body: `${p("Chữ")}<w:p>${"<w:r/>".repeat(runs)}</w:p>` });
}
