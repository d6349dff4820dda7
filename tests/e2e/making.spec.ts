import type { Page } from "playwright-core";
import { describe, expect, it } from "vitest";
import { axeFaults } from "../support/axe.ts";
import { sent } from "../support/state-line.ts";
import { LAPTOP, openVenue, PHONE } from "../support/venue.ts";

/** How comments are made: on several places, with a wording, with a mention, half-written over a reload. Steps in order. */

const venue = openVenue("making");

describe("a comment in the making", () => {
  let chair: Page;
  let drafter: Page;
  let phone: Page;
  let report: string;
  const REMARK = "Hai đoạn này nói trái nhau.";
  const NEW_WORDS = "Câu mới do đại biểu đề xuất.";

  const cardOf = (page: Page, text: string): ReturnType<Page["getByRole"]> =>
    page.getByRole("complementary").getByRole("article").filter({ hasText: text });

  it("is on two paragraphs of the draft on a phone, and one is proposed anew", async () => {
    chair = await venue.visit(LAPTOP, venue.served.chairLink, "chair");
    report = await venue.sample();
    const [ofPhone, ofDrafter] = await venue.invite(
      report,
      { role: "delegate", name: "Đại biểu Hai Nơi", unit: "Tổ 1" },
      { role: "drafter", name: "Thư ký Lan" },
    );
    await chair.goto(`${venue.url}/r/${report}`);
    drafter = await venue.visit(LAPTOP, ofDrafter.url, "drafter");
    phone = await venue.visit(PHONE, ofPhone.url, "phone");

    const paragraphs = phone.locator("#slot-opening [data-start]");
    await paragraphs.nth(0).tap();
    const sheet = phone.getByRole("dialog");
    await sheet.getByRole("textbox", { name: "Ý kiến của đồng chí" }).fill(REMARK);
    await sheet.getByText("Làm rõ").tap();
    await sheet.getByRole("button", { name: "Góp ý thêm đoạn khác" }).tap();
    await phone.getByText("Chọn thêm đoạn cho ý kiến đang viết").waitFor();
    await venue.shot(phone, "making-more-phone");
    await paragraphs.nth(1).tap();
    await sheet.getByRole("button", { name: "Bỏ đoạn thứ 2" }).waitFor();
    await expect.poll(() => sheet.getByRole("textbox", { name: "Ý kiến của đồng chí" }).inputValue()).toBe(REMARK);
    await sheet.getByRole("button", { name: "Đề xuất câu sửa" }).tap();
    await sheet.getByRole("textbox", { name: /Câu sửa đề xuất/ }).fill(NEW_WORDS);
    await venue.shot(phone, "making-sheet-phone");
    expect(await axeFaults(phone)).toEqual([]);

    await phone.reload();
    await paragraphs.nth(0).tap();
    await sheet.getByRole("button", { name: "Bỏ đoạn thứ 2" }).waitFor();
    await expect.poll(() => sheet.getByRole("textbox", { name: /Câu sửa đề xuất/ }).inputValue()).toBe(NEW_WORDS);
    await sheet.getByRole("button", { name: "Gửi góp ý" }).tap();
    await sent(phone);
    await expect.poll(() => phone.locator("#slot-opening mark[data-comment]").count()).toBeGreaterThan(1);
    await phone.locator("#slot-opening [data-words]").waitFor();
    await phone.waitForTimeout(500);
    await venue.shot(phone, "making-in-place-phone");
    await expect.poll(() => phone.locator("#slot-opening [data-start]").first().innerText()).not.toContain(NEW_WORDS);
  });

  it("is at both places on the committee's paper, struck and inserted, and is applied in one click", async () => {
    const card = cardOf(chair, REMARK);
    await card.click();
    const paper = chair.locator('section[data-slot="opening"]');
    await paper.locator(".tk-proposed").getByText(NEW_WORDS).waitFor();
    await expect.poll(() => card.locator("blockquote").count()).toBe(2);
    await expect.poll(() => paper.locator(".tk-comment-active").count()).toBeGreaterThan(1);
    await venue.shot(chair, "making-in-place-laptop");
    expect(await axeFaults(chair)).toEqual([]);
    await card.getByRole("button", { name: "Áp dụng câu sửa" }).click();
    await paper.locator(".tk-proposed").waitFor({ state: "detached" });
    await paper.getByText(NEW_WORDS).first().waitFor();
  });

  it("stands on the draft that was sent out as it was, and on the current text", async () => {
    await chair.getByLabel("Xem ý kiến trên").selectOption({ label: "Dự thảo lần 1" });
    const frozen = chair.getByRole("region", { name: /Dự thảo lần 1/ });
    await frozen.locator("#slot-opening mark[data-comment]").first().waitFor();
    await cardOf(chair, REMARK).locator("blockquote").first().click();
    await venue.shot(chair, "making-frozen-laptop");
    expect(await axeFaults(chair)).toEqual([]);
    await chair.getByLabel("Xem ý kiến trên").selectOption({ label: "Bản hiện tại" });
    await frozen.waitFor({ state: "detached" });
  });

  it("mentions a colleague, who is told and can ask for it", async () => {
    const card = cardOf(chair, REMARK);
    const box = card.getByRole("textbox", { name: "Trả lời trao đổi" });
    await box.click();
    await chair.keyboard.type("Nhờ @lan");
    await card.getByRole("group", { name: "Nhắc đến" }).waitFor();
    await venue.shot(chair, "making-mention-laptop");
    await chair.keyboard.press("Enter");
    await chair.keyboard.type("xem lại.");
    await expect.poll(() => box.inputValue()).toBe("Nhờ @Thư ký Lan xem lại.");
    await chair.reload();
    await cardOf(chair, REMARK).click();
    await expect.poll(() => box.inputValue()).toBe("Nhờ @Thư ký Lan xem lại.");
    await card.getByRole("button", { name: "Gửi trả lời" }).click();
    await drafter.getByRole("button", { name: "Nhắc đến tôi · 1" }).click();
    await cardOf(drafter, REMARK).getByText("@ nhắc đến bạn").waitFor();
    await expect.poll(() => drafter.getByRole("complementary").getByRole("article").count()).toBe(1);
    await cardOf(drafter, REMARK).click();
    await cardOf(drafter, REMARK).getByText("@Thư ký Lan").waitFor();
    await venue.shot(drafter, "making-mentioned-laptop");
    expect(await axeFaults(drafter)).toEqual([]);
    await phone.getByRole("button", { name: /Ý kiến của tôi/ }).tap();
    await phone.getByRole("dialog").getByText("@Thư ký Lan").waitFor();
    await venue.shot(phone, "making-own-phone");
    expect(await axeFaults(phone)).toEqual([]);
    await phone.keyboard.press("Escape");
  });

  it("of the committee is there again after a reload, half-written, with both its places", async () => {
    const paper = drafter.locator('section[data-slot="opening"]');
    await paper.locator("[data-block], p, div").last().dblclick();
    await drafter.getByRole("button", { name: /Góp ý/ }).first().click();
    const form = drafter.getByRole("form", { name: "Góp ý mới" });
    await form.getByText("số liệu", { exact: true }).click();
    await form.getByRole("textbox", { name: "Nội dung góp ý" }).fill("Viết dở của thư ký");
    await venue.shot(drafter, "making-composer-laptop");
    expect(await axeFaults(drafter)).toEqual([]);
    await drafter.reload();
    await expect
      .poll(() => form.getByRole("textbox", { name: "Nội dung góp ý" }).inputValue())
      .toBe("Viết dở của thư ký");
    await expect.poll(() => form.getByRole("radio", { name: "số liệu" }).isChecked()).toBe(true);
    await form.getByRole("button", { name: "Gửi góp ý" }).click();
    await cardOf(drafter, "Viết dở của thư ký").waitFor();
    await drafter.reload();
    await cardOf(drafter, "Viết dở của thư ký").waitFor();
    await expect.poll(() => form.count()).toBe(0);
  });

  // S28 S50 S51 of docs/sync-spec.md
  it("is asked about where one of its places was typed anew, while it stands at the other", async () => {
    const card = cardOf(chair, REMARK);
    await card.click();
    const thread = (await card.getAttribute("data-thread-card")) ?? "";
    const words = chair.locator(`[data-thread="${thread}"]`);
    const block = chair.locator(".tk-slot-text > *").filter({ has: words }).last();
    const text = (await block.textContent()) ?? "";
    await block.click({ clickCount: 3 });
    await chair.keyboard.press("Backspace");
    await card.getByRole("group", { name: "Đoạn được góp ý không còn trong dự thảo" }).waitFor();
    await chair.keyboard.insertText(text);
    const asked = card.getByRole("group", { name: "Vị trí chưa chắc chắn" });
    await asked.waitFor();
    await asked.scrollIntoViewIfNeeded();
    await venue.shot(chair, "making-supposed");
    await expect.poll(() => asked.locator("mark").textContent()).toBe(text.trim());
    await asked.getByRole("button", { name: "Đúng chỗ này" }).click();
    await card.getByText(/^Vị trí do .* xác nhận\.$/).waitFor();
    await expect.poll(() => asked.count()).toBe(0);
  });
});
