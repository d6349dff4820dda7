import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Locator, Page } from "playwright-core";
import { beforeAll, expect, it, onTestFinished } from "vitest";
import { writeReportFile } from "#collab";
import type { MadeCopy } from "../returned/copies.ts";
import { makeCopies } from "../returned/copies.ts";
import { editionsOf } from "../returned/editions.ts";
import { makeWorld, withSecondRound } from "../returned/world.ts";
import type { CopyPreview } from "#protocol";
import { axeFaults } from "../support/axe.ts";
import { shippedCatalogue } from "../support/catalogue.ts";
import { random } from "../support/random.ts";
import { LAPTOP, openVenue, PHONE } from "../support/venue.ts";

/** The secretary takes Word copies that came back: dropped, by the keyboard alone, and on a phone. */

const WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
const TITLE = "Nhận các bản góp ý gửi về";
const ITEM = "Nhận bản góp ý gửi về (Word)…";
const CHOOSE = "Chọn tệp…";

const venue = openVenue("returned", { stay: false });

let copies: readonly MadeCopy[];

function copyNamed(name: string): MadeCopy {
  const found = copies.find((copy) => copy.name === name);
  if (!found) throw new Error(`${name} was made`);
  return found;
}

function saidIn(some: readonly MadeCopy[]): number {
  return some.flatMap(({ expected }) => expected).length;
}

async function openDialog(page: Page): Promise<Locator> {
  await page.goto(`${venue.url}/r/returned`);
  await page.getByRole("button", { name: "Xuất tệp" }).click();
  await page.getByRole("menuitem", { name: ITEM }).click();
  const dialog = page.getByRole("dialog", { name: TITLE });
  await dialog.waitFor();
  return dialog;
}

/** Has copies taken without a window, those of whom nobody is sure as whose they are; once more changes nothing. */
async function collect(some: readonly MadeCopy[]): Promise<void> {
  const taking = await Promise.all(
    some.map(async ({ name, bytes, person }) => {
      const path = `/api/reports/returned/returned?name=${encodeURIComponent(name)}`;
      const [found] = await venue.chair.ask<CopyPreview[]>("POST", path, bytes);
      const people = found?.read.authors.map((author) => [author.name, author.sure ? author.person : person]) ?? [];
      return { copy: found?.copy, people: Object.fromEntries(people) };
    }),
  );
  await venue.chair.ask("POST", "/api/reports/returned/returned/confirm", { copies: taking });
}

/** Files as a hand holds them over the page and lets them go. */
async function drop(page: Page, files: readonly { name: string; bytes: Uint8Array }[]): Promise<void> {
  const held = await page.evaluateHandle(
    (given) => {
      const data = new DataTransfer();
      for (const { name, text } of given) {
        const bytes = Uint8Array.from(atob(text), (sign) => sign.charCodeAt(0));
        data.items.add(new File([bytes], name));
      }
      return data;
    },
    files.map(({ name, bytes }) => ({ name, text: Buffer.from(bytes).toString("base64") })),
  );
  // Beside the dialog: a page that is not listening there would open the file instead.
  await page.dispatchEvent("body", "dragover", { dataTransfer: held });
  await page.dispatchEvent("body", "drop", { dataTransfer: held });
}

/** What has the focus, as it is named; fails where nothing has. */
async function focused(page: Page): Promise<string> {
  const said = await page.evaluate(() => {
    const element = document.activeElement;
    if (!(element instanceof HTMLElement) || element === document.body) return null;
    return element.getAttribute("aria-label") ?? element.textContent;
  });
  if (said === null) throw new Error("nothing has the focus");
  return said;
}

async function hasFocus(of: Locator): Promise<boolean> {
  return of.evaluate((element) => element === document.activeElement);
}

/** Goes on by a key until the focus is on what is wanted. */
async function walkTo(page: Page, wanted: Locator, key = "Tab"): Promise<void> {
  for (let step = 0; step < 80; step++) {
    if (await hasFocus(wanted)) return;
    await page.keyboard.press(key);
    await focused(page);
  }
  throw new Error(`${key} does not lead to ${String(wanted)}`);
}

beforeAll(async () => {
  // Comments are made from 09:10 to 09:49 on a clock in Vietnam: some after the round was closed.
  const world = makeWorld(await shippedCatalogue(), 11, { closedAt: "2022-01-05T02:30:00.000Z" });
  const made = await makeCopies(world, 11);
  // The 25th has lost its properties, and its author is "Windows User": its round and whose it is have to be asked.
  copies = made.filter(({ name }) => ["gop-y-1.docx", "gop-y-4.docx", "gop-y-25.docx"].includes(name));
  expect(await venue.bring(writeReportFile(withSecondRound(world)))).toBe("returned");
});

