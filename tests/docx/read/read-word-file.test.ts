import { describe, expect, it } from "vitest";
import type { WordFile } from "#docx";
import { readWordFile } from "#docx";
import type { WordParts } from "../../support/word-package.ts";
import { p, r, wordBytes, wordPackage, zipped } from "../../support/word-package.ts";

const read = (parts: WordParts): WordFile => readWordFile(wordBytes(parts));
const body = (xml: string, parts: Partial<WordParts> = {}): WordFile => read({ body: xml, ...parts });
const texts = (file: WordFile): string[] => file.paragraphs.map(({ runs }) => runs.map(({ text }) => text).join(""));
const text = (xml: string, parts: Partial<WordParts> = {}): string => texts(body(xml, parts)).join("¶");

const at = 'w:author="An" w:date="2026-01-02T03:04:00Z"';
const ins = (inside: string): string => `<w:ins w:id="1" ${at}>${inside}</w:ins>`;
const del = (inside: string): string => `<w:del w:id="2" w:author="Bình">${inside}</w:del>`;
const delText = (words: string): string => `<w:r><w:delText xml:space="preserve">${words}</w:delText></w:r>`;
const start = (id: number | string): string => `<w:commentRangeStart w:id="${id}"/>`;
const end = (id: number | string): string => `<w:commentRangeEnd w:id="${id}"/>`;
const reference = (id: number | string): string => `<w:r><w:commentReference w:id="${id}"/></w:r>`;
const comment = (
  id: number | string,
  words: string,
  attributes = 'w:author="An" w:initials="A"',
  paraId = "",
): string =>
  `<w:comment w:id="${id}" ${attributes}><w:p${paraId === "" ? "" : ` w14:paraId="${paraId}"`}>${r(words)}</w:p></w:comment>`;
const on = (id: number | string, words: string): string => `${start(id)}${r(words)}${end(id)}${reference(id)}`;

