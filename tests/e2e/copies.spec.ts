import { mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { AxeBuilder } from "@axe-core/playwright";
import type { Browser, Download, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { unzipSync } from "fflate";
import type { FreshLink, ReportSummary } from "#protocol";
import { launchChromium } from "../support/chromium.ts";
import type { ServedClient } from "../support/served-client.ts";
import { serveClient } from "../support/served-client.ts";

/** The files that go out: the committee's menu, and the delegate's own Word copy on a phone. */

const LAPTOP = { viewport: { width: 1440, height: 900 }, locale: "vi-VN" };
const PHONE = { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true, locale: "vi-VN" };
const OUTPUT = join(import.meta.dirname, "output");

let served: ServedClient;
let browser: Browser;
let chair: Page;
let phone: Page;
let link: FreshLink;

async function visit(options: object, address: string): Promise<Page> {
  const page = await (await browser.newContext(options)).newPage();
  page.setDefaultTimeout(20_000);
  await page.goto(address);
  return page;
}

async function faultsOf(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" ")}`);
}

/** The custom properties and the settings of a Word file that was downloaded. */
async function wordOf(download: Download): Promise<string> {
  const parts = unzipSync(new Uint8Array(readFileSync(await download.path())));
  const text = (name: string): string => new TextDecoder().decode(parts[name]);
  return text("docProps/custom.xml") + text("word/settings.xml");
}

beforeAll(async () => {
  mkdirSync(OUTPUT, { recursive: true });
  served = await serveClient();
  browser = await launchChromium();
  chair = await visit(LAPTOP, served.chairLink);
  const report = await chair.evaluate(async () => {
    const reports: ReportSummary[] = await (await fetch("/api/reports")).json();
    return reports.find(({ rounds }) => rounds > 0)?.id ?? "";
  });
  link = await chair.evaluate(async (id) => {
    const people = [{ role: "delegate", name: "Đại biểu Dùng Word", unit: "Chi bộ 3" }];
    const response = await fetch(`/api/reports/${id}/people`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ people }),
    });
    const links: FreshLink[] = await response.json();
    return links[0] as FreshLink;
  }, report);
  await chair.goto(`${served.url}/r/${report}`);
  phone = await visit(PHONE, link.url);
}, 120_000);

afterAll(async () => {
  await browser.close();
  await served.close();
});

describe("the files that go out", () => {
  it("are offered in one menu, by what they are for", async () => {
    await chair.getByRole("button", { name: "Xuất tệp" }).click();
    await chair.getByRole("menuitem", { name: "Bản xin ý kiến (Word)" }).waitFor();
    await chair.screenshot({ path: join(OUTPUT, "copies-1-menu.png") });
    // An open menu stands outside the landmarks of the page, as menus do.
    const { violations } = await new AxeBuilder({ page: chair }).disableRules(["region"]).analyze();
    expect(violations).toEqual([]);
    await chair.keyboard.press("Escape");
  });

  it("to comment on are made out for a delegate, by keyboard alone", async () => {
    await chair.getByRole("button", { name: "Xuất tệp" }).press("Enter");
    await chair.getByRole("menuitem", { name: "Bản xin ý kiến (Word)" }).press("Enter");
    const dialog = chair.getByRole("dialog", { name: "Bản xin ý kiến (Word)" });
    await dialog.getByLabel("Gửi cho").selectOption({ label: "Đại biểu Dùng Word, Chi bộ 3" });
    await dialog.getByLabel("Người nhận được làm gì").selectOption("changes");
    // Away from the button that closes, whose hint stands outside the landmarks of the page.
    await dialog.getByLabel("Gửi cho").focus();
    await expect.poll(() => faultsOf(chair), { timeout: 10_000 }).toEqual([]);
    await chair.screenshot({ path: join(OUTPUT, "copies-2-dialog.png") });
    const download = chair.waitForEvent("download");
    await dialog.getByRole("button", { name: "Tải tệp về" }).press("Enter");
    const file = await download;
    expect(file.suggestedFilename()).toMatch(/^Bản xin ý kiến - Đại biểu Dùng Word - Dự thảo lần \d .*\.docx$/u);
    const word = await wordOf(file);
    expect(word).toContain(link.person.id);
    expect(word).toContain('w:edit="trackedChanges"');
  });

  it("give a delegate a Word copy of their own from the phone", async () => {
    await phone.getByRole("button", { name: "Ý kiến của tôi" }).click();
    const button = phone.getByRole("button", { name: "Tải bản Word để góp ý" });
    await button.waitFor();
    expect(await faultsOf(phone)).toEqual([]);
    await phone.screenshot({ path: join(OUTPUT, "copies-3-phone.png") });
    const download = phone.waitForEvent("download");
    await button.click();
    const word = await wordOf(await download);
    expect(word).toContain(link.person.id);
    expect(word).toContain('w:edit="comments"');
  });
});