it("reads files that are dropped, asks whose and of which round a copy is, and takes them only then", async () => {
  const page = await venue.visit(LAPTOP, venue.served.chairLink, "laptop");
  const dialog = await openDialog(page);
  await expect.poll(() => dialog.getByRole("button", { name: /^Nhận \d+ góp ý$/ }).isDisabled()).toBe(true);
  await drop(page, [...copies, { name: "ghi chú.docx", bytes: Buffer.from("không phải Word") }]);
  await dialog.getByText("Đã đọc 4 trên 4 tệp. ghi chú.docx: không đọc được.").waitFor();
  await dialog.getByText(/^ghi chú\.docx: Tệp/).waitFor();
  await expect.poll(() => dialog.getByRole("region").count()).toBe(3);
  const unsure = copyNamed("gop-y-25.docx");
  const sure = copies.filter((copy) => copy !== unsure);
  await dialog.getByRole("button", { name: `Nhận ${saidIn(sure)} góp ý` }).waitFor();
  const card = dialog.getByRole("region", { name: unsure.name });
  await card.getByText("Chưa rõ của ai · Dự thảo lần 1").waitFor();

  // It is nearest to the draft that it was made from; beside the other one, what that draft says since is a change.
  const round = card.getByRole("combobox", { name: "Tệp không ghi đợt nào: so với dự thảo nào?" });
  await expect.poll(() => round.inputValue()).toBe("1");
  const summary = card.getByText(/^Xem \d+ góp ý$/);
  const whole = await summary.textContent();
  await round.selectOption("2");
  await card.getByText("Chưa rõ của ai · Dự thảo lần 2").waitFor();
  await expect.poll(() => summary.textContent()).not.toBe(whole);
  await dialog.getByRole("combobox", { name: "Tệp không ghi đợt lấy ý kiến thì so với" }).selectOption("1");
  // What was chosen for one file stays.
  await card.getByText("Chưa rõ của ai · Dự thảo lần 2").waitFor();
  await round.selectOption("1");
  await card.getByText("Chưa rõ của ai · Dự thảo lần 1").waitFor();
  await card.getByText("Đang so với dự thảo đã chọn.").waitFor();
  await expect.poll(() => summary.textContent()).toBe(whole);

  await summary.click();
  await venue.shot(page, "returned-laptop");
  expect(await axeFaults(page)).toEqual([]);
  for (const ask of await card.getByRole("combobox", { name: /ai\?/ }).all()) await ask.selectOption(unsure.person);
  const take = dialog.getByRole("button", { name: `Nhận ${saidIn(copies)} góp ý` });
  await take.waitFor();
  // What was written after the round was closed is said before it is taken, and marked then.
  const late = await dialog.getByText(/góp ý viết sau đó được nhận và ghi là muộn/).count();
  expect(late).toBe(2);
  await take.click();
  await dialog.getByText("Đã nhận 3 tệp.").waitFor();
  await expect.poll(() => dialog.getByText(/góp ý ghi là muộn\.$/).count()).toBe(late);
  await expect.poll(() => focused(page)).toBe("Đóng");
  await venue.shot(page, "returned-laptop-taken");
  expect(await axeFaults(page)).toEqual([]);
  await page.keyboard.press("Escape");
  await dialog.waitFor({ state: "hidden" });
  const text = copyNamed("gop-y-1.docx").expected.flatMap((one) => (one.kind === "comment" ? [one.text] : []))[0] ?? "";
  await page.getByText(text).first().waitFor({ state: "attached" });
});

