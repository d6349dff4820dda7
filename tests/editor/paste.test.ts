/** @vitest-environment jsdom */
import { describe, expect, test } from "vitest";
import { readPastedHtml } from "../../src/editor/paste/pasted-html.ts";
import type { Pasted } from "../../src/editor/paste/pasted-html.ts";
import { readPastedText } from "../../src/editor/paste/pasted-text.ts";
import { OpenEditor } from "./open-editor.ts";

/** Blocks one below the other, as `item 1: text` with bold in `*`, italic in `/`, underline in `_`. */
function lines({ blocks }: Pick<Pasted, "blocks">): string[] {
  const signs = { strong: "*", em: "/", underline: "_" } as const;
  return blocks.map(({ kind, level, runs }) => {
    const text = runs.map((run) => {
      const around = run.marks.map((mark) => signs[mark]).join("");
      return `${around}${run.text}${around}`;
    });
    return `${kind}${level === 0 ? "" : ` ${level}`}: ${text.join("")}`;
  });
}

const WORD = `<html xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"
xmlns:w="urn:schemas-microsoft-com:office:word" xmlns="http://www.w3.org/TR/REC-html40"><head>
<meta http-equiv=Content-Type content="text/html; charset=utf-8"><meta name=Generator content="Microsoft Word 15">
<!--[if gte mso 9]><xml><w:WordDocument><w:View>Normal</w:View></w:WordDocument></xml><![endif]-->
<style><!-- /* Style Definitions */
 p.MsoNormal, li.MsoNormal, div.MsoNormal {mso-style-unhide:no; margin:0cm; font-size:14.0pt; font-family:"Times New Roman",serif;}
 @page WordSection1 {size:595.3pt 841.9pt;} div.WordSection1 {page:WordSection1;} --></style></head>
<body lang=VI style='tab-interval:36.0pt'><!--StartFragment-->
<h2 style='margin-top:6.0pt'><b><span lang=VI>I- KẾT QUẢ<o:p></o:p></span></b></h2>
<p class=MsoNormal style='text-align:justify'><span lang=VI>Năm 2021, <b style='mso-bidi-font-weight:normal'>Đảng bộ</b>
 đã <i>hoàn thành</i> <u>15/15</u> chỉ tiêu.<o:p></o:p></span></p>
<p class=MsoNormal><o:p>&nbsp;</o:p></p>
<p class=MsoListParagraphCxSpFirst style='margin-left:36.0pt;text-indent:-18.0pt;mso-list:l0 level1 lfo1'><![if !supportLists]><span
style='font-family:Symbol;mso-fareast-font-family:Symbol'><span style='mso-list:Ignore'>·<span
style='font:7.0pt "Times New Roman"'>&nbsp;&nbsp;&nbsp;&nbsp; </span></span></span><![endif]><span lang=VI>Công tác tư tưởng<o:p></o:p></span></p>
<p class=MsoListParagraphCxSpMiddle style='margin-left:72.0pt;mso-list:l0 level2 lfo1'><span style='mso-list:Ignore'>o<span>&nbsp; </span></span>Tuyên truyền&nbsp;miệng</p>
<p class=MsoListParagraphCxSpLast style='margin-left:108.0pt;mso-list:l0 level3 lfo1'>o&nbsp;&nbsp; Sâu hơn nữa</p>
<p class=MsoNormal style='display:none'>giấu đi</p>
<!--EndFragment--></body></html>`;

