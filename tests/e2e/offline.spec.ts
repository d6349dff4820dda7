import { cpSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Locator, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { axeFaults } from "../support/axe.ts";
import type { ProfileBrowser } from "../support/chromium.ts";
import { launchProfile } from "../support/chromium.ts";
import { Line } from "../support/line.ts";
import { drawn, saved } from "../support/state-line.ts";
import { LAPTOP, openVenue } from "../support/venue.ts";

/**
 * A drafter's own browser, on a profile that stays, loses the network, is killed, is frozen, and comes back, while a
 * second drafter goes on writing. The steps stand on one another.
 */

const SLOT = "opening";
const SECOND = "proposals";
const SENTENCE = "Đến hết năm hoàn thành mọi việc.";
const MINE = "Quý bốn xong hai việc đầu.";
const THEIRS = "Mỗi tháng báo cáo tiến độ một lần.";

const venue = openVenue("offline");

let line: Line;
let folder: string;
let report: string;
/** The drafter, as the server names them. */
let person: string;
/** The drafter whose network fails, and the one whose does not. */
let own: ProfileBrowser;
let page: Page;
let other: Page;

async function start(): Promise<void> {
  own = await launchProfile(join(folder, "profile"), LAPTOP);
  page = venue.watch(own.context.pages()[0] ?? (await own.context.newPage()), "drafter");
}

function slot(where: Page, id = SLOT): Locator {
  return where.locator(`section[data-slot="${id}"] .tk-slot-text`);
}

async function write(where: Page, text: string, id = SLOT): Promise<void> {
  await slot(where, id).locator("> *").last().click();
  await where.keyboard.press("End");
  await where.keyboard.type(text);
}

/** What is written in a slot, without the cursors of others. */
function words(where: Page, id = SLOT): Promise<string> {
  return slot(where, id).evaluate((text) => {
    const copy = text.cloneNode(true);
    if (copy instanceof Element) for (const caret of copy.querySelectorAll(".tk-caret")) caret.remove();
    return copy.textContent ?? "";
  });
}

/** Waits until the state line says that what was written without a network is on this device. */
async function kept(where: Page): Promise<void> {
  await drawn(where);
  await where.locator('[data-state="offline"][data-unkept="0"]:not([data-kept="0"])').waitFor();
}

/** Each of the phrases stands in the text once, whole. */
async function hold(where: Page, phrases: readonly string[], id = SLOT): Promise<void> {
  for (const phrase of phrases) await slot(where, id).getByText(phrase).first().waitFor();
  const text = await words(where, id);
  for (const phrase of phrases) expect(text.split(phrase), phrase).toHaveLength(2);
}

/** Writes the sentence as a paragraph of its own in the second slot. */
async function openAnew(sentence: string): Promise<void> {
  await write(page, "", SECOND);
  await page.keyboard.press("Enter");
  await page.keyboard.type(sentence);
}

/** Another sentence in the place of the last one of the second slot. */
async function rewrite(where: Page, sentence: string): Promise<void> {
  await slot(where, SECOND).locator("> *").last().click();
  await where.keyboard.press("End");
  await where.keyboard.press("Shift+Home");
  await where.keyboard.type(sentence);
}

/** The network is back, and browsers tell their pages. */
async function mend(...pages: readonly Page[]): Promise<void> {
  line.mend();
  await comeBack(...pages);
}

/** What a browser tells its pages when the network is back; without it they look by themselves, some seconds later. */
async function comeBack(...pages: readonly Page[]): Promise<void> {
  for (const one of pages) await one.evaluate(() => window.dispatchEvent(new Event("online")));
}

/** Both pages show the same words. */
async function agree(one: Page, two: Page): Promise<void> {
  await expect.poll(async () => (await words(one)) === (await words(two))).toBe(true);
}

async function openReport(): Promise<void> {
  await page.goto(`${line.url}/r/${report}`);
  await slot(page).waitFor();
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "tongket-offline-"));
  line = await Line.to(venue.url);
  other = await venue.visit(LAPTOP, venue.served.chairLink, "chair");
  report = await venue.sample();
});

afterEach(async ({ task }) => {
  if (task.result?.state === "fail") await venue.shot(page, "offline-failed-drafter");
});

