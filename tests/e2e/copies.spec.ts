import { readFileSync } from "node:fs";
import { unzipSync } from "fflate";
import type { Download, Page } from "playwright-core";
import { beforeAll, describe, expect, it } from "vitest";
import type { Person } from "#model";
import { axeFaults } from "../support/axe.ts";
import { LAPTOP, openVenue, PHONE } from "../support/venue.ts";

/** The files that go out: the committee's menu, and the delegate's own Word copy on a phone. */

const venue = openVenue("copies");

let chair: Page;
let phone: Page;
let delegate: Person;

/** The custom properties and the settings of a Word file that was downloaded. */
async function wordOf(download: Download): Promise<string> {
  const parts = unzipSync(new Uint8Array(readFileSync(await download.path())));
  const text = (name: string): string => new TextDecoder().decode(parts[name]);
  return text("docProps/custom.xml") + text("word/settings.xml");
}

beforeAll(async () => {
  const report = await venue.sample();
  const [link] = await venue.invite(report, { role: "delegate", name: "Đại biểu Dùng Word", unit: "Chi bộ 3" });
  delegate = link.person;
  chair = await venue.visit(LAPTOP, venue.served.chairLink, "chair");
  await chair.goto(`${venue.url}/r/${report}`);
  phone = await venue.visit(PHONE, link.url, "phone");
});

describe("the files that go out", () => {
  it("are offered in one menu, by what they are for", async () => {
    await chair.getByRole("button", { name: "Xuất tệp" }).click();
    await chair.getByRole("menuitem", { name: "Bản xin ý kiến (Word)" }).waitFor();
    await venue.shot(chair, "copies-1-menu");
    // An open menu stands outside the landmarks of the page, as menus do.
    expect(await axeFaults(chair, ["region"])).toEqual([]);
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
    expect(await axeFaults(chair)).toEqual([]);
    await venue.shot(chair, "copies-2-dialog");
    const download = chair.waitForEvent("download");
    await dialog.getByRole("button", { name: "Tải tệp về" }).press("Enter");
    const file = await download;
    expect(file.suggestedFilename()).toMatch(/^Bản xin ý kiến - Đại biểu Dùng Word - Dự thảo lần \d .*\.docx$/u);
    const word = await wordOf(file);
    expect(word).toContain(delegate.id);
    expect(word).toContain('w:edit="trackedChanges"');
  });

  it("give a delegate a Word copy of their own from the phone", async () => {
    await phone.getByRole("button", { name: "Ý kiến của tôi" }).click();
    const button = phone.getByRole("button", { name: "Tải bản Word để góp ý" });
    await button.waitFor();
    expect(await axeFaults(phone)).toEqual([]);
    await venue.shot(phone, "copies-3-phone");
    const download = phone.waitForEvent("download");
    await button.click();
    const word = await wordOf(await download);
    expect(word).toContain(delegate.id);
    expect(word).toContain('w:edit="comments"');
  });
});
