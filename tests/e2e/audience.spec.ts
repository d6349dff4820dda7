import { join } from "node:path";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { launchChromium } from "../support/chromium.ts";
import { Network } from "../support/network.ts";
import type { ServedClient } from "../support/served-client.ts";
import { serveClient } from "../support/served-client.ts";

/** Two delegates on their phones, while the chair sets what they see of each other. The steps stand on one another. */

const LAPTOP = { viewport: { width: 1440, height: 900 }, locale: "vi-VN" };
const PHONE = { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true, locale: "vi-VN" };
const OUTPUT = join(import.meta.dirname, "output");

const QUIET = "Ý kiến gửi khi chỉ tổ biên tập thấy.";
const NAMELESS = "Ý kiến gửi khi không kèm tên.";
const OPEN = "Ý kiến gửi khi kèm tên.";

let served: ServedClient;
let browser: Browser;
const contexts: BrowserContext[] = [];
const faults: string[] = [];

async function visit(options: object, address: string, who: string): Promise<[Page, Network]> {
  const context = await browser.newContext(options);
  contexts.push(context);
  const network = await Network.of(context);
  const page = await context.newPage();
  page.setDefaultTimeout(20_000);
  page.on("pageerror", (error) => faults.push(`${who}: ${error.message}`));
  await page.goto(address);
  return [page, network];
}

/** All that the device keeps of the server's answers. */
function keptOn(page: Page): Promise<string> {
  return page.evaluate(
    () =>
      new Promise<string>((resolve, reject) => {
        const opening = indexedDB.open("tongket.kept");
        opening.addEventListener("error", () => reject(new Error("no database")));
        opening.addEventListener("success", () => {
          const reading = opening.result.transaction("answers").objectStore("answers").getAll();
          reading.addEventListener("success", () => {
            opening.result.close();
            resolve(JSON.stringify(reading.result));
          });
        });
      }),
  );
}

beforeAll(async () => {
  served = await serveClient();
  browser = await launchChromium();
});

afterEach(async ({ task }) => {
  if (task.result?.state !== "fail") return;
  const pages = contexts.flatMap((context) => context.pages());
  await Promise.all(pages.map(async (page, i) => page.screenshot({ path: join(OUTPUT, `audience-failed-${i}.png`) })));
});

afterAll(async () => {
  await Promise.all(contexts.map(async (context) => context.close()));
  await browser?.close();
  await served?.close();
});

