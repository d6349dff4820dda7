import { p, r, wordBytes } from "./word-package.ts";

/** Drafts of last year as people and their programs write them: one by Word's styles, two by hand. */

const B = "<w:b/>";
const tab = "<w:r><w:tab/></w:r>";
const br = "<w:r><w:br/></w:r>";

function bold(text: string, properties = ""): string {
  return p(r(text, B), properties);
}

function cell(inside: string, properties = ""): string {
  return `<w:tc><w:tcPr>${properties}</w:tcPr>${inside}</w:tc>`;
}

function table(rows: readonly string[], columns: number, header = 0): string {
  const grid = `<w:tblGrid>${'<w:gridCol w:w="1800"/>'.repeat(columns)}</w:tblGrid>`;
  const lines = rows.map(
    (row, index) => `<w:tr>${index < header ? "<w:trPr><w:tblHeader/></w:trPr>" : ""}${row}</w:tr>`,
  );
  return `<w:tbl><w:tblPr/>${grid}${lines.join("")}</w:tbl>`;
}

const CENTRED = '<w:jc w:val="center"/>';

function head(left: readonly string[], right: readonly string[]): string {
  return table([cell(left.join("")) + cell(right.join(""))], 2);
}

function signature(recipients: readonly string[], power: string, office: string, name: string): string {
  return table(
    [
      cell([bold("Nơi nhận:"), ...recipients.map((each) => p(`- ${each}`))].join("")) +
        cell([bold(power, CENTRED), p(office, CENTRED), p(""), p(""), p(""), bold(name, CENTRED)].join("")),
    ],
    2,
  );
}

function level(index: number, format: string, text: string, style: string): string {
  return `<w:lvl w:ilvl="${index}"><w:start w:val="1"/><w:numFmt w:val="${format}"/><w:pStyle w:val="${style}"/><w:lvlText w:val="${text}"/></w:lvl>`;
}

function headingStyle(id: number): string {
  return `<w:style w:type="paragraph" w:styleId="Heading${id}"><w:name w:val="heading ${id}"/><w:basedOn w:val="Normal"/><w:pPr><w:keepNext/><w:numPr><w:ilvl w:val="${id - 1}"/><w:numId w:val="1"/></w:numPr><w:outlineLvl w:val="${id - 1}"/></w:pPr><w:rPr>${B}</w:rPr></w:style>`;
}

function heading(depth: number, text: string): string {
  return p(text, `<w:pStyle w:val="Heading${depth}"/>`);
}

function bullet(text: string, depth = 0): string {
  return p(text, `<w:pStyle w:val="ListParagraph"/><w:numPr><w:ilvl w:val="${depth}"/><w:numId w:val="2"/></w:numPr>`);
}

function contents(entries: readonly (readonly [number, string, number])[]): string {
  const lines = entries.map(([depth, text, page]) =>
    p(
      `<w:hyperlink w:anchor="_Toc${page}">${r(text)}${tab}${r(String(page))}</w:hyperlink>`,
      `<w:pStyle w:val="TOC${depth}"/><w:tabs><w:tab w:val="right" w:leader="dot" w:pos="9062"/></w:tabs>`,
    ),
  );
  return `<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj></w:sdtPr><w:sdtContent>${bold("MỤC LỤC", CENTRED)}${lines.join("")}</w:sdtContent></w:sdt>`;
}

function textBox(text: string): string {
  const inside = `<w:txbxContent>${p(text)}</w:txbxContent>`;
  const size = 'cx="3600000" cy="720000"';
  const shape = `<wps:wsp><wps:cNvSpPr txBox="1"/><wps:spPr><a:xfrm><a:off x="0" y="0"/><a:ext ${size}/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></wps:spPr><wps:txbx>${inside}</wps:txbx><wps:bodyPr/></wps:wsp>`;
  const graphic = `<a:graphic xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><a:graphicData uri="http://schemas.microsoft.com/office/word/2010/wordprocessingShape">${shape}</a:graphicData></a:graphic>`;
  const drawing = `<w:drawing><wp:inline xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"><wp:extent ${size}/><wp:docPr id="1" name="Hộp 1"/>${graphic}</wp:inline></w:drawing>`;
  return `<w:p><w:r><mc:AlternateContent><mc:Choice Requires="wps">${drawing}</mc:Choice><mc:Fallback><w:pict><v:shape style="width:283pt;height:57pt"><v:textbox>${inside}</v:textbox></v:shape></w:pict></mc:Fallback></mc:AlternateContent></w:r></w:p>`;
}

const note = (id: number): string => `<w:r><w:footnoteReference w:id="${id}"/></w:r>`;