const GOOGLE = `<meta charset='utf-8'><b style="font-weight:normal;" id="docs-internal-guid-1f"><p dir="ltr" style="line-height:1.38"><span
style="font-size:11pt;font-family:Arial;font-weight:400;font-style:normal;text-decoration:none">Đoạn thường có </span><span
style="font-weight:700;font-style:normal;text-decoration:none">đậm</span><span style="font-weight:400;font-style:italic;text-decoration:underline"> nghiêng</span></p><ul
style="margin-top:0"><li dir="ltr" aria-level="1" style="list-style-type:disc"><p dir="ltr" role="presentation"><span>Mục một</span></p></li><ul><li
dir="ltr" aria-level="2"><p dir="ltr" role="presentation"><span>Mục con</span></p></li></ul><li dir="ltr" aria-level="1"><p
dir="ltr" role="presentation"><span>Mục hai</span></p></li></ul><h3 dir="ltr"><span style="font-weight:700">Đề mục</span></h3></b><br class="Apple-interchange-newline">`;

describe("pasted HTML", () => {
  test("Word gives its headings, its lists by level, its marks, and nothing of its machinery", () => {
    expect(lines(readPastedHtml(WORD))).toEqual([
      "heading 1: I- KẾT QUẢ",
      "paragraph: Năm 2021, *Đảng bộ* đã /hoàn thành/ _15/15_ chỉ tiêu.",
      "item 1: Công tác tư tưởng",
      "item 2: Tuyên truyền miệng",
      "item 2: Sâu hơn nữa",
    ]);
  });

  test("Google Docs gives ordinary text under its bold wrapper, and its nested lists", () => {
    expect(lines(readPastedHtml(GOOGLE))).toEqual([
      "paragraph: Đoạn thường có *đậm*/_ nghiêng/_",
      "item 1: Mục một",
      "item 2: Mục con",
      "item 1: Mục hai",
      "heading 1: Đề mục",
    ]);
  });

  test("a web page gives its words in order, without scripts, pictures and the look of links", () => {
    const page = `<div><script>alert(1)</script><style>p{color:red}</style><nav><a href="/">Trang chủ</a></nav>
      <article><h1><strong>Đại hội</strong><br>thành công</h1><p>Sáng <a href="x"><u>22/12</u></a>,<br>tại Hà Nội</p>
      <img src="x" onerror="alert(1)" alt="ảnh"><ul><li>một<ul><li>hai<ul><li>ba</li></ul></li></ul></li><li><p>bốn</p><p>năm</p></li></ul>
      lời cuối</article></div>`;
    expect(lines(readPastedHtml(page))).toEqual([
      "paragraph: Trang chủ",
      "heading 1: Đại hội thành công",
      "paragraph: Sáng 22/12,",
      "paragraph: tại Hà Nội",
      "item 1: một",
      "item 2: hai",
      "item 2: ba",
      "item 1: bốn",
      "paragraph: năm",
      "paragraph: lời cuối",
    ]);
  });

  test("a table is a table, a table in a cell a line for each of its rows", () => {
    const { blocks, table } = readPastedHtml(
      `<p>Trước</p><table><caption>Kết quả</caption><tr><th>Chỉ tiêu</th><th>Kết quả</th></tr>
       <tr><td><p>Kết nạp</p><p>đảng viên</p></td><td><b>12</b></td></tr>
       <tr><td>Trong</td><td><table><tr><td>bảng</td><td>con</td></tr></table></td></tr></table>`,
    );
    expect(blocks.map(({ kind, runs }) => [kind, runs.map(({ text }) => text).join("")])).toEqual([
      ["paragraph", "Trước"],
      ["table", "Kết quả"],
    ]);
    const rows = blocks[1]?.table?.content?.rows ?? [];
    const written = rows.map(({ cells }) =>
      cells.map(({ paragraphs }) => paragraphs.map((runs) => runs.map(({ text }) => text).join("")).join("\n")),
    );
    expect(written).toEqual([
      ["Chỉ tiêu", "Kết quả"],
      ["Kết nạp\nđảng viên", "12"],
      ["Trong", "bảng | con"],
    ]);
    expect(rows.map(({ cells }) => cells.every(({ header }) => header))).toEqual([true, false, false]);
    expect(table).toBe(false);
  });

  test("a table that is larger than ours can be gives a line for each row, and is told of", () => {
    const wide = Array.from({ length: 64 }, (_, i) => `<td>${i}</td>`).join("");
    const pasted = readPastedHtml(`<table><tr>${wide}</tr><tr>${wide}</tr></table>`);
    expect(pasted.blocks).toHaveLength(2);
    expect(lines(pasted)[0]).toContain("paragraph: 0 | 1 | 2");
    expect(pasted.table).toBe(true);
  });

  test("text becomes NFC with ordinary spaces and without what cannot be seen", () => {
    const pasted = readPastedHtml(`<p>${"tiếng Việt".normalize("NFD")}&nbsp;\u200Bhay\u00ADlắm\uFEFF</p>`);
    expect(lines(pasted)).toEqual(["paragraph: tiếng Việt haylắm"]);
  });

  test("letters and figures at a line's beginning are words, dashes are signs", () => {
    const pasted = readPastedHtml("<p>o bế</p><p>1. Một</p><p>– gạch</p><p>+ cộng</p><p>-5 độ</p>");
    expect(lines(pasted)).toEqual([
      "paragraph: o bế",
      "paragraph: 1. Một",
      "item 1: gạch",
      "item 2: cộng",
      "paragraph: -5 độ",
    ]);
  });

  test("a document whose style sheet names a legacy font is converted throughout", () => {
    const pasted = readPastedHtml(
      `<style><!-- p.MsoNormal, li.MsoNormal {margin:0cm; font-family:".VnTime",sans-serif;} --></style>
       <p class=MsoNormal>B¸o c¸o <span style='font-family:"Times New Roman"'>tổng kết</span> <span style='font-family:.VnTimeH'>®¶ng</span></p>
       <p class=Other style='font-family:"VNI-Times"'>Ñaûng boä</p>`,
    );
    expect(lines(pasted)).toEqual(["paragraph: Báo cáo tổng kết ĐẢNG", "paragraph: Đảng bộ"]);
    expect(pasted.legacy).toBe(true);
    expect(readPastedHtml("<p style='font-family:.VnTime'>plain</p>").legacy).toBe(false);
    expect(lines(readPastedHtml("<p>B¸o c¸o</p>"))).toEqual(["paragraph: B¸o c¸o"]);
    const unicode = readPastedHtml("<p style='font-family:.VnTime'>Báo cáo tổng kết</p>");
    expect(lines(unicode)).toEqual(["paragraph: Báo cáo tổng kết"]);
  });
});