describe("two delegates", () => {
  let chair: Page;
  let an: Page;
  let binh: Page;
  let network: Network;

  async function choose(label: string): Promise<void> {
    await chair.getByRole("radio", { name: label }).check();
    await chair.getByText("Đã đổi; trang của đại biểu theo ngay").last().waitFor();
  }

  /** An taps a paragraph, reads who will see it, and sends. */
  async function comment(text: string, paragraph: number, told: string): Promise<void> {
    await an.locator("p[data-start]").filter({ hasText: /\S/ }).nth(paragraph).tap();
    const sheet = an.getByRole("dialog");
    await sheet.getByText(told).waitFor();
    await sheet.getByRole("textbox", { name: "Ý kiến của đồng chí" }).fill(text);
    await an.screenshot({ path: join(OUTPUT, `audience-sheet-${paragraph}.png`) });
    await sheet.getByRole("button", { name: "Gửi góp ý" }).tap();
    await an.getByText("Mọi ý kiến đã được gửi").waitFor();
  }

  async function openOthers(): Promise<void> {
    await binh.getByRole("button", { name: /Ý kiến của tôi/ }).tap();
    await binh.getByRole("tab", { name: /Của đại biểu khác/ }).tap();
  }

  it("see only their own at first, and are told so before they send", async () => {
    [chair] = await visit(LAPTOP, served.chairLink, "chair");
    const reports: { id: string }[] = await (await chair.request.get(`${served.url}/api/reports`)).json();
    const report = reports[0]?.id ?? "";
    const people = ["Nguyễn Văn An", "Trần Thị Bình"].map((name) => ({ role: "delegate", name, unit: "Chi bộ Mẫu" }));
    const invited = await chair.request.post(`${served.url}/api/reports/${report}/people`, { data: { people } });
    const links = [...JSON.stringify(await invited.json()).matchAll(/\/k\/[\w-]+/g)].map(([link]) => served.url + link);
    [an] = await visit(PHONE, links[0] ?? "", "An");
    [binh, network] = await visit(PHONE, links[1] ?? "", "Bình");
    await chair.goto(`${served.url}/r/${report}/people`);
    await comment(QUIET, 0, "Chỉ tổ biên tập thấy ý kiến của đồng chí.");
    await binh.getByText("Chỉ tổ biên tập thấy ý kiến của đồng chí.").waitFor();
    await binh.getByRole("button", { name: /Ý kiến của tôi/ }).tap();
    await binh.getByRole("dialog").waitFor();
    expect(await binh.getByRole("tab").count()).toBe(0);
    await binh.keyboard.press("Escape");
    expect(await binh.locator("mark[data-other]").count()).toBe(0);
  });

  it("see each other's words without names once the chair sets it so", async () => {
    await choose("Mọi ý kiến, không kèm tên");
    await chair.screenshot({ path: join(OUTPUT, "audience-setting.png") });
    await an.getByText("Đại biểu khác thấy ý kiến của đồng chí, không kèm tên.").waitFor();
    await comment(NAMELESS, 1, "Đại biểu khác thấy ý kiến của đồng chí, không kèm tên.");
    await binh.getByRole("button", { name: "1 ý kiến của đại biểu khác" }).tap();
    const list = binh.getByRole("dialog");
    await list.getByText(NAMELESS).waitFor();
    await list.getByText("Một đại biểu khác").waitFor();
    await binh.screenshot({ path: join(OUTPUT, "audience-unnamed.png") });
    // What was sent to the committee alone stays with it.
    expect(await list.getByText(QUIET).count()).toBe(0);
    expect(await list.innerText()).not.toContain("Nguyễn Văn An");
    await binh.keyboard.press("Escape");
    await list.waitFor({ state: "detached" });
    await binh.screenshot({ path: join(OUTPUT, "audience-text.png") });
    // A tap on words that another has commented on is one's own comment on them.
    await binh.locator("mark[data-other]").first().tap();
    await binh.getByRole("textbox", { name: "Ý kiến của đồng chí" }).waitFor();
    await binh.keyboard.press("Escape");
    const kept = await keptOn(binh);
    expect(kept).toContain(NAMELESS);
    expect(kept).not.toContain("Nguyễn Văn An");
  });

  it("see names where the authors were told so, and only theirs", async () => {
    await choose("Mọi ý kiến, kèm tên");
    await an.getByText("Đại biểu khác thấy ý kiến của đồng chí, kèm tên và đơn vị.").waitFor();
    await comment(OPEN, 2, "Đại biểu khác thấy ý kiến của đồng chí, kèm tên và đơn vị.");
    await openOthers();
    const list = binh.getByRole("dialog");
    const named = list.getByRole("article").filter({ hasText: OPEN });
    await named.getByText("Nguyễn Văn An, Chi bộ Mẫu").waitFor();
    await list.getByRole("article").filter({ hasText: NAMELESS }).getByText("Một đại biểu khác").waitFor();
    await binh.screenshot({ path: join(OUTPUT, "audience-all.png") });
    await binh.keyboard.press("Escape");
  });

  it("lose what they kept of others when it is taken back, also who was offline then", async () => {
    expect(await keptOn(binh)).toContain(OPEN);
    await network.cut();
    await binh.getByText(/Ngoại tuyến/).waitFor();
    await choose("Chỉ ý kiến của mình");
    // Not told yet: the phone shows what it knows.
    expect(await binh.locator("mark[data-other]").count()).toBeGreaterThan(0);
    await network.mend();
    await binh.getByText("Chỉ tổ biên tập thấy ý kiến của đồng chí.").waitFor();
    await expect.poll(() => binh.locator("mark[data-other]").count(), { timeout: 10_000 }).toBe(0);
    await expect.poll(() => keptOn(binh), { timeout: 10_000 }).not.toContain(OPEN);
    expect(await keptOn(binh)).not.toContain(NAMELESS);
    expect(faults).toEqual([]);
  });
});
