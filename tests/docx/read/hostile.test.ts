import { strToU8, unzipSync } from "fflate";
import { describe, expect, it } from "vitest";
import { archiveMembers, readWordFile, WORD_LIMITS } from "#docx";
import type { WordLimits } from "#docx";
import { say, TongketError } from "#model";
import { random } from "../../support/random.ts";
import { p, r, relations, wordBytes, wordPackage, wordPart, zipped } from "../../support/word-package.ts";

/** The error that reading ends with; fails where it ends without one, or with one that no person can read. */
function refusal(bytes: Uint8Array, limits: WordLimits = WORD_LIMITS): TongketError {
  try {
    readWordFile(bytes, limits);
  } catch (error) {
    if (!(error instanceof TongketError)) throw error;
    for (const language of ["vi", "en"] as const)
      expect(say(language, `error.${error.code}`, error.details)).not.toMatch(/[{}]/);
    return error;
  }
  throw new Error("it was read");
}

/** Milliseconds of the processor that `work` takes: how busy the machine is otherwise says nothing of it. */
function timed(work: () => void): number {
  const start = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1000;
}

const words = (bytes: Uint8Array): string[] =>
  readWordFile(bytes).paragraphs.map(({ runs }) => runs.map(({ text }) => text).join(""));

/** A package whose document is `xml`, whole. */
const withDocument = (xml: string | Uint8Array): Uint8Array =>
  zipped({ ...wordPackage({ body: "" }), "word/document.xml": xml });

const CENTRAL = 0x02014b50;

/** Where the entries of the zip's directory begin. */
function directory(view: DataView): number[] {
  const places: number[] = [];
  for (let at = 0; at + 46 <= view.byteLength; at++) if (view.getUint32(at, true) === CENTRAL) places.push(at);
  return places;
}

/** Changes what the zip's directory says of the entry `name`. */
function forged(bytes: Uint8Array, name: string, change: (view: DataView, at: number) => void): Uint8Array {
  const copy = new Uint8Array(bytes);
  const view = new DataView(copy.buffer);
  for (const at of directory(view)) {
    const length = view.getUint16(at + 28, true);
    if (new TextDecoder().decode(copy.subarray(at + 46, at + 46 + length)) === name) change(view, at);
  }
  return copy;
}

