import { Document, Packer, Paragraph, Table, TableCell, TableRow, TextRun } from "docx";
import type { Locator, Page } from "playwright-core";
import { beforeAll, describe, expect, it } from "vitest";
import { axeFaults } from "../support/axe.ts";
import { saved } from "../support/state-line.ts";
import { LAPTOP, openVenue, PHONE } from "../support/venue.ts";

/** Last year's Word file becomes a new report, and goes into the empty sections of one that is being written. */

const ODD = "4. Công tác phòng, chống thiên tai";

const venue = openVenue("word");
let file: { name: string; mimeType: string; buffer: Buffer };

function line(text: string, bold = false): Paragraph {
  return new Paragraph({ children: [new TextRun({ text, bold })] });
}

function cells(words: readonly string[]): TableRow {
  return new TableRow({ children: words.map((text) => new TableCell({ children: [line(text)] })) });
}

async function wordDraft(): Promise<Buffer> {
  const children = [
    line("CHI BỘ THÔN MẪU", true),
    line("Xã Mẫu, ngày 05 tháng 12 năm 2025"),
    line("BÁO CÁO", true),
    line("tổng kết công tác năm 2025, phương hướng nhiệm vụ năm 2026", true),
    line("Năm 2025 chi bộ hoàn thành nhiệm vụ được giao."),
    line("I. TÌNH HÌNH CHUNG", true),
    line("Chi bộ có 24 đảng viên."),
    line("II. KẾT QUẢ THỰC HIỆN NHIỆM VỤ NĂM 2025", true),
    line("1. Công tác giáo dục chính trị, tư tưởng", true),
    line("- Tổ chức học tập 4 nghị quyết;"),
    new Table({ rows: [cells(["Nội dung", "Số buổi"]), cells(["Nghị quyết", "4"])] }),
    line(ODD, true),
    line("Huy động 15 lượt đảng viên."),
    line("III. ĐÁNH GIÁ CHUNG", true),
    line("1. Tồn tại, hạn chế", true),
    line("Sinh hoạt chuyên đề còn ít."),
  ];
  return Packer.toBuffer(new Document({ sections: [{ children }] }));
}

const texts = async (page: Page, slot: string): Promise<string[]> =>
  (await page.locator(`section[data-slot="${slot}"] .tk-slot-text > *`).allInnerTexts()).map((text) => text.trim());

async function reads(page: Page, slot: string, wanted: readonly string[]): Promise<void> {
  await expect.poll(() => texts(page, slot)).toEqual(wanted);
}

const dialog = (page: Page): Locator => page.getByRole("dialog");
const piece = (page: Page, title: string): Locator => dialog(page).locator("[data-piece]").filter({ hasText: title });
const received = (page: Page, slot: string): Locator => dialog(page).locator(`[data-slot="${slot}"]`);

beforeAll(async () => {
  const mimeType = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
  file = { name: "Báo cáo 2025.docx", mimeType, buffer: await wordDraft() };
});