describe("the words of a paragraph", () => {
  it("are one stretch where they look alike, however the program cut them", () => {
    const xml = p(
      `${r("Đại ")}<w:proofErr w:type="spellStart"/><w:r w:rsidR="00AA"><w:t>hội</w:t></w:r>${r(" Đảng", "<w:b/>")}`,
    );
    expect(body(xml).paragraphs[0]?.runs).toEqual([
      { text: "Đại hội", bold: false, italic: false, underline: false, strike: false, change: null },
      { text: " Đảng", bold: true, italic: false, underline: false, strike: false, change: null },
    ]);
  });

  it("are NFC across runs, keep white space only where it is said to count, and come from whatever brackets them", () => {
    expect(text(p(`${r("e\u0302")}${r("\u0323")}`))).toBe("ệ");
    expect(text(p('<w:r><w:t> a\nb </w:t></w:r><w:r><w:t xml:space="preserve"> c</w:t></w:r>'))).toBe("a b c");
    const brackets = `<w:hyperlink>${r("1")}</w:hyperlink><w:smartTag>${r("2")}</w:smartTag><w:sdt><w:sdtContent>${r("3")}</w:sdtContent></w:sdt><w:customXml>${r("4")}</w:customXml><w:dir>${r("5")}</w:dir>`;
    expect(text(`<w:sdt><w:sdtContent>${p(brackets)}</w:sdtContent></w:sdt>`)).toBe("12345");
  });

  it("have tabs, breaks, hyphens and signs as letters", () => {
    expect(
      text(
        p(
          "<w:r><w:t>a</w:t><w:tab/><w:t>b</w:t><w:br/><w:t>c</w:t><w:softHyphen/><w:noBreakHyphen/><w:t>d</w:t></w:r>",
        ),
      ),
    ).toBe("a\tb\nc\u2011d");
    const file = body(
      p(
        '<w:r><w:sym w:font="Wingdings" w:char="F0FC"/><w:sym w:font="Symbol" w:char="F061"/><w:sym w:font="Wingdings" w:char="F0C0"/></w:r><w:r><w:rPr><w:rFonts w:ascii="Symbol" w:hAnsi="Symbol"/></w:rPr><w:t>\uF0B7</w:t></w:r>',
      ),
    );
    expect(texts(file)).toEqual(["✓α\uFFFD•"]);
    expect(file.leftOut).toEqual({ symbols: 1 });
  });

  it("have fields by their results, also in each other and over paragraphs", () => {
    const field = (code: string, result: string): string =>
      `<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>${code}</w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>${result}<w:r><w:fldChar w:fldCharType="end"/></w:r>`;
    expect(
      text(
        p(`${r("Trang ")}${field("PAGE", r("7"))}${r(".")}<w:fldSimple w:instr="DATE">${r("hôm nay")}</w:fldSimple>`),
      ),
    ).toBe("Trang 7.hôm nay");
    expect(text(p(field(`IF `, `${r("a")}${field("REF x", r("b"))}`)))).toBe("ab");
    const nested = `<w:r><w:fldChar w:fldCharType="begin"/></w:r>${field("PAGE", r("9"))}<w:r><w:fldChar w:fldCharType="separate"/></w:r>${r("kết quả")}<w:r><w:fldChar w:fldCharType="end"/></w:r>`;
    expect(text(p(nested))).toBe("kết quả");
    const long = `${p('<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>TOC</w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>' + r("Mục 1"))}${p(`${r("Mục 2")}<w:r><w:fldChar w:fldCharType="end"/></w:r>`)}`;
    expect(text(long)).toBe("Mục 1¶Mục 2");
    expect(text(`${p('<w:r><w:fldChar w:fldCharType="begin"/></w:r>')}${p("Sau một trường hỏng")}`)).toBe(
      "¶Sau một trường hỏng",
    );
  });

  it("are of the choice that Word takes, not of its fallback; boxes stand beside them", () => {
    const box = (words: string): string => `<w:txbxContent>${p(on(1, words))}</w:txbxContent>`;
    const drawing = `<mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wps:txbx>${box("Trong khung")}</wps:txbx></w:drawing></mc:Choice><mc:Fallback><w:pict><v:textbox>${box("Trong khung")}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent>`;
    const file = body(p(`${r("Trước ")}<w:r>${drawing}</w:r>${r("sau")}<w:r><w:drawing/></w:r>`), {
      comments: comment(1, "x"),
    });
    expect(texts(file)).toEqual(["Trước sau"]);
    expect(file.asides).toEqual([{ kind: "textBox", text: "Trong khung", paragraph: 0 }]);
    expect(file.leftOut).toEqual({ textBoxes: 1, pictures: 1 });
    expect(file.comments[0]).toMatchObject({ quote: "Trong khung", range: null });
  });

  it("are not lost where the file breaks the schema", () => {
    expect(
      text(
        `<w:p2>${r("a")}</w:p2><w:odd><w:odd>${p("b")}</w:odd></w:odd>${p(`${r("c")}<w:sdt><w:sdtContent>${p("d")}</w:sdtContent></w:sdt><w:odd>${r("e")}</w:odd>`)}`,
      ),
    ).toBe("a¶b¶c\nde");
    expect(text(`<w:tbl><w:odd><w:tr><w:odd><w:tc>${r("a")}</w:tc></w:odd></w:tr></w:odd></w:tbl>`)).toBe("a");
  });

  it("leave out hidden text and prompts, counted, and keep formulas as letters", () => {
    const prompt = `<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>${r("Bấm để nhập")}</w:sdtContent></w:sdt>`;
    const file = body(p(`${r("a")}${r("ẩn", "<w:vanish/>")}${prompt}<m:oMath><m:r><m:t>x=1</m:t></m:r></m:oMath>`));
    expect(texts(file)).toEqual(["ax=1"]);
    expect(file.leftOut).toEqual({ hidden: 1, prompts: 1, formulas: 1 });
  });
});

