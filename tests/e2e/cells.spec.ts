import { mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { AxeBuilder } from "@axe-core/playwright";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { writeReportFile } from "#collab";
import { composeReportFile } from "#comments";
import type { ReportInput } from "#model";
import { shippedCatalogue } from "../support/catalogue.ts";
import { launchChromium } from "../support/chromium.ts";
import { readDocx } from "../support/docx-reader.ts";
import type { ServedClient } from "../support/served-client.ts";
import { serveClient } from "../support/served-client.ts";

/** Comments on the cells of a table, by a delegate with a phone and by the chair. The steps stand on one another. */

const LAPTOP = { viewport: { width: 1440, height: 900 }, locale: "vi-VN" };
const PHONE = { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true, locale: "vi-VN" };
const OUTPUT = join(import.meta.dirname, "output");
const FIXTURE = join(import.meta.dirname, "../../fixtures/van-phong-vien-han-lam-dang-uy.json");

const REMARK = "Đề nghị tách số đảng viên nữ.";
const BY_CHAIR = "Cần đối chiếu với chi bộ.";
const BY_KEY = "Đề nghị ghi số quyết định.";

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

/** The report of the fixture, as the command line would make it. */
async function file(): Promise<Uint8Array> {
  const { templates } = await shippedCatalogue();
  const input: ReportInput = JSON.parse(readFileSync(FIXTURE, "utf8"));
  const template = templates.get(input.template);
  if (!template) throw new Error(`no template ${input.template}`);
  let count = 0;
  const composer = { newId: () => `id${++count}`, now: "2022-01-05T02:00:00.000Z" };
  return writeReportFile(composeReportFile(input, template, "bang", composer));
}

async function send(page: Page, text: string): Promise<void> {
  await page.getByRole("textbox", { name: "Ý kiến của đồng chí" }).fill(text);
  await page.getByRole("button", { name: "Gửi góp ý" }).press("Enter");
  await page.getByText("Mọi ý kiến đã được gửi").waitFor();
}

beforeAll(async () => {
  mkdirSync(OUTPUT, { recursive: true });
  served = await serveClient();
  browser = await launchChromium();
});

afterEach(async ({ task }) => {
  if (task.result?.state !== "fail") return;
  const pages = contexts.flatMap((context) => context.pages());
  await Promise.all(pages.map(async (page, i) => page.screenshot({ path: join(OUTPUT, `cells-failed-${i}.png`) })));
});

afterAll(async () => {
  await Promise.all(contexts.map(async (context) => context.close()));
  await browser?.close();
  await served?.close();
});

describe("a comment on a cell", () => {
  let chair: Page;
  let phone: Page;
  let report: string;

  async function ask(path: string, data: object | Buffer): Promise<unknown> {
    const headers = data instanceof Buffer ? { "content-type": "application/octet-stream" } : {};
    const answer = await chair.request.post(`${served.url}/api/reports${path}`, { data, headers });
    expect(answer.ok(), `${path}: ${answer.status()} ${await answer.text()}`).toBe(true);
    return answer.json();
  }

  it("is made by a tap on the cell, which then shows it", async () => {
    chair = await visit(LAPTOP, served.chairLink, "chair");
    ({ id: report } = (await ask("/import", Buffer.from(await file()))) as { id: string });
    await ask(`/${report}/rounds`, {});
    const invited = await ask(`/${report}/people`, {
      people: [{ role: "delegate", name: "Đại biểu Bảng", unit: "Tổ 1" }],
    });
    phone = await visit(PHONE, served.url + (/\/k\/[\w-]+/.exec(JSON.stringify(invited))?.[0] ?? ""), "delegate");
    const table = phone.getByRole("table", { name: "Bảng 1. Đảng viên của Đảng bộ Văn phòng năm 2021" });
    // Anywhere in the cell, not on its words only.
    await table.getByRole("cell", { name: "36" }).tap({ position: { x: 4, y: 4 } });
    await phone.getByRole("dialog").getByText("Đảng viên chính thức, Số lượng: 36").waitFor();
    await phone.screenshot({ path: join(OUTPUT, "cells-phone-sheet.png") });
    await send(phone, REMARK);
    expect(await table.locator("[data-comment] p").allInnerTexts()).toEqual(["36"]);
    await table.scrollIntoViewIfNeeded();
    await phone.screenshot({ path: join(OUTPUT, "cells-phone.png") });
    await table.locator("[data-comment]").tap();
    await phone.getByRole("dialog").getByText(REMARK).waitFor();
    await phone.keyboard.press("Escape");
  });

  it("is made by the keyboard too: one stop for a table, then the arrows", async () => {
    const table = phone.getByRole("table", { name: /^Bảng 2\./ });
    expect(await table.locator('button[tabindex="0"]').count()).toBe(1);
    await table.locator('button[tabindex="0"]').focus();
    for (const key of ["ArrowDown", "ArrowDown", "ArrowRight", "ArrowRight"]) await phone.keyboard.press(key);
    await phone.keyboard.press("Enter");
    await phone
      .getByRole("dialog")
      .getByText("Chương trình, kế hoạch kiểm tra, giám sát, Thực hiện năm 2021")
      .waitFor();
    await send(phone, BY_KEY);
  });

  it("leaves the page without faults of access", async () => {
    const { violations } = await new AxeBuilder({ page: phone }).analyze();
    expect(
      violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(" | ")}`),
    ).toEqual([]);
  });

  it("says the committee where it stands, and prints on its cell", async () => {
    await chair.goto(`${served.url}/r/${report}`);
    const card = chair.getByRole("complementary").getByRole("article").filter({ hasText: REMARK });
    await card.getByText("Bảng 1, hàng 2, cột “Số lượng”").waitFor();
    const answer = await chair.request.get(`${served.url}/api/reports/${report}/export?as=draft`);
    const { comments } = readDocx(new Uint8Array(await answer.body()));
    expect(comments.map(({ text, range }) => [text, range])).toEqual([
      [`(Làm rõ) ${REMARK}`, "36"],
      [`(Làm rõ) ${BY_KEY}`, ""],
    ]);
  });

  it("is made by the committee in the text, and shown on its cell", async () => {
    const table = chair.locator(".tk-table").first();
    const commented = table.locator("[data-thread]");
    expect(await commented.allInnerTexts()).toEqual(["36"]);
    await commented.click();
    await chair
      .getByRole("article", { name: /Đại biểu Bảng/ })
      .getByRole("textbox", { name: "Trả lời trao đổi" })
      .waitFor();
    await table.getByText("Tổng số").click();
    await chair.getByRole("toolbar").getByRole("button", { name: /Góp ý/ }).click();
    const composer = chair.getByRole("form", { name: "Góp ý mới" });
    await composer.getByText("Tổng số").waitFor();
    await composer.getByRole("textbox", { name: "Nội dung góp ý" }).fill(BY_CHAIR);
    await composer.getByRole("button", { name: "Gửi góp ý" }).click();
    await chair.getByRole("complementary").getByText("Bảng 1, hàng 4, cột “Đảng viên”").waitFor();
    expect(await commented.allInnerTexts()).toEqual(["36", "Tổng số"]);
    await chair.screenshot({ path: join(OUTPUT, "cells-chair.png") });
    expect(faults).toEqual([]);
  });
});