describe("a zip that is not what it says", () => {
  const bomb = zipped({ ...wordPackage({ body: "" }), "word/document.xml": new Uint8Array(300 << 20) });
  /** What it takes to unpack all of it, here and now. */
  const whole = timed(() => unzipSync(bomb));

  it("is refused by what it announces, before anything is unpacked", () => {
    expect(
      timed(() => expect(refusal(bomb)).toMatchObject({ code: "word-too-large", details: { limit: 64 } })),
    ).toBeLessThan(whole / 2);
  });

  it("is refused at the first byte beyond what it announces", () => {
    const lying = forged(bomb, "word/document.xml", (view, at) => {
      view.setUint32(at + 24, 1000, true);
    });
    expect(timed(() => expect(refusal(lying).code).toBe("word-hostile"))).toBeLessThan(whole / 2);
  });

  it("is refused where it holds less than it announces, or something else", () => {
    const file = wordBytes({ body: p("Chữ") });
    const longer = forged(file, "word/document.xml", (view, at) => {
      view.setUint32(at + 24, view.getUint32(at + 24, true) + 1, true);
    });
    expect(refusal(longer).code).toBe("word-hostile");
    const other = forged(file, "word/document.xml", (view, at) => {
      view.setUint32(at + 16, 12345, true);
    });
    expect(refusal(other)).toMatchObject({ code: "word-damaged", details: { part: "word/document.xml" } });
  });

  it("is refused where its parts together are too much", () => {
    const names = Array.from({ length: 20 }, (_, i) => `header${i}.xml`);
    const filler = new Uint8Array(1 << 20).fill(0x20);
    filler.set(strToU8(wordPart("header", "")));
    const parts = {
      ...wordPackage({ body: p("Chữ") }),
      "word/_rels/document.xml.rels": relations(names.map((target) => ({ type: "header", target }))),
      ...Object.fromEntries(names.map((name) => [`word/${name}`, filler])),
    };
    expect(refusal(zipped(parts), { ...WORD_LIMITS, parts: 8 << 20 }).code).toBe("word-too-large");
  });

  it("is refused where many names stand for one entry", () => {
    const file = zipped({
      ...wordPackage({ body: p("Chữ") }),
      "word/a.xml": "a".repeat(999),
      "word/b.xml": "b".repeat(999),
    });
    let first = 0;
    const seen = forged(file, "word/a.xml", (view, at) => {
      first = view.getUint32(at + 42, true);
    });
    const overlapping = forged(seen, "word/b.xml", (view, at) => {
      view.setUint32(at + 42, first, true);
    });
    expect(refusal(overlapping)).toMatchObject({ code: "word-hostile", details: { part: "word/b.xml" } });
  });

  it.each(["../evil.xml", "word/../../evil.xml", "C:\\evil.xml", "..\\evil.xml"])(
    "is refused for the name %s",
    (name) => {
      expect(refusal(zipped({ ...wordPackage({ body: p("Chữ") }), [name]: "x" })).code).toBe("word-hostile");
    },
  );

  it("is refused where a name comes twice, capitals aside", () => {
    const twice = zipped({ ...wordPackage({ body: p("Chữ") }), "WORD/document.xml": wordPart("body", p("Khác")) });
    expect(refusal(twice).code).toBe("word-hostile");
  });

  it("is refused with too many entries", () => {
    const entries = Object.fromEntries(Array.from({ length: 6000 }, (_, i) => [`x/${i}`, ""]));
    expect(refusal(zipped({ ...wordPackage({ body: p("Chữ") }), ...entries })).code).toBe("word-too-complex");
  });

  it("does not open archives within archives", () => {
    const inner = zipped({ "a.docx": zipped({ "b.docx": wordBytes({ body: p("Chữ") }) }) });
    const [member] = archiveMembers(inner) ?? [];
    expect(member?.name).toBe("a.docx");
    expect(refusal(member?.bytes ?? new Uint8Array()).code).toBe("word-archive");
  });

  it("opens with the slashes of old programs", () => {
    const files = Object.entries(wordPackage({ body: p("Chữ") })).map(([name, text]) => [
      name.replaceAll("/", "\\"),
      text,
    ]);
    expect(words(zipped(Object.fromEntries(files) as Record<string, string>))).toEqual(["Chữ"]);
  });
});

describe("a relation", () => {
  const FILES = wordPackage({
    body: p("Chữ"),
    comments: `<w:comment w:id="1" w:author="A">${p("Ý kiến")}</w:comment>`,
  });

  it.each([
    ["outside", { type: "comments", target: "https://example.org/comments.xml", mode: "External" }],
    ["out of the package", { type: "comments", target: "../../../etc/passwd" }],
    ["to what is not there", { type: "comments", target: "missing.xml" }],
    ["to itself", { type: "comments", target: "_rels/document.xml.rels" }],
  ])("that leads %s is not followed", (_, relation) => {
    const file = readWordFile(zipped({ ...FILES, "word/_rels/document.xml.rels": relations([relation]) }));
    expect(file.comments).toEqual([]);
    expect(file.paragraphs).toHaveLength(1);
  });

  it("to a document that is not there is named", () => {
    const files = { ...FILES, "_rels/.rels": relations([{ type: "officeDocument", target: "word/other.xml" }]) };
    expect(refusal(zipped(files))).toMatchObject({ code: "word-damaged", details: { part: "word/other.xml" } });
  });
});

