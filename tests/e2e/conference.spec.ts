import { readFileSync } from "node:fs";
import type { Page } from "playwright-core";
import { describe, expect, it } from "vitest";
import { axeFaults } from "../support/axe.ts";
import type { ReadDocx } from "../support/docx-reader.ts";
import { checkWellFormed, readDocx } from "../support/docx-reader.ts";
import { saved, sent } from "../support/state-line.ts";
import { LAPTOP, openVenue, PHONE } from "../support/venue.ts";

/**
 * The whole job once: a chair, two drafters and a delegate with a phone, from an empty report to the Word files. The
 * steps stand on one another, as they do on the day. Screenshots of each go to tests/e2e/output for a person to look at.
 */

const OPENING = "Năm 2026, Đảng bộ thực hiện nhiệm vụ trong điều kiện tổ chức bộ máy có nhiều thay đổi.";
const SHORTCOMING = "Tinh thần tự phê bình và phê bình ở một số đảng viên còn nể nang, ngại va chạm.";
const OFFLINE = "Nề nếp, giờ giấc làm việc có nơi chưa nghiêm.";
const PROPOSAL = "một số đảng viên còn nể nang trong kiểm điểm cuối năm";
const REMARK = "Đề nghị nêu cụ thể ở khâu nào, gắn với giải pháp của năm sau.";
const GENERAL = "Bố cục rõ ràng; đề nghị bổ sung biểu số liệu về đảng viên.";
const SECTION = "Nên nêu thêm hạn chế về chuyển đổi số.";
const RESPONSE = "Tiếp thu, bổ sung vào dự thảo.";

const venue = openVenue("conference");

function slot(page: Page, id: string): ReturnType<Page["locator"]> {
  return page.locator(`section[data-slot="${id}"]`);
}

/** What is written in all slots, block by block, without the cursors of others. */
async function words(page: Page): Promise<string> {
  return page.locator(".tk-slot-text > *").evaluateAll((blocks) =>
    blocks
      .map((block) => {
        const copy = block.cloneNode(true);
        if (copy instanceof Element) for (const caret of copy.querySelectorAll(".tk-caret")) caret.remove();
        return copy.textContent ?? "";
      })
      .join("\n"),
  );
}

async function writeIn(page: Page, id: string, text: string): Promise<void> {
  await slot(page, id).locator(".tk-slot-text > *").last().click();
  await page.keyboard.type(text);
}

async function exported(page: Page, item: string): Promise<ReadDocx> {
  await page.getByRole("button", { name: "Xuất tệp" }).click();
  const download = page.waitForEvent("download");
  await page.getByRole("menuitem", { name: item }).click();
  const anyway = page.getByRole("button", { name: "Vẫn xuất tệp" });
  if (item.startsWith("Bản chính thức")) await anyway.click();
  const path = await (await download).path();
  const bytes = new Uint8Array(readFileSync(path));
  const document = readDocx(bytes);
  checkWellFormed(document.parts);
  return document;
}

