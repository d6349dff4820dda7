import { join } from "node:path";
import { AxeBuilder } from "@axe-core/playwright";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { launchChromium } from "../support/chromium.ts";
import type { ServedClient } from "../support/served-client.ts";
import { serveClient } from "../support/served-client.ts";

/** How comments are made: on several places, with a wording, with a mention, half-written over a reload. Steps in order. */

const LAPTOP = { viewport: { width: 1440, height: 900 }, locale: "vi-VN" };
const PHONE = { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true, locale: "vi-VN" };
const OUTPUT = join(import.meta.dirname, "output");

let served: ServedClient;
let browser: Browser;
const contexts: BrowserContext[] = [];
const faults: string[] = [];

async function visit(options: object, address: string, who: string): Promise<Page> {
  const context = await browser.newContext(options);
  contexts.push(context);
  const page = await context.newPage();
  page.setDefaultTimeout(20_000);
  page.on("pageerror", (error) => faults.push(`${who}: ${error.message}`));
  await page.goto(address);
  return page;
}

async function axeFaults(page: Page): Promise<string[]> {
  // What is still fading in has no contrast yet.
  await page.waitForTimeout(300);
  const { violations } = await new AxeBuilder({ page }).analyze();
  return violations.flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id} ${target.join(" ")}`));
}

const shot = async (page: Page, name: string): Promise<void> => {
  await page.screenshot({ path: join(OUTPUT, `${name}.png`) });
};

beforeAll(async () => {
  served = await serveClient();
  browser = await launchChromium();
});

afterEach(async ({ task }) => {
  if (task.result?.state !== "fail") return;
  const pages = contexts.flatMap((context) => context.pages());
  await Promise.all(pages.map(async (page, i) => shot(page, `making-failed-${i}`)));
});

afterAll(async () => {
  await Promise.all(contexts.map(async (context) => context.close()));
  await browser?.close();
  await served?.close();
});

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
    chair = await visit(LAPTOP, served.chairLink, "chair");
    const reports: { id: string }[] = await (await chair.request.get(`${served.url}/api/reports`)).json();
    report = reports[0]?.id ?? "";
    const invite = await chair.request.post(`${served.url}/api/reports/${report}/people`, {
      data: {
        people: [
          { role: "delegate", name: "Đại biểu Hai Nơi", unit: "Tổ 1" },
          { role: "drafter", name: "Thư ký Lan", unit: "" },
        ],
      },
    });
    const links = (await invite.text()).match(/\/k\/[\w-]+/gu) ?? [];
    await chair.goto(`${served.url}/r/${report}`);
    drafter = await visit(LAPTOP, served.url + (links[1] ?? ""), "drafter");
    phone = await visit(PHONE, served.url + (links[0] ?? ""), "phone");

    const paragraphs = phone.locator("#slot-opening [data-start]");
    await paragraphs.nth(0).tap();
    const sheet = phone.getByRole("dialog");
    await sheet.getByRole("textbox", { name: "Ý kiến của đồng chí" }).fill(REMARK);
    await sheet.getByText("Làm rõ").tap();
    await sheet.getByRole("button", { name: "Góp ý thêm đoạn khác" }).tap();
    await phone.getByText("Chọn thêm đoạn cho ý kiến đang viết").waitFor();
    await shot(phone, "making-more-phone");
    await paragraphs.nth(1).tap();
    await sheet.getByRole("button", { name: "Bỏ đoạn thứ 2" }).waitFor();
    expect(await sheet.getByRole("textbox", { name: "Ý kiến của đồng chí" }).inputValue()).toBe(REMARK);
    await sheet.getByRole("button", { name: "Đề xuất câu sửa" }).tap();
    await sheet.getByRole("textbox", { name: /Câu sửa đề xuất/ }).fill(NEW_WORDS);
    await shot(phone, "making-sheet-phone");
    expect(await axeFaults(phone)).toEqual([]);

    await phone.reload();
    await paragraphs.nth(0).tap();
    await sheet.getByRole("button", { name: "Bỏ đoạn thứ 2" }).waitFor();
    expect(await sheet.getByRole("textbox", { name: /Câu sửa đề xuất/ }).inputValue()).toBe(NEW_WORDS);
    await sheet.getByRole("button", { name: "Gửi góp ý" }).tap();
    await phone.getByText("Mọi ý kiến đã được gửi").waitFor();
    expect(await phone.locator("#slot-opening mark[data-comment]").count()).toBeGreaterThan(1);
    await phone.locator("#slot-opening [data-words]").waitFor();
    await phone.waitForTimeout(500);
    await shot(phone, "making-in-place-phone");
    expect(await phone.locator("#slot-opening [data-start]").first().innerText()).not.toContain(NEW_WORDS);
  });

  it("is at both places on the committee's paper, struck and inserted, and is applied in one click", async () => {
    const card = cardOf(chair, REMARK);
    await card.click();
    const paper = chair.locator('section[data-slot="opening"]');
    await paper.locator(".tk-proposed").getByText(NEW_WORDS).waitFor();
    expect(await card.locator("blockquote").count()).toBe(2);
    expect(await paper.locator(".tk-comment-active").count()).toBeGreaterThan(1);
    await shot(chair, "making-in-place-laptop");
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
    await shot(chair, "making-frozen-laptop");
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
    await shot(chair, "making-mention-laptop");
    await chair.keyboard.press("Enter");
    await chair.keyboard.type("xem lại.");
    expect(await box.inputValue()).toBe("Nhờ @Thư ký Lan xem lại.");
    await chair.reload();
    await cardOf(chair, REMARK).click();
    expect(await box.inputValue()).toBe("Nhờ @Thư ký Lan xem lại.");
    await card.getByRole("button", { name: "Gửi trả lời" }).click();
    await drafter.getByRole("button", { name: "Nhắc đến tôi · 1" }).click();
    await cardOf(drafter, REMARK).getByText("@ nhắc đến bạn").waitFor();
    expect(await drafter.getByRole("complementary").getByRole("article").count()).toBe(1);
    await cardOf(drafter, REMARK).click();
    await cardOf(drafter, REMARK).getByText("@Thư ký Lan").waitFor();
    await shot(drafter, "making-mentioned-laptop");
    expect(await axeFaults(drafter)).toEqual([]);
    await phone.getByRole("button", { name: /Ý kiến của tôi/ }).tap();
    await phone.getByRole("dialog").getByText("@Thư ký Lan").waitFor();
    await shot(phone, "making-own-phone");
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
    await shot(drafter, "making-composer-laptop");
    expect(await axeFaults(drafter)).toEqual([]);
    await drafter.reload();
    expect(await form.getByRole("textbox", { name: "Nội dung góp ý" }).inputValue()).toBe("Viết dở của thư ký");
    expect(await form.getByRole("radio", { name: "số liệu" }).isChecked()).toBe(true);
    await form.getByRole("button", { name: "Gửi góp ý" }).click();
    await cardOf(drafter, "Viết dở của thư ký").waitFor();
    await drafter.reload();
    await cardOf(drafter, "Viết dở của thư ký").waitFor();
    expect(await form.count()).toBe(0);
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
    await shot(chair, "making-supposed");
    expect(await asked.locator("mark").textContent()).toBe(text.trim());
    await asked.getByRole("button", { name: "Đúng chỗ này" }).click();
    await card.getByText(/^Vị trí do .* xác nhận\.$/).waitFor();
    expect(await asked.count()).toBe(0);
  });

  it("raises no error on any page", () => {
    expect(faults).toEqual([]);
  });
});