describe("XML", () => {
  const body = wordPart("body", p("Chữ"));
  const doctype = (inner: string): string => body.replace("?>", `?><!DOCTYPE w:document [${inner}]>`);

  it("with entities is refused, however few", () => {
    const laughs = Array.from(
      { length: 20 },
      (_, i) => `<!ENTITY l${i + 1} "&l${i};&l${i};&l${i};&l${i};&l${i};&l${i};">`,
    ).join("");
    const bombs = [
      doctype(`<!ENTITY l0 "ha">${laughs}`).replace("Chữ", "&l20;"),
      doctype('<!ENTITY x SYSTEM "file:///etc/passwd">').replace("Chữ", "&x;"),
      doctype('<!ENTITY % x SYSTEM "http://127.0.0.1/x.dtd"> %x;'),
      body.replace("?>", '?><!DOCTYPE w:document SYSTEM "http://127.0.0.1/x.dtd">'),
    ];
    for (const xml of bombs) expect(refusal(withDocument(xml)).code).toBe("word-hostile");
    expect(refusal(withDocument(body.replace("Chữ", "&l20;"))).code).toBe("word-damaged");
  });

  it.each([
    ["cut off", body.slice(0, -20)],
    ["without its root's end", body.replace("</w:document>", "")],
    ["with crossed elements", body.replace("</w:t></w:r>", "</w:r></w:t>")],
    ["with an unknown prefix", body.replace("<w:t ", "<q:t ").replace("</w:t>", "</q:t>")],
    ["with two roots", `${body}<w:document/>`],
    ["with a control character", body.replace("Chữ", "Ch\u0001")],
    ["empty", ""],
  ])("that is %s is named as damaged, with its part", (_, xml) => {
    expect(refusal(withDocument(xml))).toMatchObject({ code: "word-damaged", details: { part: "word/document.xml" } });
  });

  it("of another program is no Word file", () => {
    expect(refusal(withDocument("<html><body><p>Chữ</p></body></html>")).code).toBe("word-not-word");
  });

  it("in bytes that are no UTF-8 is damaged; in UTF-16, and with a sign for what was unreadable, it is read", () => {
    const bytes = strToU8(body);
    bytes[bytes.length - 60] = 0xff;
    expect(refusal(withDocument(bytes)).code).toBe("word-damaged");
    const wide = new Uint8Array(2 + body.length * 2);
    const view = new DataView(wide.buffer);
    view.setUint16(0, 0xfeff, true);
    for (let i = 0; i < body.length; i++) view.setUint16(2 + i * 2, body.charCodeAt(i), true);
    expect(words(withDocument(wide))).toEqual(["Chữ"]);
    expect(words(withDocument(body.replace("Chữ", "Ch\uFFFD")))).toEqual(["Ch\uFFFD"]);
    expect(
      words(withDocument(new Uint8Array([0xef, 0xbb, 0xbf, ...strToU8(body.replace("Chữ", "Ch\uFFFD"))]))),
    ).toEqual(["Ch\uFFFD"]);
  });

  it.each([
    ["a flood of paragraphs", "<w:p/>".repeat(1_000_000), "word-too-complex"],
    ["a flood of runs in one paragraph", `<w:p>${"<w:r/>".repeat(400_000)}</w:p>`, "word-too-complex"],
    [
      "elements in elements",
      `${"<w:sdt><w:sdtContent>".repeat(5000)}${"</w:sdtContent></w:sdt>".repeat(5000)}`,
      "word-too-complex",
    ],
    [
      "a flood of attributes",
      `<w:p ${Array.from({ length: 5000 }, (_, i) => `w:a${i}=""`).join(" ")}/>`,
      "word-too-complex",
    ],
    ["a huge attribute", `<w:p w:x="${"x".repeat(1_000_000)}"/>`, "word-hostile"],
  ])("with %s is refused in bounded time", (_, inside, code) => {
    const bytes = wordBytes({ body: inside });
    const limits = { ...WORD_LIMITS, elements: 300_000 };
    expect(timed(() => expect(refusal(bytes, limits).code).toBe(code))).toBeLessThan(15_000);
  });

  it("that goes round in circles comes to an end", () => {
    const styles =
      '<w:style w:type="paragraph" w:styleId="A"><w:name w:val="A"/><w:basedOn w:val="B"/><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>' +
      '<w:style w:type="paragraph" w:styleId="B"><w:name w:val="B"/><w:basedOn w:val="A"/></w:style>';
    const numbering =
      '<w:abstractNum w:abstractNumId="1"><w:numStyleLink w:val="A"/></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num>';
    const comments = ["1", "2", "3"].map(
      (id) => `<w:comment w:id="${id}"><w:p w14:paraId="0000000${id}">${r("x")}</w:p></w:comment>`,
    );
    const commentsExtended = [
      ["1", "2"],
      ["2", "1"],
      ["3", "3"],
    ].map(
      ([id, parent]) => `<w15:commentEx w15:paraId="0000000${id}" w15:paraIdParent="0000000${parent}" w15:done="0"/>`,
    );
    const file = readWordFile(
      wordBytes({
        body: p("Chữ", '<w:pStyle w:val="A"/>'),
        styles,
        numbering,
        comments: comments.join(""),
        commentsExtended: commentsExtended.join(""),
      }),
    );
    expect(file.paragraphs[0]?.style.name).toBe("A");
    expect(file.comments.map(({ parent }) => parent)).toEqual([null, null, null]);
  });

  it("with fields in fields, tables of any width and marks of no comment costs no more than its length", () => {
    const begin = '<w:r><w:fldChar w:fldCharType="begin"/><w:t>x</w:t></w:r>';
    const wide =
      '<w:tbl><w:tr><w:trPr><w:gridBefore w:val="999999999"/></w:trPr><w:tc><w:tcPr><w:gridSpan w:val="999999999"/></w:tcPr><w:p/></w:tc></w:tr></w:tbl>';
    const marks = Array.from({ length: 20_000 }, (_, i) => `<w:commentRangeStart w:id="${i % 7}"/>`).join("");
    const bytes = wordBytes({
      body: `<w:p>${begin.repeat(30_000)}</w:p>${"<w:p/>".repeat(1000)}${wide}<w:p>${marks}</w:p>`,
    });
    expect(timed(() => readWordFile(bytes))).toBeLessThan(15_000);
    const table = readWordFile(bytes).blocks.find((block) => block.type === "table");
    expect(table?.type === "table" && table.table.rows[0]?.[0]).toMatchObject({ column: 63, columns: 63 });
  });
});