describe("the look of words", () => {
  const styles =
    "<w:docDefaults><w:rPrDefault><w:rPr><w:i/></w:rPr></w:rPrDefault></w:docDefaults>" +
    '<w:style w:type="paragraph" w:default="1" w:styleId="N"><w:name w:val="Normal"/><w:pPr><w:jc w:val="both"/></w:pPr></w:style>' +
    '<w:style w:type="paragraph" w:styleId="H"><w:name w:val="heading 1"/><w:basedOn w:val="N"/><w:pPr><w:outlineLvl w:val="0"/></w:pPr><w:rPr><w:b/></w:rPr></w:style>' +
    '<w:style w:type="paragraph" w:styleId="H2"><w:name w:val="heading 2"/><w:basedOn w:val="H"/><w:pPr><w:jc w:val="center"/></w:pPr></w:style>' +
    '<w:style w:type="character" w:styleId="S"><w:name w:val="Strong"/><w:rPr><w:b/><w:u w:val="single"/></w:rPr></w:style>';

  it("comes through styles based on others, and the run's own word is the last", () => {
    const file = body(
      [
        p("a", '<w:pStyle w:val="H2"/>'),
        p(
          `${r("b", '<w:rStyle w:val="S"/>')}${r("c", '<w:rStyle w:val="S"/><w:b/><w:u w:val="none"/><w:i w:val="0"/><w:strike/>')}`,
          '<w:pStyle w:val="H"/><w:outlineLvl w:val="9"/>',
        ),
        p("d", '<w:pStyle w:val="Gone"/><w:jc w:val="end"/>'),
      ].join(""),
      { styles },
    );
    expect(file.paragraphs.map(({ style, align }) => [style.name, style.outlineLevel, align])).toEqual([
      ["heading 2", 0, "center"],
      ["heading 1", null, "justify"],
      ["Normal", null, "right"],
    ]);
    const looks = file.paragraphs.flatMap(({ runs }) =>
      runs.map(({ text: words, bold, italic, underline, strike }) => [words, bold, italic, underline, strike]),
    );
    expect(looks).toEqual([
      ["a", true, true, false, false],
      // Two styles that are both bold cancel each other out.
      ["b", false, true, true, false],
      ["c", true, false, false, true],
      ["d", false, true, false, false],
    ]);
  });
});

describe("legacy fonts", () => {
  const font = (name: string, words: string): string => r(words, `<w:rFonts w:ascii="${name}" w:hAnsi="${name}"/>`);

  it("are made Unicode, also where a letter and its tone lie in two runs, and counted", () => {
    const file = body(
      [
        p(font(".VnTime", "Ban ChÊp hµnh Trung \u00AD¬ng ®¶ng")),
        p(
          `<w:r><w:rPr><w:rFonts w:ascii=".VnTime" w:hAnsi=".VnTime"/></w:rPr><w:t xml:space="preserve">Trung </w:t><w:softHyphen/><w:t>¬ng</w:t></w:r>`,
        ),
        p(`${font("VNI-Times", "Ñoäc la")}<w:proofErr w:type="spellStart"/>${font("VNI-Times", "äp")}`),
        p(font(".VnTimeH", "b¸o c¸o")),
        p(font("Times New Roman", "Báo cáo")),
      ].join(""),
    );
    expect(texts(file)).toEqual(["Ban Chấp hành Trung ương đảng", "Trung ương", "Độc lập", "BÁO CÁO", "Báo cáo"]);
    expect(file.converted).toBe(4);
  });

  it("come from styles too; a paragraph that was typed in Unicode under such a font is left alone", () => {
    const styles =
      '<w:style w:type="paragraph" w:default="1" w:styleId="N"><w:name w:val="N"/><w:rPr><w:rFonts w:ascii=".VnTime" w:hAnsi=".VnTime"/></w:rPr></w:style>';
    const file = body(
      `${p("®¶ng")}${p(`${r("Đảng ủy ")}${r("có")}`)}${p(r("có", '<w:rFonts w:asciiTheme="minorHAnsi" w:hAnsiTheme="minorHAnsi"/>'))}${p("Nam 2025")}`,
      { styles },
    );
    expect(texts(file)).toEqual(["đảng", "Đảng ủy có", "có", "Nam 2025"]);
    expect(file.converted).toBe(1);
  });
});