describe("a conference", () => {
  let chair: Page;
  let first: Page;
  let second: Page;
  let phone: Page;
  const links = new Map<string, string>();

  it("begins with a report that the chair makes from a template", async () => {
    chair = await venue.visit(LAPTOP, venue.served.chairLink, "chair");
    await chair.getByRole("heading", { level: 1, name: "Báo cáo" }).waitFor();
    await venue.shot(chair, "1-list");
    await chair.getByRole("button", { name: "Tạo báo cáo" }).first().click();
    await chair.getByRole("radio", { name: /Đảng ủy cơ sở/ }).check();
    await chair.getByRole("textbox", { name: "Năm báo cáo" }).fill("2026");
    await chair
      .getByRole("textbox", { name: /Cơ quan, tổ chức ban hành|ban hành/ })
      .first()
      .fill("Đảng ủy Viện Minh Họa");
    await chair
      .getByRole("textbox", { name: /cấp trên/ })
      .first()
      .fill("Đảng bộ Bộ Minh Họa");
    await chair.getByRole("textbox", { name: "Địa danh" }).fill("Hà Nội");
    await chair.getByRole("textbox", { name: "Họ tên người ký" }).fill("Người Ký Mẫu");
    await venue.shot(chair, "1-create");
    await chair.getByRole("main").getByRole("button", { name: "Tạo báo cáo" }).click();
    await chair.waitForURL(/\/r\/[\w-]+$/);
    await slot(chair, "shortcomings").waitFor();
    await expect.poll(() => chair.locator("section[data-slot]").count()).toBeGreaterThan(15);
    const shortcomings = slot(chair, "shortcomings");
    await expect.poll(() => shortcomings.locator(".tk-guidance").getAttribute("data-text")).toMatch(/hạn chế/iu);
    await venue.shot(chair, "1-skeleton");
    expect(await axeFaults(chair)).toEqual([]);
  });

  it("has links for two drafters, a reader and a delegate", async () => {
    await chair.getByRole("button", { name: "Mời người tham gia" }).first().click();
    await chair.waitForURL(/\/people$/);
    for (const [role, names] of [
      ["Tổ biên tập", ["Người soạn Một", "Người soạn Hai"]],
      ["Đại biểu", ["Đại biểu Mẫu"]],
      ["Người đọc", ["Người đọc Mẫu"]],
    ] as const) {
      await chair.getByRole("button", { name: "Mời người tham gia" }).first().click();
      const dialog = chair.getByRole("dialog");
      await dialog.getByRole("combobox", { name: "Vai trò" }).selectOption({ label: role });
      await dialog.getByRole("tab", { name: "Dán danh sách" }).click();
      await dialog
        .getByRole("textbox", { name: "Danh sách" })
        .fill(names.map((name) => `${name}\tChi bộ 2`).join("\n"));
      await dialog.getByRole("button", { name: /^Tạo \d+ liên kết$/ }).click();
      for (const name of names) {
        const card = chair.getByRole("listitem").filter({ hasText: name });
        const link = /\/k\/[\w-]+/.exec(await card.innerText())?.[0];
        if (link === undefined) throw new Error(`no link for ${name}`);
        links.set(name, link);
      }
      await venue.shot(chair, `2-links-${names.length}`);
      await chair.keyboard.press("Escape");
    }
    await venue.shot(chair, "2-people");
    await chair.goBack();
    await slot(chair, "shortcomings").waitFor();
  });

  it("is written by two drafters at once, one of them offline for a while", async () => {
    first = await venue.visit(LAPTOP, links.get("Người soạn Một") ?? "", "first drafter");
    second = await venue.visitOnNetwork(LAPTOP, links.get("Người soạn Hai") ?? "", "second drafter");
    await Promise.all([slot(first, "opening").waitFor(), slot(second, "opening").waitFor()]);
    await Promise.all([saved(first), saved(second)]);
    await writeIn(first, "opening", OPENING);
    await writeIn(second, "shortcomings", "- ");
    await second.keyboard.type(SHORTCOMING);
    await slot(first, "shortcomings").getByText(SHORTCOMING).waitFor();
    await slot(second, "opening").getByText(OPENING).waitFor();
    // The name vanishes after a moment; the caret stays.
    await first.locator(`.tk-caret-name[data-name="Người soạn Hai"]`).waitFor({ state: "attached" });
    await venue.shot(first, "3-two-drafters");

    await venue.network(second).cut();
    await second.keyboard.press("Enter");
    await second.keyboard.type(OFFLINE);
    await second.locator('[data-state="offline"]').waitFor();
    await venue.shot(second, "3-offline");
    await writeIn(first, "opening", " Toàn Đảng bộ giữ vững đoàn kết.");
    await venue.network(second).mend();
    await slot(first, "shortcomings").getByText(OFFLINE).waitFor();
    await slot(second, "opening").getByText("Toàn Đảng bộ giữ vững đoàn kết.").waitFor();
    await Promise.all([saved(first), saved(second)]);
  });

  it("keeps its titles whatever a drafter does to them", async () => {
    const titles = (): Promise<string[]> => first.locator(".tk-slot-title, .tk-part, .tk-group").allInnerTexts();
    const before = await titles();
    const text = await words(first);
    await slot(first, "opening").locator(".tk-slot-text > *").first().click();
    await first.keyboard.press("Control+a");
    await first.keyboard.press("Control+a");
    await first.keyboard.press("Delete");
    expect(
      await first
        .locator(".tk-slot-text")
        .allInnerTexts()
        .then((all) => all.join("").trim()),
    ).toBe("");
    await expect.poll(() => titles()).toEqual(before);
    await first.keyboard.press("Control+z");
    await expect.poll(() => words(first)).toBe(text);
    await slot(first, "opening").locator(".tk-slot-title").click();
    await first.keyboard.type("x");
    await first.keyboard.press("Backspace");
    await expect.poll(() => titles()).toEqual(before);
    await saved(first);
  });

  it("goes out as Dự thảo lần 1", async () => {
    await chair.getByRole("button", { name: "Mở lấy ý kiến" }).click();
    const dialog = chair.getByRole("dialog");
    await venue.shot(chair, "4-open-round");
    await dialog.getByRole("button", { name: "Mở lấy ý kiến" }).click();
    await chair.getByText("Dự thảo lần 1 · đang lấy ý kiến").first().waitFor();
    await first.getByText("Dự thảo lần 1 · đang lấy ý kiến").first().waitFor();
  });

  it("is commented on by a delegate with a phone, in part without a network", async () => {
    phone = await venue.visitOnNetwork(PHONE, links.get("Đại biểu Mẫu") ?? "", "delegate");
    await phone.getByText(SHORTCOMING).waitFor();
    await venue.shot(phone, "5-draft");
    expect(await axeFaults(phone)).toEqual([]);

    // Words.
    await phone.evaluate((words) => {
      const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
      for (let node = walker.nextNode(); node; node = walker.nextNode()) {
        const at = node.textContent?.indexOf(words) ?? -1;
        if (at >= 0) document.getSelection()?.setBaseAndExtent(node, at, node, at + words.length);
      }
    }, "một số đảng viên còn nể nang");
    await phone.getByRole("button", { name: "Góp ý phần đã chọn" }).tap();
    await phone.getByRole("textbox", { name: "Ý kiến của đồng chí" }).fill(REMARK);
    await phone.getByRole("button", { name: "Đề xuất câu sửa" }).tap();
    await phone.getByRole("textbox", { name: "Câu sửa đề xuất" }).fill(PROPOSAL);
    await venue.shot(phone, "5-sheet");
    expect(await axeFaults(phone)).toEqual([]);
    await phone.getByRole("button", { name: "Gửi góp ý" }).tap();

    // A paragraph, in three touches, and a section, both without a network.
    await venue.network(phone).cut();
    await phone.getByText(OFFLINE).tap();
    await phone.getByRole("textbox", { name: "Ý kiến của đồng chí" }).fill("Cần số liệu về số lần nhắc nhở trong năm.");
    await phone.getByRole("button", { name: "Gửi góp ý" }).tap();
    await phone.getByRole("button", { name: /^Góp ý cả mục 1\. Hạn chế/ }).tap();
    await phone.getByRole("textbox", { name: "Ý kiến của đồng chí" }).fill(SECTION);
    await phone.getByRole("button", { name: "Gửi góp ý" }).tap();
    await phone.getByText(/Ngoại tuyến: \d+ ý kiến chờ gửi/).waitFor();
    await venue.shot(phone, "5-offline");
    await venue.network(phone).mend();
    await sent(phone);

    // The whole report.
    await phone.getByRole("button", { name: "Góp ý chung" }).tap();
    await phone.getByRole("textbox", { name: "Ý kiến của đồng chí" }).fill(GENERAL);
    await phone.getByRole("button", { name: "Gửi góp ý" }).tap();

    // One's own comments: edited, and one withdrawn.
    await phone.getByRole("button", { name: /Ý kiến của tôi/ }).tap();
    const own = phone.getByRole("dialog");
    const remark = own.getByRole("article").filter({ hasText: "số lần nhắc nhở" });
    await remark.getByRole("button", { name: "Rút ý kiến" }).tap();
    await phone.getByRole("alertdialog").getByRole("button", { name: "Rút ý kiến" }).tap();
    await remark.getByText("Đã rút").waitFor();
    await venue.shot(phone, "5-own");
    expect(await axeFaults(phone)).toEqual([]);
    await phone.keyboard.press("Escape");
    await sent(phone);
  });

  it("has every comment beside the text, answered by a drafter and validated by the chair", async () => {
    const list = first.getByRole("complementary");
    for (const text of [REMARK, GENERAL, SECTION]) await list.getByText(text).first().waitFor();
    await venue.shot(first, "6-comments");
    expect(await axeFaults(first)).toEqual([]);
    const card = list.getByRole("article").filter({ hasText: REMARK });
    await card.click();
    await card.getByRole("button", { name: "Áp dụng câu sửa" }).click();
    await slot(first, "shortcomings").getByText(PROPOSAL).waitFor();
    await card.getByText("Tiếp thu", { exact: true }).first().click();
    await card
      .getByRole("textbox", { name: /giải trình|Nội dung trả lời|Trả lời/ })
      .first()
      .fill(RESPONSE);
    await card.getByRole("button", { name: "Đề xuất", exact: true }).click();
    await venue.shot(first, "6-proposed");

    const chairs = chair.getByRole("complementary");
    const same = chairs.getByRole("article").filter({ hasText: REMARK });
    await same.click();
    await same.getByRole("button", { name: "Duyệt", exact: true }).click();
    await venue.shot(chair, "6-validated");

    // A response is required for anything but a plain accept.
    const general = chairs.getByRole("article").filter({ hasText: GENERAL });
    await general.click();
    await general.getByText("Giữ nguyên", { exact: true }).first().click();
    await general
      .getByRole("textbox", { name: /giải trình|Nội dung trả lời|Trả lời/ })
      .first()
      .fill("");
    await general.getByRole("button", { name: "Đề xuất", exact: true }).click();
    await general
      .getByText(/cần|phải|nêu/i)
      .first()
      .waitFor();

    // The delegate sees the answer.
    await phone.getByRole("button", { name: /Ý kiến của tôi/ }).tap();
    await phone.getByRole("dialog").getByText(RESPONSE).waitFor();
    await venue.shot(phone, "6-answer");
    await phone.keyboard.press("Escape");
  });

  it("is closed, and then takes no more comments", async () => {
    await chair.getByRole("button", { name: "Đóng lấy ý kiến" }).click();
    await venue.shot(chair, "6-close");
    await chair.getByRole("alertdialog").getByRole("button", { name: "Đóng lấy ý kiến" }).click();
    await chair.getByText("Dự thảo lần 1 · đã đóng").first().waitFor();
    await phone.getByText("Dự thảo lần 1 · đã đóng lấy ý kiến").waitFor();
    await expect.poll(() => phone.getByRole("button", { name: "Góp ý chung" }).count()).toBe(0);
    await venue.shot(phone, "6-closed");
  });

  it("is exported whole: the final text, the draft with comments, the response table", async () => {
    const final = await exported(chair, "Bản chính thức (Word)");
    const paragraphs = final.paragraphs.map((paragraph) => paragraph.shown);
    const titles = await chair.locator(".tk-part, .tk-group, .tk-slot-title:not(.tk-unprinted)").allInnerTexts();
    const fold = (text: string): string => text.replaceAll(/\s+/gu, " ").trim().toLocaleLowerCase("vi");
    const printed = paragraphs.map(fold);
    let from = 0;
    // An appendix without words is not printed.
    for (const title of titles.map(fold).filter((text) => !/phụ lục|biểu số liệu/u.test(text))) {
      const at = printed.indexOf(title, from);
      expect(at, title).toBeGreaterThanOrEqual(0);
      expect(
        printed.filter((text, i) => i >= from && text === title && i > at && i < at + 2),
        title,
      ).toEqual([]);
      from = at + 1;
    }
    const whole = paragraphs.join("\n");
    for (const words of [`${OPENING} Toàn Đảng bộ giữ vững đoàn kết.`, PROPOSAL, OFFLINE]) {
      expect(whole.split(words).length - 1, words).toBe(1);
    }
    expect(final.comments).toEqual([]);

    const draft = await exported(chair, "Dự thảo kèm ý kiến (Word)");
    const said = draft.comments.filter((comment) => comment.parent === null);
    expect(said.map((comment) => comment.author)).toEqual(said.map(() => "Đại biểu Mẫu"));
    const withText = (text: string) => said.find((comment) => comment.text.includes(text));
    expect(withText(REMARK)?.range).toBe("một số đảng viên còn nể nang");
    expect(withText(REMARK)?.done).toBe(true);
    expect(withText(GENERAL)).toBeDefined();
    expect(withText(SECTION)).toBeDefined();
    expect(withText("số lần nhắc nhở")).toBeUndefined();
    expect(draft.comments.some((comment) => comment.parent !== null && comment.text.includes(RESPONSE))).toBe(true);

    const table = await exported(chair, "Bảng tổng hợp, tiếp thu, giải trình (Word)");
    const cells = table.paragraphs.filter((paragraph) => paragraph.inTable).map((paragraph) => paragraph.text);
    for (const words of [REMARK, GENERAL, SECTION, RESPONSE, "Đại biểu Mẫu"]) {
      expect(
        cells.some((cell) => cell.includes(words)),
        words,
      ).toBe(true);
    }
  });

  it("is read by a reader who can change nothing", async () => {
    const reader = await venue.visit(LAPTOP, links.get("Người đọc Mẫu") ?? "", "reader");
    await slot(reader, "shortcomings").getByText(PROPOSAL).waitFor();
    await slot(reader, "opening").locator(".tk-slot-text > *").first().click();
    await reader.keyboard.type("không được");
    await expect.poll(() => slot(reader, "opening").innerText()).not.toContain("không được");
    await expect.poll(() => reader.getByRole("complementary").count()).toBe(0);
    await venue.shot(reader, "7-reader");
  });
});