afterAll(async () => {
  await own?.context.close().catch(() => undefined);
  await line?.close();
  rmSync(folder, { recursive: true, force: true });
});

describe("a drafter whose network fails", () => {
  it("opens the report once, so that the browser keeps the page", async () => {
    const [drafter] = await venue.invite(report, { role: "drafter", name: "Tổ viên Mất Mạng", unit: "Tổ 1" });
    person = drafter.person.id;
    await start();
    await page.goto(line.url + new URL(drafter.url).pathname);
    await saved(page);
    const isKept = (): Promise<boolean> => page.evaluate(async () => (await caches.match("/")) !== undefined);
    await expect.poll(isKept).toBe(true);
    await own.context.close();
    await other.goto(`${venue.url}/r/${report}`);
    await saved(other);
  });

  it("has every word said to be kept after the browser was killed, without a network", async () => {
    await start();
    await openReport();
    await saved(page);
    await write(page, " Viết khi có mạng.");
    await saved(page);
    line.cut();
    await page.locator('[data-state="offline"]').waitFor();
    await write(page, " Viết khi mất mạng.");
    await kept(page);
    await own.kill();

    await write(other, " Người khác viết trong lúc ấy.");
    await saved(other);
    await start();
    await openReport();
    await hold(page, ["Viết khi có mạng.", "Viết khi mất mạng."]);
    await page.getByText("thay đổi trên máy, chờ lưu lên máy chủ").first().waitFor();
    await write(page, " Viết tiếp sau khi mở lại.");
    await kept(page);
  });

  it("merges with what another wrote when the network is back", async () => {
    line.mend();
    await saved(page);
    const all = [
      "Viết khi có mạng.",
      "Viết khi mất mạng.",
      "Viết tiếp sau khi mở lại.",
      "Người khác viết trong lúc ấy.",
    ];
    await hold(page, all);
    await hold(other, all);
    await agree(page, other);
    const fresh = venue.watch(await other.context().newPage(), "fresh");
    await fresh.goto(`${venue.url}/r/${report}`);
    await saved(fresh);
    await agree(fresh, other);
    await fresh.close();
  });

  it("comes back from a closed lid to a server that was started anew meanwhile", async () => {
    const session = await own.context.newCDPSession(page);
    await write(page, " Viết ngay trước khi gập máy.");
    await session.send("Page.setWebLifecycleState", { state: "frozen" });
    await venue.served.restart();
    await saved(other);
    await write(other, " Viết khi máy kia đang ngủ.");
    await saved(other);
    await session.send("Page.setWebLifecycleState", { state: "active" });
    await write(page, " Viết khi mở máy ra.");
    const all = ["Viết ngay trước khi gập máy.", "Viết khi máy kia đang ngủ.", "Viết khi mở máy ra."];
    await hold(other, all);
    await saved(page);
    await hold(page, all);
    await agree(page, other);
  });

  it("comes back where the network went without a word and the socket still seems open", async () => {
    line.silence();
    await write(page, " Viết vào một đường đã chết.");
    await page.locator('[data-state="offline"]').waitFor();
    await kept(page);
    line.mend();
    await saved(page);
    await hold(other, ["Viết vào một đường đã chết."]);
  });

  it("has two tabs that write, go and come back without disturbing each other", async () => {
    const second = venue.watch(await own.context.newPage(), "second tab");
    await second.goto(`${line.url}/r/${report}`);
    await saved(second);
    line.cut();
    await Promise.all([page, second].map((tab) => tab.locator('[data-state="offline"]').waitFor()));
    await write(page, " Thẻ thứ nhất viết.");
    await write(second, " Thẻ thứ hai viết.");
    await kept(page);
    await kept(second);
    await page.reload();
    await hold(page, ["Thẻ thứ nhất viết.", "Thẻ thứ hai viết."]);
    await second.reload();
    await write(page, " Thẻ thứ nhất viết tiếp.");
    await write(second, " Thẻ thứ hai viết tiếp.");
    await kept(page);
    await kept(second);
    await mend(page, second);
    await saved(page);
    await saved(second);
    const all = ["Thẻ thứ nhất viết.", "Thẻ thứ hai viết.", "Thẻ thứ nhất viết tiếp.", "Thẻ thứ hai viết tiếp."];
    for (const tab of [page, second, other]) await hold(tab, all);
    await agree(page, other);
    await agree(second, other);
    await second.close();
  });

  it("sees both sentences where two rewrote the same one, and what was there before", async () => {
    await page.reload();
    await openAnew(SENTENCE);
    await saved(page);
    await hold(other, [SENTENCE], SECOND);
    await venue.post(report, "/versions", { name: "Trước khi sửa" });
    line.cut();
    await page.locator('[data-state="offline"]').waitFor();
    await rewrite(page, MINE);
    await kept(page);
    await rewrite(other, THEIRS);
    await saved(other);
    await mend(page);
    await saved(page);
    for (const one of [page, other]) {
      await hold(one, [MINE, THEIRS], SECOND);
      await expect.poll(() => words(one, SECOND)).not.toContain(SENTENCE);
    }
    const notice = page.getByRole("region", { name: "Người khác đã sửa khi bạn mất kết nối" });
    await notice.getByRole("button", { name: "Xem thay đổi" }).click();
    const dialog = page.getByRole("dialog");
    // What is the same in all is marked neither way.
    await dialog.locator("del", { hasText: "Đến hết năm" }).waitFor();
    await dialog.locator("ins", { hasText: "Quý bốn xong" }).waitFor();
    await dialog.locator("ins", { hasText: "Mỗi tháng báo cáo" }).waitFor();
    await expect.poll(() => dialog.innerText()).toContain(MINE);
    await venue.shot(page, "offline-both-sentences");
    expect(await axeFaults(page)).toEqual([]);
    await page.keyboard.press("Escape");
    await notice.getByRole("button", { name: "Đã rõ" }).click();
    await notice.waitFor({ state: "detached" });

    await other.getByRole("tab", { name: /Phiên bản/ }).click();
    await other.getByRole("button", { name: /So với.*Trước khi sửa/ }).click();
    const compared = other.getByRole("dialog");
    await compared.locator("del", { hasText: "Đến hết năm" }).waitFor();
    await compared.locator("ins", { hasText: "Quý bốn xong" }).waitFor();
    await compared.locator("ins", { hasText: "Mỗi tháng báo cáo" }).waitFor();
    await venue.shot(other, "offline-version-compared");
    await other.keyboard.press("Escape");
  });

  it("is told that the device is full, goes on writing, and takes a copy that the chair can merge", async () => {
    await own.context.close();
    await start();
    const session = await own.context.newCDPSession(page);
    await session.send("Storage.overrideQuotaForOrigin", { origin: line.url, quotaSize: 1 });
    await openReport();
    await saved(page);
    line.cut();
    await page.locator('[data-state="offline"]').waitFor();
    await write(page, " Viết khi máy đã đầy.");
    const notice = page.getByRole("region", { name: "Bài chưa được giữ" });
    await notice.getByText("Máy này hết chỗ").waitFor();
    await page
      .getByText(/Ngoại tuyến, \d+ thay đổi chưa giữ được ở đâu/)
      .first()
      .waitFor();
    await venue.shot(page, "offline-full");
    expect(await axeFaults(page)).toEqual([]);

    const download = page.waitForEvent("download");
    await notice.getByRole("button", { name: "Tải tệp .tongket" }).click();
    const file = readFileSync(await (await download).path());
    const text = page.waitForEvent("download");
    await notice.getByRole("button", { name: "Tải văn bản" }).click();
    expect(readFileSync(await (await text).path(), "utf8")).toContain("Viết khi máy đã đầy.");
    await venue.post(report, "/archive", new Uint8Array(file));
    await hold(other, ["Viết khi máy đã đầy."]);

    const asked = page.waitForEvent("dialog");
    const closing = page.close({ runBeforeUnload: true });
    const dialog = await asked;
    expect(dialog.type()).toBe("beforeunload");
    await dialog.dismiss();
    await closing;
    await mend(page);
    await saved(page);
    await notice.waitFor({ state: "detached" });
    await hold(page, ["Viết khi máy đã đầy."]);
    await agree(page, other);
  });

  it("is told of a browser that keeps nothing, and of a private window", async () => {
    await own.context.close();
    await start();
    const refusing = venue.watch(await own.context.newPage(), "refusing");
    await refusing.addInitScript(() => {
      IDBFactory.prototype.open = () => {
        throw new DOMException("not here", "InvalidStateError");
      };
    });
    const secret = venue.watch(await own.context.newPage(), "private");
    await secret.addInitScript(() => {
      StorageManager.prototype.getDirectory = () => Promise.reject(new DOMException("no", "SecurityError"));
    });
    for (const one of [refusing, secret]) {
      await one.goto(`${line.url}/r/${report}`);
      await saved(one);
    }
    line.cut();
    for (const one of [refusing, secret]) await one.locator('[data-state="offline"]').waitFor();
    await write(refusing, " Trình duyệt không giữ.");
    await write(secret, " Cửa sổ ẩn danh.");
    await refusing.getByText("Trình duyệt không cho giữ trên máy này").waitFor();
    await secret.getByText("Đây là cửa sổ ẩn danh").waitFor();
    await mend(refusing, secret, page);
    for (const one of [refusing, secret]) {
      await saved(one);
      await one.close();
    }
    await hold(other, ["Trình duyệt không giữ.", "Cửa sổ ẩn danh."]);
  });

  it("brings back what a restored backup has lost, whoever wrote it", async () => {
    await openReport();
    await saved(page);
    // The backup knows both pages by what they wrote, so that neither takes the other's words for its own.
    await write(page, " Tổ viên viết trước.");
    await hold(other, ["Tổ viên viết trước."]);
    await write(other, " Chủ trì viết trước.");
    await hold(page, ["Chủ trì viết trước."]);
    await saved(other);
    const backup = join(folder, "backup");
    await venue.served.stop();
    cpSync(venue.served.data, backup, { recursive: true });
    await venue.served.restart();
    await comeBack(page, other);
    await saved(page);
    await write(page, " Tổ viên viết sau bản sao lưu.");
    await saved(page);
    await saved(other);
    await write(other, " Chủ trì viết sau bản sao lưu.");
    await saved(other);
    const all = ["Tổ viên viết sau bản sao lưu.", "Chủ trì viết sau bản sao lưu."];
    for (const one of [page, other]) await hold(one, all);
    await venue.served.stop();
    rmSync(venue.served.data, { recursive: true });
    cpSync(backup, venue.served.data, { recursive: true });
    await venue.served.restart();
    await comeBack(page, other);
    await page.getByText("Máy chủ thiếu những sửa đổi mà trang này đang có").waitFor();
    await venue.shot(page, "offline-behind");
    await other.getByRole("button", { name: "Đưa vào báo cáo" }).click();
    await saved(other);
    await saved(page);
    const fresh = venue.watch(await other.context().newPage(), "fresh");
    await fresh.goto(`${venue.url}/r/${report}`);
    await saved(fresh);
    for (const one of [fresh, page, other]) await hold(one, all);
    await fresh.close();
  });

  it("takes along what a revoked link can no longer send, and the device forgets the rest", async () => {
    line.cut();
    await page.locator('[data-state="offline"]').waitFor();
    await slot(page).locator("> *").last().click();
    await page.keyboard.press("End");
    await page.keyboard.press("Enter");
    await page.keyboard.type("Đoạn viết khi liên kết đã bị thu hồi.");
    await kept(page);
    await venue.chair.ask("DELETE", `/api/reports/${report}/people/${person}/link`);
    await mend(page);
    const unsent = page.getByRole("region", { name: "Tải phần chưa gửi" });
    await unsent.getByText("Đoạn viết khi liên kết đã bị thu hồi.").waitFor();
    await venue.shot(page, "offline-revoked");
    const download = page.waitForEvent("download");
    await page.getByRole("button", { name: "Tải phần chưa gửi" }).click();
    expect(readFileSync(await (await download).path(), "utf8")).toContain("Đoạn viết khi liên kết đã bị thu hồi.");
    const left = (): Promise<string[]> =>
      page.evaluate(async () => (await indexedDB.databases()).map(({ name }) => name ?? ""));
    await expect.poll(async () => (await left()).filter((name) => name.startsWith("tongket/"))).toEqual([]);
    await expect.poll(() => words(other)).not.toContain("thu hồi");
  });
});