describe("tracked changes", () => {
  it("stand in the text with who and when; a move is both", () => {
    const xml = p(
      `${r("a")}${ins(r("b"))}${del(delText("c"))}<w:moveFrom w:id="3" w:author="Chi">${r("d")}</w:moveFrom><w:moveTo w:id="4" w:author="Chi">${r("e")}</w:moveTo>`,
    );
    expect(body(xml).paragraphs[0]?.runs.map(({ text: words, change }) => [words, change])).toEqual([
      ["a", null],
      ["b", { kind: "inserted", author: "An", initials: "", date: "2026-01-02T03:04:00Z" }],
      ["c", { kind: "deleted", author: "Bình", initials: "", date: "" }],
      ["d", { kind: "deleted", author: "Chi", initials: "", date: "" }],
      ["e", { kind: "inserted", author: "Chi", initials: "", date: "" }],
    ]);
  });

  it("of a paragraph's end and of a row are told apart from their words", () => {
    const row = (change: string, words: string): string =>
      `<w:tr><w:trPr>${change}</w:trPr><w:tc>${p(words)}</w:tc></w:tr>`;
    const file = body(
      `${p("a", `<w:rPr><w:ins w:id="1" ${at}/></w:rPr>`)}${p("b", '<w:rPr><w:del w:id="2" w:author="Bình"/></w:rPr>')}<w:tbl>${row("", "x")}${row(`<w:ins w:id="5" ${at}/>`, "y")}${row('<w:del w:id="6" w:author="Bình"/>', "z")}</w:tbl>`,
    );
    expect(file.paragraphs.map(({ mark }) => mark?.kind ?? null)).toEqual(["inserted", "deleted", null, null, null]);
    const table = file.blocks.find((block) => block.type === "table");
    expect(table?.type === "table" && table.table.rowChanges.map((change) => change?.kind ?? null)).toEqual([
      null,
      "inserted",
      "deleted",
    ]);
  });

  it("that one made and another took back are gone, and counted with those of format", () => {
    const file = body(
      p(
        `${r("a")}${ins(del(delText("b")))}${r("c", '<w:b/><w:rPrChange w:id="9" w:author="An"><w:rPr/></w:rPrChange>')}`,
      ),
    );
    expect(texts(file)).toEqual(["ac"]);
    expect(file.leftOut).toEqual({ takenBack: 1, formatChanges: 1 });
  });
});

describe("tables", () => {
  const cell = (words: string, setting = ""): string =>
    `<w:tc><w:tcPr>${setting}</w:tcPr>${words.startsWith("<") ? words : p(words)}</w:tc>`;

  it("have their grid, merged cells once, and the header's rows", () => {
    const xml = `<w:tbl><w:tblGrid><w:gridCol w:w="1000"/><w:gridCol w:w="2000"/><w:gridCol w:w="3000"/></w:tblGrid>
      <w:tr><w:trPr><w:tblHeader/></w:trPr>${cell("STT", '<w:vMerge w:val="restart"/>')}${cell("Kết quả", '<w:gridSpan w:val="2"/>')}</w:tr>
      <w:tr><w:trPr><w:tblHeader/></w:trPr>${cell("", "<w:vMerge/>")}${cell("2024")}${cell("2025")}</w:tr>
      <w:sdt><w:sdtContent><w:tr><w:trPr><w:gridBefore w:val="1"/></w:trPr>${cell("98%", '<w:hMerge w:val="restart"/>')}${cell("", "<w:hMerge/>")}</w:tr></w:sdtContent></w:sdt></w:tbl>${p("sau")}`;
    const file = body(xml);
    const [block] = file.blocks;
    if (block?.type !== "table") throw new Error("a table");
    expect(block.table).toMatchObject({ header: 2, widths: [1000, 2000, 3000] });
    const shape = block.table.rows.map((row) =>
      row.map(({ column, columns, rows, blocks }) => [column, columns, rows, blocks.length]),
    );
    expect(shape).toEqual([
      [
        [0, 1, 2, 1],
        [1, 2, 1, 1],
      ],
      [
        [1, 1, 1, 1],
        [2, 1, 1, 1],
      ],
      [[1, 2, 1, 1]],
    ]);
    expect(texts(file)).toEqual(["STT", "Kết quả", "2024", "2025", "98%", "sau"]);
    expect(file.paragraphs.map(({ index }) => index)).toEqual([0, 1, 2, 3, 4, 5]);
  });

  it("in cells come as their paragraphs, counted; words in the hidden part of a merged cell are kept", () => {
    const inner = `<w:tbl><w:tr>${cell("trong 1")}${cell("trong 2")}</w:tr></w:tbl>`;
    const file = body(
      `<w:tbl><w:tr>${cell(`${p("ngoài")}${inner}`, '<w:vMerge w:val="restart"/>')}</w:tr><w:tr>${cell("còn lại", "<w:vMerge/>")}</w:tr></w:tbl>`,
    );
    const [block] = file.blocks;
    expect(block?.type === "table" && block.table.rows[0]?.[0]?.blocks.length).toBe(4);
    expect(texts(file)).toEqual(["ngoài", "trong 1", "trong 2", "còn lại"]);
    expect(file.leftOut).toEqual({ nestedTables: 1 });
  });
});