describe("numbers of a list", () => {
  const item = (level: number, sign: string, text: string): string =>
    `<p class=MsoListParagraph style='mso-list:l0 level${level} lfo1'><![if !supportLists]><span lang=VI><span
     style='mso-list:Ignore'>${sign}<span style='font:7.0pt "Times New Roman"'>&nbsp;&nbsp; </span></span></span><![endif]><span lang=VI>${text}</span></p>`;

  test("Word's stay as typed, so that nobody has to count again, and signs below them begin at the first level", () => {
    const html = [
      item(1, "1.", "Công tác <b>tư tưởng</b>"),
      item(2, "-", "gạch"),
      item(3, "+", "cộng"),
      item(2, "a)", "điểm"),
      item(1, "2.", "Công tác tổ chức"),
      item(1, "II-", "La Mã"),
      item(1, "1.2.3", "đường"),
      item(1, "·", "chấm"),
      item(1, "o", "tròn"),
    ].join("");
    expect(lines(readPastedHtml(html))).toEqual([
      "paragraph: 1. Công tác *tư tưởng*",
      "item 1: gạch",
      "item 2: cộng",
      "paragraph: a) điểm",
      "paragraph: 2. Công tác tổ chức",
      "paragraph: II- La Mã",
      "paragraph: 1.2.3 đường",
      "item 1: chấm",
      "item 1: tròn",
    ]);
  });

  test("a numbered heading of Word is numbered here, not twice", () => {
    const heading = item(1, "1.", "Mục").replaceAll("<p ", "<h3 ").replaceAll("</p>", "</h3>");
    expect(lines(readPastedHtml(heading))).toEqual(["heading 1: Mục"]);
  });

  test("those of Google Docs, LibreOffice and pages are as they were shown", () => {
    const html = `<ol start="3"><li dir="ltr"><p>ba</p></li><li>bốn<ul><li>gạch</li></ul></li><li value="9">chín</li><li>mười</li></ol>
      <ol type="a"><li>một<ol style="x"><li style="list-style-type:upper-roman"><p>La Mã</p></li></ol></li><li>hai</li></ol>
      <ol><li style="list-style-type:disc">chấm</li></ol>`;
    expect(lines(readPastedHtml(html))).toEqual([
      "paragraph: 3. ba",
      "paragraph: 4. bốn",
      "item 1: gạch",
      "paragraph: 9. chín",
      "paragraph: 10. mười",
      "paragraph: a. một",
      "paragraph: I. La Mã",
      "paragraph: b. hai",
      "item 1: chấm",
    ]);
  });
});