describe("a Word file of one's own", () => {
  let chair: Page;

  it("becomes a new report: headings have their places, and the rest is placed by hand, with the keyboard", async () => {
    chair = await venue.visit(LAPTOP, venue.served.chairLink, "chair");
    await chair.goto(`${venue.url}/new`);
    await chair.getByRole("radio", { name: "Chi bộ" }).check();
    await chair.getByLabel("Tệp Word (.docx)").setInputFiles(file);
    await dialog(chair).getByRole("heading", { name: "Nhập từ “Báo cáo 2025.docx”" }).waitFor();
    await dialog(chair).getByRole("textbox", { name: "Năm của báo cáo" }).fill("2026");

    await expect.poll(() => piece(chair, "1. Tồn tại, hạn chế").innerText()).toContain("Hiểu là");
    await expect.poll(() => received(chair, "shortcomings").innerText()).toContain("Tồn tại, hạn chế");
    await expect.poll(() => received(chair, "causes").innerText()).toContain("còn trống");
    await dialog(chair).getByText("Còn 1 mục chưa xếp").waitFor();
    await expect.poll(() => piece(chair, ODD).innerText()).toContain("Chưa xếp");

    await dialog(chair).getByText("Tệp của năm 2025, báo cáo của năm 2026").waitFor();
    const place = await chair.getByRole("checkbox", { name: /Địa danh/u }).isChecked();
    const date = await chair.getByRole("checkbox", { name: /Ngày/u }).isChecked();
    expect([place, date]).toEqual([true, false]);
    expect(await axeFaults(chair)).toEqual([]);
    await venue.shot(chair, "word-placing");

    const choice = dialog(chair).getByRole("combobox", { name: new RegExp(ODD.slice(3), "u") });
    await choice.focus();
    await choice.selectOption("mass-organisations");
    await dialog(chair).getByText("Mọi mục đều đã có chỗ.").waitFor();
    await expect.poll(() => received(chair, "mass-organisations").innerText()).toContain("phòng, chống thiên tai");
    await dialog(chair).getByRole("button", { name: "Đưa vào báo cáo" }).press("Enter");

    await chair.getByText(/Sẽ đưa vào: \d+ từ từ “Báo cáo 2025.docx”, trong 5 mục/u).waitFor();
    expect(
      await chair
        .getByRole("textbox", { name: /Tên cơ quan|Chi bộ, cơ quan|ban hành/u })
        .first()
        .inputValue(),
    ).toBe("CHI BỘ THÔN MẪU");
    for (const empty of await chair.locator('input:invalid:not([type="radio"])').all()) await empty.fill("Mẫu");
    await chair.getByRole("button", { name: "Tạo báo cáo", exact: true }).click();
    await chair.waitForURL(/\/r\//u);
    await reads(chair, "membership", ["Chi bộ có 24 đảng viên."]);
    await reads(chair, "opening", ["Năm 2025 chi bộ hoàn thành nhiệm vụ được giao."]);
    await reads(chair, "mass-organisations", ["Công tác phòng, chống thiên tai", "Huy động 15 lượt đảng viên."]);
    await expect
      .poll(() => chair.locator('section[data-slot="ideology"] table td').allInnerTexts())
      .toContain("Nghị quyết");
  });

  it("is laid anew on another template: what a person chose is kept, and what has no place there is asked for", async () => {
    const page = await venue.visit(LAPTOP, venue.served.chairLink, "chair");
    await page.goto(`${venue.url}/new`);
    await page.getByRole("radio", { name: "Chi bộ" }).check();
    await page.getByLabel("Tệp Word (.docx)").setInputFiles(file);
    const place = (title: RegExp, slot: string): Promise<string[]> =>
      dialog(page).getByRole("combobox", { name: title }).selectOption(slot);
    await place(/thiên tai/u, "mass-organisations");
    await place(/Tồn tại, hạn chế/u, "strengths");
    await dialog(page).getByRole("button", { name: "Đưa vào báo cáo" }).click();
    const offer = page.getByRole("region", { name: "Tệp Word có sẵn" });
    await offer.getByText(/Sẽ đưa vào: \d+ từ từ “Báo cáo 2025.docx”, trong 5 mục/u).waitFor();

    // By keyboard one comes past other templates on the way.
    await page.getByRole("radio", { name: "Chi bộ" }).focus();
    for (let steps = 0; steps < 5; steps++) {
      if (await page.getByRole("radio", { name: "Đảng ủy cơ sở" }).isChecked()) break;
      await page.keyboard.press("ArrowDown");
    }
    await offer.getByText("Chỗ bạn đã chọn không có trong khung này, cần xem lại: 1. Tồn tại, hạn chế.").waitFor();
    expect(await axeFaults(page)).toEqual([]);
    await venue.shot(page, "word-laid-anew");

    for (const empty of await page.locator('input:invalid:not([type="radio"])').all()) await empty.fill("Mẫu");
    await page.getByRole("button", { name: "Tạo báo cáo", exact: true }).click();
    await dialog(page).getByText("cần xem lại: 1. Tồn tại, hạn chế.").waitFor();
    await expect.poll(() => received(page, "mass-organisations").innerText()).toContain("phòng, chống thiên tai");
    await venue.shot(page, "word-laid-anew-dialog");
    await dialog(page).getByRole("button", { name: "Hủy" }).click();

    await page.getByRole("radio", { name: "Chi bộ" }).check();
    await offer.getByText(/Sẽ đưa vào: \d+ từ từ “Báo cáo 2025.docx”, trong 5 mục/u).waitFor();
    await offer.getByRole("button", { name: "Xem lại chỗ xếp…" }).click();
    await expect.poll(() => received(page, "strengths").innerText()).toContain("Tồn tại, hạn chế");
    await page.keyboard.press("Escape");

    await page.getByRole("radio", { name: "Đảng ủy cơ sở" }).check();
    await page.getByRole("button", { name: "Tạo báo cáo", exact: true }).click();
    await place(/Tồn tại, hạn chế/u, "difficulties");
    await dialog(page).getByRole("button", { name: "Đưa vào báo cáo" }).click();
    await page.getByRole("button", { name: "Tạo báo cáo", exact: true }).click();
    await page.waitForURL(/\/r\//u);
    await reads(page, "mass-organisations", ["Công tác phòng, chống thiên tai", "Huy động 15 lượt đảng viên."]);
    await reads(page, "difficulties", ["Tồn tại, hạn chế", "Sinh hoạt chuyên đề còn ít."]);
    await expect
      .poll(() => page.locator('section[data-slot="ideology"] table td').allInnerTexts())
      .toContain("Nghị quyết");
  });

  it("keeps a file that could not be laid on another template, and makes no report without it", async () => {
    const page = await venue.visit(LAPTOP, venue.served.chairLink, "chair");
    await page.goto(`${venue.url}/new`);
    await page.getByRole("radio", { name: "Chi bộ" }).check();
    await page.getByLabel("Tệp Word (.docx)").setInputFiles(file);
    await dialog(page).getByRole("button", { name: "Đưa vào báo cáo" }).click();
    const offer = page.getByRole("region", { name: "Tệp Word có sẵn" });
    await offer.getByText(/Sẽ đưa vào/u).waitFor();
    await page.route("**/api/import/word**", (route) => route.abort());
    await page.getByRole("radio", { name: "Công đoàn cơ sở" }).check();
    await offer.getByText(/Chưa xếp được “Báo cáo 2025.docx” vào khung Công đoàn cơ sở/u).waitFor();
    for (const empty of await page.locator('input:invalid:not([type="radio"])').all()) await empty.fill("Mẫu");
    await page.getByRole("button", { name: "Tạo báo cáo", exact: true }).click();
    await page.getByText("chưa được xếp vào khung này").first().waitFor();
    expect(page.url()).toMatch(/\/new$/u);
    await page.unroute("**/api/import/word**");
    await offer.getByRole("button", { name: "Thử lại" }).click();
    await offer.getByText(/Sẽ đưa vào/u).waitFor();
  });

  it("goes into the empty sections of a report, as one step that can be undone, and over nobody's words", async () => {
    const id = await venue.make("party-cell", { organisation: "Chi bộ Mẫu", year: "2025" });
    await chair.goto(`${venue.url}/r/${id}`);
    await chair.locator('section[data-slot="membership"] .tk-slot-text > *').first().click();
    await chair.keyboard.type("Chữ của chúng tôi.");
    await saved(chair);

    await chair.getByRole("button", { name: "Thao tác khác" }).first().click();
    const [chooser] = await Promise.all([
      chair.waitForEvent("filechooser"),
      chair.getByRole("menuitem", { name: "Nhập từ tệp Word…" }).click(),
    ]);
    await chooser.setFiles(file);
    await dialog(chair).getByRole("heading", { name: "Nhập từ “Báo cáo 2025.docx”" }).waitFor();
    // Also of what was typed right before.
    await expect.poll(() => piece(chair, "TÌNH HÌNH CHUNG").innerText()).toContain("Mục đã có chữ");
    await expect.poll(() => received(chair, "membership").innerText()).toContain("giữ nguyên");
    expect(await axeFaults(chair)).toEqual([]);
    await dialog(chair)
      .getByRole("combobox", { name: /thiên tai/u })
      .selectOption("-");
    await dialog(chair).getByRole("button", { name: "Đưa vào báo cáo" }).click();
    await reads(chair, "shortcomings", ["Sinh hoạt chuyên đề còn ít."]);
    await reads(chair, "membership", ["Chữ của chúng tôi."]);
    await expect
      .poll(() => chair.locator('section[data-slot="ideology"] table td').allInnerTexts())
      .toContain("Nghị quyết");
    await saved(chair);

    await chair.locator('section[data-slot="membership"] .tk-slot-text > *').first().click();
    await chair.keyboard.press("Control+z");
    await reads(chair, "shortcomings", [""]);
    await reads(chair, "membership", ["Chữ của chúng tôi."]);
  });

  it("is placed on a phone, and in English", async () => {
    const phone = await venue.visit(PHONE, venue.served.chairLink, "phone");
    await phone.evaluate(() => localStorage.setItem("tongket.language", "en"));
    await phone.goto(`${venue.url}/new`);
    await phone.getByRole("radio", { name: "Party cell" }).check();
    await phone.getByLabel("Word file (.docx)").setInputFiles(file);
    await dialog(phone).getByText("Headings without a place: 1").waitFor();
    expect(await axeFaults(phone)).toEqual([]);
    const wide = await phone.evaluate(() => document.documentElement.scrollWidth);
    expect(wide).toBeLessThanOrEqual(390);
    await venue.shot(phone, "word-placing-phone");
    await dialog(phone)
      .getByRole("combobox", { name: /thiên tai/u })
      .selectOption("tasks");
    await dialog(phone).getByText("Every heading has its place.").waitFor();
    await venue.shot(phone, "word-placed-phone");
  });

  it("says what is wrong with a file that is none", async () => {
    await chair.goto(`${venue.url}/new`);
    await chair
      .getByLabel("Tệp Word (.docx)")
      .setInputFiles({ ...file, name: "a.docx", buffer: Buffer.from("chữ thường") });
    await chair.getByText("Tệp này không phải tệp Word").first().waitFor();
  });
});