describe("comments", () => {
  it("stand on exactly their words: in a cell, over paragraphs, on deleted words, from between paragraphs", () => {
    const xml = `${p(`${r("Một ")}${on(1, "hai")}${r(" ba")}`)}${p(`${r("x ")}${start(2)}${r("đầu")}`)}${p("giữa")}${p(`${r("cuối")}${end(2)}${reference(2)}${r(" y")}`)}
      <w:tbl><w:tr><w:tc>${p(on(3, "ô"))}</w:tc></w:tr></w:tbl>${p(`${start(4)}${del(delText("bỏ"))}${end(4)}${reference(4)}`)}${start(5)}${p("cả đoạn")}${end(5)}${p(`${reference(5)}${r("z")}`)}`;
    const file = body(xml, { comments: [1, 2, 3, 4, 5].map((id) => comment(id, `c${id}`)).join("") });
    expect(file.comments.map(({ quote, range }) => [quote, range])).toEqual([
      ["hai", { from: { paragraph: 0, at: 4 }, to: { paragraph: 0, at: 7 } }],
      ["đầu\ngiữa\ncuối", { from: { paragraph: 1, at: 2 }, to: { paragraph: 3, at: 4 } }],
      ["ô", { from: { paragraph: 4, at: 0 }, to: { paragraph: 4, at: 1 } }],
      ["bỏ", { from: { paragraph: 5, at: 0 }, to: { paragraph: 5, at: 2 } }],
      ["cả đoạn", { from: { paragraph: 6, at: 0 }, to: { paragraph: 6, at: 7 } }],
    ]);
  });

  it("that end where the next paragraph begins end with the one before; without a range they stand at their sign", () => {
    const xml = `${p(`${r("a")}${start(1)}${r("b")}`)}${p(`${end(1)}${reference(1)}${r("c")}`)}${p(`${r("d")}${reference(2)}`)}${p(`${start(3)}${r("e")}`)}`;
    const file = body(xml, { comments: comment(1, "x") + comment(2, "y") + comment(3, "z") });
    expect(file.comments.map(({ range }) => range)).toEqual([
      { from: { paragraph: 0, at: 1 }, to: { paragraph: 0, at: 2 } },
      { from: { paragraph: 2, at: 1 }, to: { paragraph: 2, at: 1 } },
      { from: { paragraph: 3, at: 0 }, to: { paragraph: 3, at: 0 } },
    ]);
  });

  it("that nothing refers to, and those in notes and headers, are orphans with their words", () => {
    const file = body(p('<w:r><w:footnoteReference w:id="7"/></w:r>'), {
      comments: comment(1, "lạc") + comment(2, "chú thích") + comment(3, "đầu trang"),
      footnotes: `<w:footnote w:type="separator" w:id="-1">${p("—")}</w:footnote><w:footnote w:id="7">${p(on(2, "Nguồn: báo cáo"))}</w:footnote>`,
      header: p(on(3, "Dự thảo")),
    });
    expect(file.comments.map(({ text: words, quote, range }) => [words, quote, range])).toEqual([
      ["lạc", "", null],
      ["chú thích", "Nguồn: báo cáo", null],
      ["đầu trang", "Dự thảo", null],
    ]);
    expect(file.asides).toEqual([
      { kind: "footnote", text: "Nguồn: báo cáo", paragraph: 0 },
      { kind: "header", text: "Dự thảo", paragraph: null },
    ]);
  });

  it("of one id are two, each with its own range", () => {
    const file = body(`${p(on(0, "một"))}${p(on(0, "hai"))}`, {
      comments: comment(0, "x") + comment(0, "y") + comment(0, "z"),
    });
    expect(file.comments.map(({ id, quote }) => [id, quote])).toEqual([
      ["0", "một"],
      ["0#2", "hai"],
      ["0#3", ""],
    ]);
  });

  it("have what four parts say of them; without initials or date these are empty", () => {
    const file = body(p(`${on(1, "a")}${on(2, "a")}`), {
      comments:
        `<w:comment w:id="1" w:author="An" w:initials="A" w:date="2026-01-02T10:00:00Z"><w:p>${r("Dòng 1")}</w:p><w:p w14:paraId="0A">${r("Dòng 2")}</w:p></w:comment>` +
        comment(2, "Đáp", 'w:author="Bình" w:date="0-00-00T00:00:00Z"', "0B") +
        comment(3, "Mới", 'w:author="Chi" w16du:dateUtc="2026-01-02T04:00:00Z"', "0C"),
      commentsExtended:
        '<w15:commentEx w15:paraId="0A" w15:done="1"/><w15:commentEx w15:paraId="0B" w15:paraIdParent="0A" w15:done="0"/>',
      commentsIds: '<w16cid:commentId w16cid:paraId="0A" w16cid:durableId="5AB10001"/>',
      commentsExtensible:
        '<w16cex:commentExtensible w16cex:durableId="5AB10001" w16cex:dateUtc="2026-01-02T03:00:00Z"/>',
    });
    expect(file.comments).toMatchObject([
      {
        id: "1",
        initials: "A",
        text: "Dòng 1\nDòng 2",
        date: "2026-01-02T10:00:00Z",
        dateUtc: "2026-01-02T03:00:00Z",
        durableId: "5AB10001",
        resolved: true,
        parent: null,
      },
      { id: "2", initials: "", date: "", dateUtc: "", durableId: "", resolved: false, parent: "1" },
      { id: "3", dateUtc: "2026-01-02T04:00:00Z", parent: null },
    ]);
  });

  it("on exactly the same words answer the oldest where the program knows no answers; elsewhere they stand alone", () => {
    const xml = p(
      `${start(1)}${start(2)}${start(3)}${r("chung")}${end(1)}${end(2)}${end(3)}${reference(1)}${reference(2)}${reference(3)}`,
    );
    const dated = (id: number, date: string, paraId = ""): string =>
      comment(id, `c${id}`, `w:author="An" w:date="${date}"`, paraId);
    const old = body(xml, {
      comments: dated(1, "2026-01-03T00:00:00Z") + dated(2, "2026-01-01T00:00:00Z") + dated(3, "2026-01-02T00:00:00Z"),
    });
    expect(old.comments.map(({ parent }) => parent)).toEqual(["2", null, "2"]);
    const listed = ["0A", "0B", "0C"].map((id) => `<w15:commentEx w15:paraId="${id}" w15:done="0"/>`).join("");
    const comments =
      dated(1, "2026-01-03T00:00:00Z", "0A") +
      dated(2, "2026-01-01T00:00:00Z", "0B") +
      dated(3, "2026-01-02T00:00:00Z", "0C");
    expect(body(xml, { comments, commentsExtended: listed }).comments.map(({ parent }) => parent)).toEqual([
      null,
      null,
      null,
    ]);
    const deep =
      '<w15:commentEx w15:paraId="0A"/><w15:commentEx w15:paraId="0B" w15:paraIdParent="0A"/><w15:commentEx w15:paraId="0C" w15:paraIdParent="0B"/>';
    expect(body(xml, { comments, commentsExtended: deep }).comments.map(({ parent }) => parent)).toEqual([
      null,
      "1",
      "1",
    ]);
  });
});