describe("pasted text", () => {
  const read = (text: string, asItIs = false): string[] => lines({ blocks: readPastedText(text, asItIs).blocks });

  const PDF = `Năm 2021, trong điều kiện dịch bệnh diễn biến phức tạp, Đảng bộ đã lãnh đạo các đơn vị
hoàn thành toàn diện nhiệm vụ chính trị được giao; nhiều công trình của các nhà khoa học của Viện Hàn
Lâm được công bố trên các tạp chí quốc tế có uy tín, nhất là trong giai đoạn từ năm 2020-
2021 và những tháng đầu năm nay.
1. Công tác tư tưởng
- Chi bộ tổ chức học tập, quán triệt đầy đủ các nghị quyết của Trung ương và của cấp ủy
cấp trên.
- Cấp ủy duy trì sinh hoạt.
Cấp ủy, chi bộ chú trọng công tác giáo dục chính trị, tư tưởng cho cán bộ, đảng viên và ngư­
ời lao động.`;

  test("lines that a PDF broke are paragraphs again; headings, items and ended sentences begin their own", () => {
    expect(read(PDF)).toEqual([
      "paragraph: Năm 2021, trong điều kiện dịch bệnh diễn biến phức tạp, Đảng bộ đã lãnh đạo các đơn vị hoàn thành toàn diện nhiệm vụ chính trị được giao; nhiều công trình của các nhà khoa học của Viện Hàn Lâm được công bố trên các tạp chí quốc tế có uy tín, nhất là trong giai đoạn từ năm 2020-2021 và những tháng đầu năm nay.",
      "paragraph: 1. Công tác tư tưởng",
      "item 1: Chi bộ tổ chức học tập, quán triệt đầy đủ các nghị quyết của Trung ương và của cấp ủy cấp trên.",
      "item 1: Cấp ủy duy trì sinh hoạt.",
      "paragraph: Cấp ủy, chi bộ chú trọng công tác giáo dục chính trị, tư tưởng cho cán bộ, đảng viên và người lao động.",
    ]);
    expect(readPastedText(PDF).joined).toBe(5);
    expect(read(PDF, true)).toHaveLength(10);
    expect(read(PDF.replaceAll("\n", "\n\n"))).toHaveLength(10);
  });

  test("lines of a message stay lines, however they begin and end", () => {
    const message = [
      "Kính gửi các đồng chí",
      "mai họp lúc 8h tại phòng 301 nhé các đồng chí",
      "Hoàn thành 12 trên 12 chỉ tiêu thi đua của cả năm học 2021-2022",
      "Kết nạp 5 đảng viên mới, đạt 125% kế hoạch của Đảng ủy giao",
      "👉 Nộp báo cáo trước ngày 20/12",
      "“Đoàn kết – Kỷ cương”",
    ];
    expect(read(message.join("\n"))).toEqual(message.map((line) => `paragraph: ${line}`));
    const long = ["Một đoạn dài viết liền trên Facebook không xuống dòng ".repeat(4).trim(), "còn đây là đoạn thứ hai"];
    expect(read(long.join("\n"))).toHaveLength(2);
  });

  test("decomposed letters are composed, soft hyphens and spaces that do not break go, typed quotes stay", () => {
    const text = `${"Đảng bộ “Vững mạnh”".normalize("NFD")} 'x'\nhai­`;
    expect(read(text)).toEqual(["paragraph: Đảng bộ “Vững mạnh” 'x'", "paragraph: hai"]);
  });

  test("every line is a block, dashes and bullets make items, empty lines fall away", () => {
    const text = "Mở đầu\r\n\r\n- một\n+ hai\n•\tba\no\tbốn\n  lùi vào \u00A0 \nkết";
    expect(lines({ blocks: readPastedText(text).blocks })).toEqual([
      "paragraph: Mở đầu",
      "item 1: một",
      "item 2: hai",
      "item 1: ba",
      "item 1: bốn",
      "paragraph: lùi vào",
      "paragraph: kết",
    ]);
  });

  test("a single line goes into the words as it is", () => {
    const open = new OpenEditor({ a: ["mười là 5"] }).select("a1", -1).paste({ text: " - 3 " });
    expect(open.spell()).toContain("[a1 p0|mười là 5 - 3 ]");
  });
});

