import type { Page } from "playwright-core";
import { beforeAll, expect, it } from "vitest";
import { writeReportFile } from "#collab";
import type { MadeCopy } from "../returned/copies.ts";
import { makeCopies } from "../returned/copies.ts";
import type { World } from "../returned/world.ts";
import { makeWorld } from "../returned/world.ts";
import { axeFaults } from "../support/axe.ts";
import { shippedCatalogue } from "../support/catalogue.ts";
import { LAPTOP, openVenue, PHONE } from "../support/venue.ts";

/** The secretary takes Word copies that came back, on a laptop and on a phone. */

const WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";

const venue = openVenue("returned", { stay: false });

let world: World;
let copies: readonly MadeCopy[];

async function openDialog(page: Page): Promise<ReturnType<Page["getByRole"]>> {
  await page.goto(`${venue.url}/r/returned`);
  await page.getByRole("button", { name: "Xuất tệp" }).click();
  await page.getByRole("menuitem", { name: "Nhận bản góp ý gửi về (Word)…" }).click();
  const dialog = page.getByRole("dialog", { name: "Nhận các bản góp ý gửi về" });
  await dialog.waitFor();
  return dialog;
}

beforeAll(async () => {
  world = makeWorld(await shippedCatalogue(), 11);
  const made = await makeCopies(world, 11);
  // The 25th has lost its properties, and its author is "Windows User": whose it is has to be asked.
  copies = made.filter(({ name }) => ["gop-y-1.docx", "gop-y-4.docx", "gop-y-25.docx"].includes(name));
});

it("reads many files, asks whose a copy is, shows each remark, and takes them only then", async () => {
  const page = await venue.visit(LAPTOP, venue.served.chairLink, "laptop");
  expect(await venue.bring(writeReportFile(world.file))).toBe("returned");
  const dialog = await openDialog(page);
  const take = dialog.getByRole("button", { name: /^Nhận \d+ góp ý$/ });
  await expect.poll(() => take.isDisabled()).toBe(true);
  await dialog
    .locator("input[type=file]")
    .setInputFiles([
      ...copies.map(({ name, bytes }) => ({ name, mimeType: WORD, buffer: Buffer.from(bytes) })),
      { name: "ghi chú.docx", mimeType: WORD, buffer: Buffer.from("không phải Word") },
    ]);
  await dialog.getByText("Đã đọc 4 trên 4 tệp").waitFor();
  await expect.poll(() => dialog.getByText(/^ghi chú\.docx: /).count()).toBe(1);
  const [sure, unsure] = [copies.slice(0, 2), copies[2]];
  const counted = (some: readonly MadeCopy[]): number => some.flatMap(({ expected }) => expected).length;
  await dialog.getByRole("button", { name: `Nhận ${counted(sure)} góp ý` }).waitFor();
  const card = dialog.getByRole("region", { name: "gop-y-25.docx" });
  await card.getByText("Chưa rõ của ai").waitFor();
  await card.getByText(/^Xem \d+ góp ý$/).click();
  await venue.shot(page, "returned-laptop");
  expect(await axeFaults(page)).toEqual([]);
  for (const ask of await card.getByRole("combobox").all()) await ask.selectOption(unsure?.person ?? "");
  await dialog.getByRole("button", { name: `Nhận ${counted(copies)} góp ý` }).click();
  await dialog.getByText("Đã nhận 3 tệp.").waitFor();
  expect(await axeFaults(page)).toEqual([]);
  await page.keyboard.press("Escape");
  await dialog.waitFor({ state: "hidden" });
  const text = copies[0]?.expected.flatMap((one) => (one.kind === "comment" ? [one.text] : []))[0] ?? "";
  await page.getByText(text).first().waitFor({ state: "attached" });
});

it("says on a phone that everything of the same copy is there already", async () => {
  const page = await venue.visit(PHONE, venue.served.chairLink, "phone");
  const dialog = await openDialog(page);
  const [first] = copies;
  await dialog
    .locator("input[type=file]")
    .setInputFiles([
      { name: first?.name ?? "", mimeType: WORD, buffer: Buffer.from(first?.bytes ?? new Uint8Array()) },
    ]);
  await dialog.getByText("Đã đọc 1 trên 1 tệp").waitFor();
  await dialog.getByText(`đã có ${first?.expected.length ?? 0}.`).waitFor();
  await expect.poll(() => dialog.getByRole("button", { name: "Nhận 0 góp ý" }).isDisabled()).toBe(true);
  await venue.shot(page, "returned-phone");
  expect(await axeFaults(page)).toEqual([]);
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  expect(overflow).toBeLessThanOrEqual(0);
});