/** A Party committee's draft in Word's own styles: numbered headings, contents, notes, a box, tracked changes, a wide table. */
function styled(): Uint8Array {
  const stamp = 'w:author="Thư ký Mẫu" w:date="2025-12-01T08:00:00Z"';
  const merged = table(
    [
      cell(bold("TT", CENTRED), '<w:vMerge w:val="restart"/>') +
        cell(bold("Chi bộ", CENTRED), '<w:vMerge w:val="restart"/>') +
        cell(bold("Đảng viên", CENTRED), '<w:gridSpan w:val="2"/>'),
      cell(p(""), "<w:vMerge/>") +
        cell(p(""), "<w:vMerge/>") +
        cell(bold("Chính thức", CENTRED)) +
        cell(bold("Dự bị", CENTRED)),
      cell(p("1")) + cell(p(r("Chi bộ thôn Đông", "<w:i/>")) + p("(mới tách)")) + cell(p("32")) + cell(p("2")),
      cell(p("2")) + cell(p("Chi bộ thôn Đoài")) + cell(p("29")) + cell(p("1")),
      cell(bold("Tổng cộng"), '<w:gridSpan w:val="2"/>') + cell(bold("61")) + cell(bold("3")),
    ],
    4,
    2,
  );
  return wordBytes({
    styles: `<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style><w:style w:type="paragraph" w:styleId="ListParagraph"><w:name w:val="List Paragraph"/></w:style><w:style w:type="paragraph" w:styleId="Caption"><w:name w:val="caption"/></w:style>${[1, 2, 3].map((id) => `<w:style w:type="paragraph" w:styleId="TOC${id}"><w:name w:val="toc ${id}"/></w:style>${headingStyle(id)}`).join("")}`,
    numbering: `<w:abstractNum w:abstractNumId="1"><w:multiLevelType w:val="multilevel"/>${level(0, "upperRoman", "%1.", "Heading1")}${level(1, "decimal", "%2.", "Heading2")}${level(2, "decimal", "%2.%3.", "Heading3")}</w:abstractNum><w:abstractNum w:abstractNumId="2"><w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/><w:lvlText w:val="\uf0b7"/></w:lvl><w:lvl w:ilvl="1"><w:numFmt w:val="bullet"/><w:lvlText w:val="o"/></w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="2"/></w:num>`,
    header: p(r("Dự thảo lần 2 – tài liệu nội bộ")),
    footer: p(
      '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> PAGE </w:instrText></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>',
    ),
    footnotes: `<w:footnote w:id="1">${p("Số liệu do Văn phòng Đảng ủy tổng hợp đến ngày 30/11/2025.")}</w:footnote>`,
    body: [
      head(
        [p("ĐẢNG BỘ HUYỆN MẪU", CENTRED), bold("ĐẢNG ỦY XÃ MẪU", CENTRED), p("*", CENTRED), p("Số 112-BC/ĐU", CENTRED)],
        [bold("ĐẢNG CỘNG SẢN VIỆT NAM", CENTRED), p(r("Xã Mẫu, ngày 10 tháng 12 năm 2025", "<w:i/>"), CENTRED)],
      ),
      bold("BÁO CÁO", CENTRED),
      bold("tổng kết công tác xây dựng Đảng năm 2025, phương hướng, nhiệm vụ năm 2026", CENTRED),
      p("-----", CENTRED),
      contents([
        [1, "I. ĐẶC ĐIỂM TÌNH HÌNH", 1],
        [1, "II. KẾT QUẢ THỰC HIỆN NHIỆM VỤ NĂM 2025", 2],
        [2, "1. Công tác chính trị, tư tưởng", 2],
        [1, "III. HẠN CHẾ, NGUYÊN NHÂN", 4],
      ]),
      p("Năm 2025, Đảng bộ xã triển khai nhiệm vụ trong điều kiện sắp xếp đơn vị hành chính."),
      heading(1, "Đặc điểm tình hình"),
      p(`${r("Đảng bộ có 12 chi bộ với 312 đảng viên")}${note(1)}${r(".")}`),
      p("Bảng 1. Đảng viên của các chi bộ", '<w:pStyle w:val="Caption"/>'),
      merged,
      heading(1, "Kết quả thực hiện nhiệm vụ năm 2025"),
      heading(2, "Lãnh đạo nhiệm vụ chính trị"),
      p(
        `${r("Thu ngân sách đạt ")}<w:del w:id="1" ${stamp}><w:r><w:delText>98%</w:delText></w:r></w:del><w:ins w:id="2" ${stamp}>${r("104%")}</w:ins>${r(" dự toán.")}`,
      ),
      textBox("Điểm sáng: 100% thôn đạt chuẩn văn hóa."),
      heading(2, "Công tác xây dựng Đảng"),
      heading(3, "Công tác chính trị, tư tưởng"),
      bullet("Tổ chức 6 hội nghị học tập nghị quyết;"),
      bullet("trong đó 2 hội nghị trực tuyến.", 1),
      heading(3, "Công tác tổ chức, cán bộ"),
      p("Kết nạp 9 đảng viên."),
      heading(3, "Công tác kiểm tra, giám sát"),
      p("Kiểm tra 4 tổ chức đảng."),
      heading(2, "Công tác chuyển đổi số"),
      p("12/12 chi bộ dùng Sổ tay đảng viên điện tử."),
      heading(1, "Hạn chế, nguyên nhân"),
      heading(2, "Hạn chế"),
      p("Một số chi bộ sinh hoạt chưa đều."),
      heading(2, "Nguyên nhân"),
      p("Địa bàn rộng, đảng viên đi làm xa."),
      heading(1, "Phương hướng, nhiệm vụ năm 2026"),
      heading(2, "Chỉ tiêu"),
      p("Kết nạp từ 10 đảng viên trở lên."),
      heading(2, "Nhiệm vụ, giải pháp"),
      p("Nâng cao chất lượng sinh hoạt chi bộ."),
      heading(1, "Kiến nghị"),
      p("Đề nghị Huyện ủy hỗ trợ kinh phí./."),
      signature(
        ["Thường trực Huyện ủy;", "Các chi bộ trực thuộc;", "Lưu VPĐU."],
        "T/M ĐẢNG ỦY",
        "BÍ THƯ",
        "Nguyễn Văn Mẫu",
      ),
    ].join(""),
  });
}

