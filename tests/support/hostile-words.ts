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

/** What a file under a password looks like from outside: a compound file with the real one sealed in a stream. */
function encrypted(): Uint8Array {
  const bytes = new Uint8Array(1024);
  bytes.set([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]);
  bytes.set(Array.from("EncryptedPackage", (letter) => [letter.charCodeAt(0), 0]).flat(), 512);
  return bytes;
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
    { name: "khóa.docx", code: "word-encrypted", bytes: encrypted() },
  ];
}

/** Within every limit, and no small matter to read: a paragraph of so many empty runs. */
export function heavyWord(runs: number): Uint8Array {
  return wordBytes({ body: `${p("Chữ")}<w:p>${"<w:r/>".repeat(runs)}</w:p>` });
}