describe("a file", () => {
  it("says its protection where it is enforced, its bookmarks where they begin, and the strict form as the other", () => {
    const protection = (attributes: string): string => `<w:documentProtection ${attributes}/>`;
    expect(body(p("a"), { settings: protection('w:edit="comments" w:enforcement="1"') }).protection).toBe("comments");
    expect(body(p("a"), { settings: protection('w:edit="comments" w:enforcement="0"') }).protection).toBeNull();
    expect(body(p("a"), { settings: protection('w:edit="trackedChanges" w:enforcement="true"') }).protection).toBe(
      "trackedChanges",
    );
    const mark = (id: number, name: string): string => `<w:bookmarkStart w:id="${id}" w:name="${name}"/>`;
    const file = body(`${mark(1, "trước")}${p(`${r("ab")}${mark(2, "giữa")}${r("c")}`)}`);
    expect(file.paragraphs[0]?.bookmarks).toEqual([
      { name: "trước", at: 0 },
      { name: "giữa", at: 2 },
    ]);
    const files = wordPackage({ body: p(on(1, "Chữ")), comments: comment(1, "x") });
    const strict = Object.entries(files).map(([name, xml]) => [
      name,
      xml
        .replaceAll(
          "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
          "http://purl.oclc.org/ooxml/wordprocessingml/main",
        )
        .replaceAll(
          "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
          "http://purl.oclc.org/ooxml/officeDocument/relationships",
        ),
    ]);
    expect(readWordFile(zipped(Object.fromEntries(strict) as Record<string, string>)).comments[0]?.quote).toBe("Chữ");
  });
});
