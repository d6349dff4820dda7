import type { BrowserContextOptions, Locator, Page } from "playwright-core";
import { beforeAll, describe, expect, it } from "vitest";
import { sent } from "../support/state-line.ts";
import { Typist } from "../support/typist.ts";
import { LAPTOP, openVenue, PHONE } from "../support/venue.ts";
import { stagesOf } from "../support/vietnamese-input.ts";

/** Vietnamese in the plain fields around the text: a key that belongs to a word sends, closes and steps nothing. */

const venue = openVenue("fields");

let report: string;
let chair: Page;

beforeAll(async () => {
  chair = await visit(LAPTOP, venue.served.chairLink, "chair");
  report = await venue.sample();
});

/** A page that counts its compositions, as they begin and end. */
async function visit(options: BrowserContextOptions, address: string, who: string): Promise<Page> {
  const page = await venue.visit(options, address, who);
  await page.context().addInitScript(() => {
    const count = (event: Event): void => {
      document.body.dataset["compositions"] =
        (document.body.dataset["compositions"] ?? "") +
        event.type.slice("composition".length, "composition".length + 1);
    };
    for (const name of ["compositionstart", "compositionend"]) document.addEventListener(name, count, true);
  });
  await page.reload();
  return page;
}

/**
 * Composes a phrase in a field; in the middle of its last word the keys come that an input method keeps: Escape, Enter
 * and Ctrl with Enter. `stays` is asked after each.
 */
async function composed(page: Page, field: Locator, stays: () => Promise<void>): Promise<void> {
  const typist = new Typist(await page.context().newCDPSession(page));
  await field.focus();
  await typist.compose("nghị quyết ", "telex");
  const [last = "", ...rest] = stagesOf("dduowcj", "telex").toReversed();
  for (const stage of rest.toReversed()) await typist.preview(stage);
  for (const [key, modifiers] of [
    ["Escape", 0],
    ["Enter", 0],
    ["Enter", 2],
  ] as const) {
    await typist.key(key, 229, modifiers);
    await stays();
  }
  await typist.preview(last);
  await typist.commit(last);
  await expect.poll(() => field.inputValue()).toBe("nghị quyết được");
  await expect.poll(() => page.evaluate(() => document.body.dataset["compositions"])).toBe("sesese");
  await page.evaluate(() => delete document.body.dataset["compositions"]);
}

describe("a field beside the text", () => {
  it("takes what is searched for", async () => {
    await chair.goto(`${venue.url}/r/${report}`);
    await chair.locator(".tk-slot-text").first().waitFor();
    await chair.keyboard.press("Control+f");
    const field = chair.getByRole("textbox", { name: "Tìm trong báo cáo" });
    await composed(chair, field, async () => expect(await field.isVisible()).toBe(true));
    await field.fill("đảng");
    const place = chair.getByRole("search", { name: "Tìm và thay" }).getByRole("status");
    const before = await place.textContent();
    await field.press("Enter");
    await expect.poll(() => place.textContent()).not.toBe(before);
  });

  it("takes what is put in its place", async () => {
    await chair.getByRole("button", { name: "Thay…" }).click();
    const field = chair.getByRole("textbox", { name: "Thay bằng" });
    await composed(chair, field, async () => expect(await field.isVisible()).toBe(true));
    await field.press("Escape");
    await field.waitFor({ state: "detached" });
  });

  it("takes a comment", async () => {
    await chair.locator(".tk-slot-text > *").first().click();
    await chair.keyboard.press("Control+Alt+m");
    const form = chair.getByRole("form", { name: "Góp ý mới" });
    const field = form.getByRole("textbox").first();
    await composed(chair, field, async () => expect(await form.isVisible()).toBe(true));
    await form.getByRole("button", { name: "Gửi" }).click();
    await form.waitFor({ state: "detached" });
  });

  it("takes the committee's answer", async () => {
    const card = chair.getByRole("complementary").getByRole("article").filter({ hasText: "nghị quyết được" });
    await card.click();
    const field = card.getByRole("textbox", { name: /Nội dung|tiếp thu|giải trình/i });
    await composed(chair, field, async () => expect(await field.isVisible()).toBe(true));
  });

  it("takes a delegate's comment on a phone", async () => {
    const [link] = await venue.invite(report, { role: "delegate", name: "Đại biểu Mẫu", unit: "Tổ 1" });
    const phone = await visit(PHONE, link.url, "phone");
    await phone.getByRole("button", { name: "Góp ý chung" }).tap();
    const field = phone.getByRole("textbox", { name: "Ý kiến của đồng chí" });
    await composed(phone, field, async () => expect(await field.isVisible()).toBe(true));
    await phone.getByRole("button", { name: "Gửi góp ý" }).tap();
    await sent(phone);
  });
});