describe("pasting into the report", () => {
  test("the first block goes on in the paragraph that is there, the last takes its rest", () => {
    const open = new OpenEditor({ a: ["trước sau"] }).select("a1", 6).paste({ html: "<p>một</p><p>hai</p><p>ba </p>" });
    expect(open.spell()).toContain("[a1 p0|trước một][n1 p0|hai][n2 p0|basau] // ");
    expect(open.selection.from).toBe(open.at("n2", 2));
  });

  test("an empty block takes the kind of the first", () => {
    const open = new OpenEditor({ a: [""] }).select("a1").paste({ html: "<h1>Một</h1><ul><li>hai</li></ul>" });
    expect(open.spell()).toContain("[a1 h1|Một][n1 i1|hai] // ");
  });

  test("a list does not run into the words before it", () => {
    const open = new OpenEditor({ a: ["trước"] }).select("a1", -1).paste({ html: "<ul><li>một</li><li>hai</li></ul>" });
    expect(open.spell()).toContain("[a1 p0|trước][n1 i1|một][n2 i1|hai] // ");
  });

  test("a slot that nobody has written in takes it", () => {
    const open = new OpenEditor({});
    open.editor.focus("b");
    open.paste({ html: WORD });
    expect(open.spell()).toMatch(
      /^\[lead p0\|\] \/\/ \[n\d h1\|I- KẾT QUẢ\]\[n\d p0\|Năm.*Sâu hơn nữa\] \/\/ \[lead p0\|\]$/,
    );
  });

  test("it replaces a selection over slots, and each slot stays", () => {
    const open = new OpenEditor({ a: ["một", "hai"], b: ["ba"] })
      .select("a2", 1, "b1", 1)
      .paste({ html: "<p>X</p><p>Y</p>" });
    expect(open.spell()).toBe("[a1 p0|một][a2 p0|hX][n1 p0|Y] // [b1 p0|a] // [lead p0|]");
  });

  test("it is one step for undo", () => {
    const open = new OpenEditor({ a: ["một"] }).select("a1", 1);
    open.type("z").paste({ html: WORD });
    open.type("k");
    open.press("Mod-z");
    open.press("Mod-z");
    expect(open.spell()).toContain("[a1 p0|mzột] // ");
  });

  test("it tells of what was converted", () => {
    const notices: string[] = [];
    const open = new OpenEditor({ a: [""] }, { notify: (notice) => notices.push(notice) });
    open.paste({ html: "<p style='font-family:.VnTime'>B¸o</p><table><tr><td>x</td></tr></table>" });
    open.paste({ html: "<p>Báo</p>" });
    expect(notices).toEqual(["legacy-text", "table-as-text"]);
  });

  test("a file or nothing at all changes nothing", () => {
    const open = new OpenEditor({ a: ["một"] });
    const before = open.spell();
    open.paste({}).paste({ html: "<img src='x'>", text: "" });
    expect(open.spell()).toBe(before);
  });
});