describe("a file with very much in it", () => {
  it("is read with ten thousand comments over one paragraph, each in its place", () => {
    const ids = Array.from({ length: 10_000 }, (_, i) => String(i));
    const body = `<w:p>${ids.map((id) => `<w:commentRangeStart w:id="${id}"/>`).join("")}${r("Đoạn văn ".repeat(500))}${ids
      .map((id) => `<w:commentRangeEnd w:id="${id}"/><w:r><w:commentReference w:id="${id}"/></w:r>`)
      .join("")}</w:p>`;
    const comments = ids
      .map((id) => `<w:comment w:id="${id}" w:author="Người ${id}">${p(`Ý kiến ${id}`)}</w:comment>`)
      .join("");
    const bytes = wordBytes({ body, comments });
    let file: ReturnType<typeof readWordFile> | undefined;
    expect(timed(() => (file = readWordFile(bytes)))).toBeLessThan(15_000);
    expect(file?.comments).toHaveLength(10_000);
    expect(file?.comments[9999]).toMatchObject({
      text: "Ý kiến 9999",
      range: { from: { paragraph: 0, at: 0 }, to: { at: 4500 } },
    });
    expect(refusal(bytes, { ...WORD_LIMITS, comments: 9_999 })).toMatchObject({
      code: "word-too-complex",
      details: { limit: 9_999 },
    });
  });
});

describe("a damaged file", () => {
  const file = wordBytes({
    body: `${p("Đoạn một có chữ")}<w:tbl><w:tr><w:tc>${p("Ô")}</w:tc></w:tr></w:tbl>${p("Đoạn hai")}`,
    comments: `<w:comment w:id="1" w:author="A">${p("Ý kiến")}</w:comment>`,
    styles: '<w:style w:type="paragraph" w:styleId="A"><w:name w:val="A"/></w:style>',
  });

  it("is refused by name wherever it is cut off", () => {
    for (let length = 1; length < file.length; length += 7) {
      expect(refusal(file.slice(0, length)).code).toMatch(/^word-/);
    }
  });

  it("is read, or refused by name, whatever bytes are wrong", () => {
    const chance = random(5);
    const codes = new Set<string>();
    for (let i = 0; i < 1500; i++) {
      const copy = new Uint8Array(file);
      for (let n = chance.int(3); n >= 0; n--) copy[chance.int(copy.length)] = chance.int(256);
      try {
        readWordFile(copy);
        codes.add("read");
      } catch (error) {
        if (!(error instanceof TongketError)) throw error;
        codes.add(error.code);
      }
    }
    expect(codes).toContain("word-damaged");
    expect([...codes].every((code) => code === "read" || code.startsWith("word-"))).toBe(true);
  });
});