/** A trade union's draft as LibreOffice writes it: no styles, bold capitals for headings, numbers typed, columns by tabs. */
function typed(): Uint8Array {
  const two = (left: string, right: string, properties = ""): string =>
    p(`${r(left, properties)}${tab}${tab}${r(right, properties)}`);
  return wordBytes({
    styles:
      '<w:style w:type="paragraph" w:default="1" w:styleId="Standard"><w:name w:val="Standard"/></w:style><w:style w:type="paragraph" w:styleId="Textbody"><w:name w:val="Text body"/></w:style>',
    body: [
      two("LIÊN ĐOÀN LAO ĐỘNG TỈNH MẪU", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
      two("CÔNG ĐOÀN CÔNG TY MẪU", "Độc lập - Tự do - Hạnh phúc", B),
      two("Số: 45/BC-CĐCT", "Tỉnh Mẫu, ngày 15 tháng 12 năm 2025"),
      p(""),
      p(
        `${r("BÁO CÁO", B)}${br}${r("Tổng kết hoạt động công đoàn năm 2025", B)}${br}${r("Phương hướng, nhiệm vụ năm 2026", B)}`,
        CENTRED,
      ),
      p(""),
      bold("PHẦN THỨ NHẤT"),
      bold("TÌNH HÌNH CÔNG NHÂN, LAO ĐỘNG VÀ KẾT QUẢ HOẠT ĐỘNG NĂM 2025"),
      bold("I – TÌNH HÌNH CÔNG NHÂN LAO ĐỘNG"),
      p("Công ty có 1.250 lao động, trong đó 1.180 đoàn viên (nữ: 640)."),
      p("II – KẾT QUẢ HOẠT ĐỘNG CÔNG ĐOÀN"),
      p(r("1/ Chăm lo, bảo vệ quyền lợi đoàn viên, người lao động:", "<w:b/><w:i/>")),
      p("- Ký thỏa ước lao động tập thể mới;"),
      p("- Tặng 1.180 suất quà Tết."),
      bold("2/ Công tác tuyên truyền, giáo dục:"),
      p("Tổ chức 12 buổi tuyên truyền pháp luật."),
      p(`${r("3/ Phong trào thi đua:", B)}${r(" Có 86 sáng kiến, làm lợi 2,4 tỷ đồng.")}`),
      bold("4/ Công tác kiểm tra, tài chính, nữ công"),
      table(
        [
          cell(bold("Nội dung")) + cell(bold("Kế hoạch")) + cell(bold("Thực hiện")),
          cell(p("Thu đoàn phí"), '<w:vMerge w:val="restart"/>') + cell(p("500")) + cell(p("512")),
          cell(p(""), "<w:vMerge/>") + cell(p("(triệu đồng)")) + cell(p("đạt 102%")),
        ],
        3,
      ),
      bold("III – TỒN TẠI, HẠN CHẾ VÀ NGUYÊN NHÂN"),
      p("Hoạt động ở một số tổ công đoàn còn hình thức do cán bộ kiêm nhiệm."),
      bold("PHẦN THỨ HAI"),
      bold("PHƯƠNG HƯỚNG, NHIỆM VỤ NĂM 2026"),
      p("Phấn đấu 100% lao động mới được vận động vào công đoàn."),
      p(r("Một số chỉ tiêu:", B)),
      p("+ Phát triển 50 đoàn viên mới;"),
      p("+ 95% đoàn viên được tuyên truyền."),
      bold("KIẾN NGHỊ, ĐỀ XUẤT:"),
      p("Đề nghị Liên đoàn Lao động tỉnh tổ chức tập huấn cán bộ."),
      two("Nơi nhận:", "TM. BAN CHẤP HÀNH"),
      two("- LĐLĐ tỉnh;", "CHỦ TỊCH"),
      two("- Lưu: VP.", ""),
      two("", "Trần Thị Mẫu"),
    ].join(""),
  });
}

/** A state office's draft of many hands: levels as `1.1.` and `a)`, titles in running type, an appendix on its side. */
function ofManyHands(): Uint8Array {
  return wordBytes({
    styles: '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>',
    body: [
      head(
        [p("ỦY BAN NHÂN DÂN HUYỆN MẪU", CENTRED), bold("PHÒNG NỘI VỤ", CENTRED), p("Số: 215/BC-NV", CENTRED)],
        [
          bold("CỘNG HOÀ XÃ HỘI CHỦ NGHĨA VIỆT NAM", CENTRED),
          bold("Độc lập - Tự do - Hạnh phúc", CENTRED),
          p("Huyện Mẫu, ngày 20 tháng 12 năm 2025", CENTRED),
        ],
      ),
      bold("BÁO CÁO", CENTRED),
      bold("Kết quả công tác năm 2025 và phương hướng nhiệm vụ năm 2026", CENTRED),
      p("Kính gửi: Ủy ban nhân dân huyện Mẫu", CENTRED),
      p("Thực hiện Công văn số 1024/UBND-VP, Phòng Nội vụ báo cáo như sau:"),
      bold("A. KẾT QUẢ THỰC HIỆN NHIỆM VỤ NĂM 2025"),
      bold("I. Công tác chỉ đạo, điều hành"),
      p("Ban hành 34 văn bản chỉ đạo."),
      bold("II. Kết quả các lĩnh vực công tác"),
      bold("1. Tổ chức bộ máy, biên chế"),
      p("1.1. Sắp xếp bộ máy"),
      p("a) Giảm 2 đầu mối;"),
      p("b) Điều động 5 công chức."),
      bold("2. Cải cách hành chính"),
      p("Mức độ hài lòng đạt 92,5%."),
      p(
        `${r("3. Công tác thi đua, khen thưởng. ", '<w:b/><w:u w:val="single"/>')}${r("Khen thưởng 145 tập thể, cá nhân.")}`,
      ),
      bold("III. Những khó khăn, hạn chế"),
      p("Ứng dụng công nghệ thông tin còn chậm."),
      bold("* Nguyên nhân"),
      p("Kinh phí hạn hẹp."),
      bold("B. NHIỆM VỤ TRỌNG TÂM NĂM 2026"),
      p("1. Hoàn thành sắp xếp đơn vị sự nghiệp."),
      p("2. Nâng chỉ số cải cách hành chính lên nhóm 3."),
      bold("C. ĐỀ XUẤT, KIẾN NGHỊ"),
      p("Không."),
      p("Trên đây là báo cáo kết quả công tác năm 2025 của Phòng Nội vụ./."),
      signature(["Như trên;", "Lưu: VT."], "TRƯỞNG PHÒNG", "", "Lê Văn Mẫu"),
      p("", '<w:sectPr><w:pgSz w:w="11906" w:h="16838"/></w:sectPr>'),
      bold("PHỤ LỤC", CENTRED),
      bold("Biểu số liệu năm 2025", CENTRED),
      p(r("(Kèm theo Báo cáo số 215/BC-NV ngày 20/12/2025)", "<w:i/>"), CENTRED),
      table(
        [
          cell(bold("STT")) + cell(bold("Chỉ tiêu")) + cell(bold("Năm 2024")) + cell(bold("Năm 2025")),
          cell(p("1")) + cell(p("Biên chế")) + cell(p("84")) + cell(p("82")),
        ],
        4,
      ),
      '<w:sectPr><w:pgSz w:w="16838" w:h="11906" w:orient="landscape"/></w:sectPr>',
    ].join(""),
  });
}

/** Last year's drafts by the template each is brought into. */
export const LAST_YEARS: Readonly<Record<"party-committee" | "union" | "state-office", () => Uint8Array>> = {
  "party-committee": styled,
  union: typed,
  "state-office": ofManyHands,
};