describe("pasting words only", () => {
  const press = (open: OpenEditor, type: "keydown" | "keyup", shiftKey: boolean): void => {
    open.editor.view.dom.dispatchEvent(new KeyboardEvent(type, { key: "V", ctrlKey: true, shiftKey, bubbles: true }));
  };
  const html = "<ul><li>một <b>hai</b></li></ul>";

  test("with Shift nothing but the words comes, line by line; the next paste is as ever", () => {
    const notices: string[] = [];
    const open = new OpenEditor({ a: [""] }, { notify: (notice) => notices.push(notice) }).select("a1");
    const broken = `${"dòng này dài như một dòng của trang in ".repeat(2)}nên đã bị ngắt\nở đây.`;
    press(open, "keydown", true);
    open.paste({ html, text: broken });
    press(open, "keyup", true);
    expect(open.spell()).toMatch(/bị ngắt\]\[n\d p0\|ở đây\.\]/u);
    expect(notices).toEqual([]);
    open.paste({ text: broken });
    expect(open.spell()).toContain("bị ngắt ở đây.]");
    expect(notices).toEqual(["lines-joined"]);
  });
});

describe("our own copies", () => {
  test("they keep kind, level and marks, and get ids of their own", () => {
    const open = new OpenEditor({ a: [["heading", 2, "Một"], ["item", 2, "hai"], "ba"], b: [""] }).select(
      "a2",
      1,
      "a2",
      2,
    );
    open.press("Mod-b");
    const copied = open.select("a1", 0, "a3", -1).copy();
    expect(copied.text).toBe("1.1. Một\n+ hai\nba");
    open.select("b1").paste(copied);
    expect(open.spell()).toBe(
      "[a1 h2|Một][a2 i2|h<s:a>i][a3 p0|ba] // [b1 h2|Một][n1 i2|h<s:a>i][n2 p0|ba] // [lead p0|]",
    );
  });

  test("words of a heading are only words in an empty paragraph", () => {
    const open = new OpenEditor({ a: [["heading", 1, "Một hai"]], b: [""] }).select("a1", 0, "a1", 3);
    const copied = open.copy();
    expect(open.select("b1").paste(copied).spell()).toContain("// [b1 p0|Một] //");
  });

  test("a copy over slots is pasted as blocks of one slot", () => {
    const open = new OpenEditor({ a: ["một", ["heading", 1, "hai"]], b: [["item", 1, "ba"]] }).select("a1", 1, "b1", 1);
    const copied = open.copy();
    open.editor.focus("c");
    open.paste(copied);
    expect(open.spell()).toBe("[a1 p0|một][a2 h1|hai] // [b1 i1|ba] // [n1 p0|ột][n2 h1|hai][n3 i1|b]");
  });

  test("words from inside a block go into words, and a cut brings them elsewhere", () => {
    const open = new OpenEditor({ a: [["heading", 1, "một hai"]], b: ["ba"] }).select("a1", 0, "a1", 3);
    const cut = open.copy("cut");
    open.select("b1", 1).paste(cut);
    expect(open.spell()).toBe("[a1 h1| hai] // [b1 p0|bmộta] // [lead p0|]");
  });

  test("they are cleaned as everything else", () => {
    const open = new OpenEditor({ a: [""] }).paste({
      html: `<p data-pm-slice="1 1 []" data-kind="item" data-level="9">${"ngoài".normalize("NFD")}\u00A0kia</p>`,
    });
    expect(open.spell()).toMatch(/\[a1 [pi]\d\|ngoài kia\]/);
  });
});