it("is done by the keyboard alone, and never lets go of the focus; an older copy says that it is one", async () => {
  const page = await venue.visit(LAPTOP, venue.served.chairLink, "laptop");
  const folder = await mkdtemp(join(tmpdir(), "tongket-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  const r = random(2);
  const editions = copies.flatMap((copy) => editionsOf(copy, r) ?? []);
  await collect(editions.map(({ later }) => later));
  const files = [...editions.map(({ earlier }) => earlier), ...editions.map(({ later }) => later)];
  const paths = files.map(({ name }) => join(folder, name));
  await Promise.all(files.map(({ bytes }, index) => writeFile(paths[index] ?? "", bytes)));

  await page.goto(`${venue.url}/r/returned`);
  // The browser has to be told long before that a file will be chosen here, not in a window of its own.
  const chooser = page.waitForEvent("filechooser");
  const menu = page.getByRole("button", { name: "Xuất tệp" });
  await menu.focus();
  await page.keyboard.press("Enter");
  const item = page.getByRole("menuitem", { name: ITEM });
  await item.waitFor();
  await walkTo(page, item, "ArrowDown");
  await page.keyboard.press("Enter");
  const dialog = page.getByRole("dialog", { name: TITLE });
  await dialog.waitFor();
  await expect.poll(() => focused(page)).toBe(CHOOSE);
  await page.keyboard.press("Enter");
  await (await chooser).setFiles(paths);
  await dialog.getByText(`Đã đọc ${paths.length} trên ${paths.length} tệp`).waitFor();
  await expect.poll(() => focused(page)).toBe(CHOOSE);

  const older = dialog.getByRole("region", { name: "trước-gop-y-1.docx" });
  await older.getByText(/góp ý đã nhận rồi, đây là lời cũ hơn/).waitFor();
  const summary = older.getByText(/^Xem \d+ góp ý$/);
  await walkTo(page, summary);
  await page.keyboard.press("Enter");
  const rows = older.getByRole("list", { name: "Góp ý trong trước-gop-y-1.docx" }).getByRole("listitem");
  await rows.first().waitFor();
  await walkTo(page, rows.first());
  const all = await rows.count();
  for (let row = 1; row < all; row++) {
    await page.keyboard.press("ArrowDown");
    await expect.poll(() => hasFocus(rows.nth(row))).toBe(true);
  }
  await page.keyboard.press("Home");
  await expect.poll(() => hasFocus(rows.first())).toBe(true);
  await expect.poll(() => rows.filter({ hasText: "Đã nhận, đây là lời cũ hơn" }).count()).toBeGreaterThan(0);

  // Who the doubtful one is: the likeliest is the next in the list, or any other.
  const card = dialog.getByRole("region", { name: "trước-gop-y-25.docx" });
  const ask = card.getByRole("combobox", { name: /ai\?/ }).first();
  await walkTo(page, dialog.getByRole("button", { name: "Đến chỗ cần chọn" }), "Shift+Tab");
  await page.keyboard.press("Enter");
  await expect.poll(() => hasFocus(ask)).toBe(true);
  await page.keyboard.press("ArrowDown");
  await expect.poll(() => ask.inputValue()).not.toBe("");
  await card.getByText(/^Chưa rõ của ai/).waitFor({ state: "hidden" });
  await expect.poll(() => hasFocus(ask)).toBe(true);
  // The draft that it is compared with: it is read anew, and the list keeps the focus.
  const round = card.getByRole("combobox", { name: /so với dự thảo nào/ });
  await page.keyboard.press("Shift+Tab");
  await expect.poll(() => hasFocus(round)).toBe(true);
  await page.keyboard.press("ArrowDown");
  await card.getByText(/ · Dự thảo lần 2$/).waitFor();
  await expect.poll(() => hasFocus(round)).toBe(true);

  // A file that was not meant goes, and the focus is where one goes on.
  await walkTo(page, dialog.getByRole("button", { name: "Bỏ tệp trước-gop-y-4.docx" }));
  await page.keyboard.press("Enter");
  await dialog.getByRole("region", { name: "trước-gop-y-4.docx" }).waitFor({ state: "hidden" });
  await expect.poll(() => focused(page)).toBe(CHOOSE);

  const take = dialog.getByRole("button", { name: /^Nhận [1-9]\d* góp ý$/ });
  await expect.poll(() => take.isEnabled()).toBe(true);
  await walkTo(page, take);
  await page.keyboard.press("Enter");
  await dialog.getByText(/^Đã nhận \d+ tệp\.$/).waitFor();
  await expect.poll(() => focused(page)).toBe("Đóng");
  await page.keyboard.press("Enter");
  await dialog.waitFor({ state: "hidden" });
  await expect.poll(() => hasFocus(menu)).toBe(true);
});

it.each(["vi", "en"] as const)("says on a phone that all of the same copy is there already (%s)", async (language) => {
  const isEnglish = language === "en";
  await collect([copyNamed("gop-y-1.docx")]);
  const page = await venue.visit(PHONE, venue.served.chairLink, "phone");
  await page.evaluate((chosen) => localStorage.setItem("tongket.language", chosen), language);
  await page.goto(`${venue.url}/r/returned`);
  await page.getByRole("button", { name: isEnglish ? "Export" : "Xuất tệp" }).click();
  await page.getByRole("menuitem", { name: isEnglish ? "Take returned copies (Word)…" : ITEM }).click();
  const dialog = page.getByRole("dialog", { name: isEnglish ? "Take copies that came back" : TITLE });
  const [known, unsure] = [copyNamed("gop-y-1.docx"), copyNamed("gop-y-25.docx")];
  await dialog
    .locator("input[type=file]")
    .setInputFiles([known, unsure].map(({ name, bytes }) => ({ name, mimeType: WORD, buffer: Buffer.from(bytes) })));
  await dialog.getByText(isEnglish ? "Read 2 of 2 files." : "Đã đọc 2 trên 2 tệp.").waitFor();
  const there = isEnglish ? `: known ${saidIn([known])}.` : `: đã có ${saidIn([known])}.`;
  await dialog.getByText(there).waitFor();
  const take = dialog.getByRole("button", { name: isEnglish ? "Take 0 remarks" : "Nhận 0 góp ý" });
  await take.waitFor();
  await expect.poll(() => take.isDisabled()).toBe(true);
  await venue.shot(page, `returned-phone-${language}`);
  expect(await axeFaults(page)).toEqual([]);
  const beyond = await dialog.evaluate(
    (element) =>
      [element, ...element.querySelectorAll("*")].filter(
        (one) => one.getBoundingClientRect().right > document.documentElement.clientWidth + 1,
      ).length,
  );
  expect(beyond).toBe(0);
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  expect(overflow).toBeLessThanOrEqual(0);
});
