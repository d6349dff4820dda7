import type { BrowserContextOptions, Page } from "playwright-core";
import { describe, expect, it } from "vitest";
import { axeFaults } from "../support/axe.ts";
import { LAPTOP, openVenue, PHONE } from "../support/venue.ts";

const venue = openVenue("shell", { stay: false });

async function asChair(options: BrowserContextOptions = LAPTOP): Promise<Page> {
  const page = await venue.visit(options, venue.served.chairLink);
  await page.getByRole("heading", { level: 1, name: "Báo cáo" }).waitFor();
  return page;
}

async function heading(page: Page, name: string | RegExp): Promise<void> {
  await page.getByRole("heading", { name }).first().waitFor();
}

async function openPeople(page: Page): Promise<void> {
  await page
    .getByRole("button", { name: /^Việc với báo cáo/ })
    .first()
    .click();
  await page.getByRole("menuitem", { name: "Người tham gia" }).click();
  await heading(page, "Người tham gia");
}

/** Invites one delegate and gives the link made for that person. */
async function inviteDelegate(page: Page, name: string): Promise<string> {
  await page.getByRole("button", { name: "Mời người tham gia" }).first().click();
  await page.getByRole("textbox", { name: "Họ và tên" }).fill(name);
  await page.getByRole("textbox", { name: "Đơn vị" }).fill("Chi bộ 7");
  await page.getByRole("button", { name: "Tạo 1 liên kết" }).click();
  const card = page.getByRole("listitem").filter({ hasText: name });
  const path = /\/k\/[\w-]+/.exec(await card.innerText())?.[0];
  if (path === undefined) throw new Error("no link was shown");
  return path;
}

describe("the shell", () => {
  it("asks whoever has no session for a link, and takes a pasted one", async () => {
    const page = await venue.visit(LAPTOP, "/");
    await heading(page, "Mở liên kết của bạn để vào");
    await page.getByRole("textbox").fill("không phải liên kết");
    await page.getByRole("button", { name: "Vào" }).click();
    await page.getByText("Đây không phải liên kết của Tổng kết").waitFor();
    await page.getByRole("textbox").fill(`Mời anh vào ${venue.served.chairLink} nhé`);
    await page.keyboard.press("Enter");
    await heading(page, "Báo cáo");
  });

  it("says that a link opens nothing", async () => {
    const page = await venue.visit(PHONE, "/k/khong-co");
    await heading(page, "Không có liên kết này");
  });

  it("makes a report from a template by keyboard alone, after saying what is missing", async () => {
    const page = await asChair();
    await page.getByRole("button", { name: "Tạo báo cáo" }).first().press("Enter");
    await heading(page, "Tạo báo cáo");
    await expect.poll(() => page.evaluate(() => document.activeElement?.tagName)).toBe("H1");
    await page.getByRole("radio", { name: "Đảng ủy cơ sở" }).focus();
    await page.keyboard.press("Space");
    await page.getByRole("textbox", { name: "Năm báo cáo" }).fill("2024");
    await page.keyboard.press("Enter");
    await page.getByText("Chưa điền mục này.").first().waitFor();
    // The first field with a problem has the focus.
    const label = await page.evaluate(() => document.activeElement?.getAttribute("name"));
    expect(label).toBe("organisation");
    await page.keyboard.type("Đảng ủy Trường Minh Họa");
    await page.getByRole("textbox", { name: "Địa danh" }).fill("Huế");
    await page.getByRole("textbox", { name: "Họ tên người ký" }).fill("Người Ký Mẫu");
    const preview = page.getByRole("figure", { name: "Trang đầu của báo cáo khi in" });
    await expect.poll(() => preview.innerText()).toMatch(/Đảng ủy Trường Minh Họa/i);
    await expect
      .poll(() => preview.innerText())
      .toContain("tổng kết công tác năm 2024 và phương hướng, nhiệm vụ năm 2025");
    await expect.poll(() => preview.innerText()).toContain("Huế, ngày");
    await page.getByRole("textbox", { name: "Họ tên người ký" }).press("Enter");
    await page.waitForURL(/\/r\/[\w-]+$/);
    await page.goto(venue.url);
    const row = page.getByRole("listitem").filter({ hasText: "Đảng ủy Trường Minh Họa" });
    await expect.poll(() => row.innerText()).toContain("2024");
    await expect.poll(() => row.innerText()).toMatch(/0\/\d+ mục đã viết/);
  });

  it("deletes a report after asking, and brings it back", async () => {
    const page = await asChair();
    const rows = page.getByRole("main").getByRole("listitem");
    await rows.first().waitFor();
    const before = await rows.count();
    await page
      .getByRole("button", { name: /^Việc với báo cáo/ })
      .first()
      .click();
    await page.getByRole("menuitem", { name: "Xóa báo cáo" }).click();
    await page.getByRole("alertdialog").getByRole("button", { name: "Xóa báo cáo" }).click();
    await expect.poll(() => rows.count()).toBe(before - 1);
    await page.getByRole("button", { name: "Hoàn tác" }).click();
    await expect.poll(() => rows.count()).toBe(before);
  });

  it("hands out a report as a file, and takes the file back", async () => {
    const page = await asChair();
    await page
      .getByRole("button", { name: /^Việc với báo cáo/ })
      .first()
      .click();
    const [download] = await Promise.all([
      page.waitForEvent("download"),
      page.getByRole("menuitem", { name: "Tải tệp .tongket" }).click(),
    ]);
    expect(download.suggestedFilename()).toMatch(/\.tongket$/);
    await page.locator('input[type="file"]').setInputFiles(await download.path());
    await page
      .getByText(/^Đã nhập/)
      .first()
      .waitFor();
    await page.locator('input[type="file"]').setInputFiles({
      name: "anh.tongket",
      mimeType: "application/zip",
      buffer: Buffer.from("không phải tệp zip"),
    });
    await page.getByText("Tệp này không phải là tệp .tongket").first().waitFor({ state: "attached" });
  });

  it("reads a pasted list, leaves out who stands twice, and shows links that open", async () => {
    const page = await asChair();
    await openPeople(page);
    await page.getByRole("button", { name: "Mời người tham gia" }).first().click();
    await page.getByRole("tab", { name: "Dán danh sách" }).click();
    await page
      .getByRole("textbox", { name: "Danh sách" })
      .fill(
        "STT\tHọ và tên\tĐơn vị\n1\tĐại biểu dán A\tChi bộ 1\n2\tĐại biểu dán B\tChi bộ 2\n3\tĐại biểu dán B\tChi bộ 2",
      );
    await page.getByText("Trùng dòng trên").waitFor();
    await page.getByRole("button", { name: "Tạo 2 liên kết" }).click();
    await heading(page, "2 liên kết mới");
    await expect.poll(() => page.getByRole("img", { name: /^Mã QR của Đại biểu dán/ }).count()).toBe(2);
    await page.emulateMedia({ media: "print" });
    await expect.poll(() => page.locator("[data-print-sheet]").innerText()).toContain("Đại biểu dán A");
    await expect.poll(() => page.getByRole("button", { name: "In phiếu" }).isVisible()).toBe(false);
  });

  it("puts out a delegate whose link is revoked, at once", async () => {
    const chair = await asChair();
    await openPeople(chair);
    const link = await inviteDelegate(chair, "Đại biểu bị thu hồi");
    const phone = await venue.visit(PHONE, link);
    await phone.waitForURL(/\/r\//);
    await phone.getByRole("heading").first().waitFor();
    await chair.getByRole("button", { name: "Việc với Đại biểu bị thu hồi" }).click();
    await chair.getByRole("menuitem", { name: "Thu hồi liên kết" }).click();
    await chair.getByRole("alertdialog").getByRole("button", { name: "Thu hồi liên kết" }).click();
    await heading(phone, "Liên kết không còn hiệu lực");
    await phone.goto(venue.url + link);
    await heading(phone, "Liên kết không còn hiệu lực");
  });

  it("opens a delegate's page without a network after the first visit", async () => {
    const chair = await asChair();
    await openPeople(chair);
    const phone = await venue.visit(PHONE, await inviteDelegate(chair, "Đại biểu ngoại tuyến"));
    await phone.waitForURL(/\/r\//);
    const title = await phone.getByRole("heading").first().innerText();
    const kept = async (): Promise<boolean> => phone.evaluate(async () => (await caches.match("/")) !== undefined);
    await expect.poll(kept).toBe(true);
    await phone.context().setOffline(true);
    await phone.reload();
    await expect.poll(() => phone.getByRole("heading").first().innerText()).toBe(title);
    await phone.context().setOffline(false);
  });

  it("speaks the language one chose, and remembers it", async () => {
    const page = await asChair();
    await expect.poll(() => page.locator("html").getAttribute("lang")).toBe("vi");
    await page.getByRole("button", { name: /^Tài khoản/ }).click();
    await page.getByRole("menuitemradio", { name: "English" }).click();
    await heading(page, "Reports");
    await page.reload();
    await heading(page, "Reports");
    await expect.poll(() => page.locator("html").getAttribute("lang")).toBe("en");
  });

  it("takes the chair's name", async () => {
    const page = await asChair();
    await page.getByRole("button", { name: /^Tài khoản/ }).click();
    await page.getByRole("menuitem", { name: "Tên chủ trì" }).click();
    await page.getByRole("textbox", { name: "Họ và tên" }).fill("Chủ trì Minh Họa");
    await page.keyboard.press("Enter");
    await page.getByRole("button", { name: "Tài khoản: Chủ trì Minh Họa" }).waitFor();
  });

  describe.each([
    ["on a laptop", LAPTOP],
    ["on a phone in the dark", { ...PHONE, colorScheme: "dark" }],
  ] as const)("%s", (_name, options) => {
    it("has no serious fault that axe finds", async () => {
      const away = await venue.visit(options, "/");
      await heading(away, "Mở liên kết của bạn để vào");
      expect(await axeFaults(away)).toEqual([]);

      const page = await asChair(options);
      await page.getByRole("listitem").first().waitFor();
      expect(await axeFaults(page)).toEqual([]);
      await page.getByRole("button", { name: "Tạo báo cáo" }).click();
      await page.getByRole("radio").first().waitFor();
      await page.getByRole("main").getByRole("button", { name: "Tạo báo cáo" }).click();
      await page.getByText("Chưa điền mục này.").first().waitFor();
      expect(await axeFaults(page)).toEqual([]);
      await page.getByRole("link", { name: "Báo cáo", exact: true }).click();
      await openPeople(page);
      await page.getByRole("table").waitFor();
      expect(await axeFaults(page)).toEqual([]);
      await page.getByRole("button", { name: "Mời người tham gia" }).first().click();
      await page.getByRole("dialog").waitFor();
      expect(await axeFaults(page)).toEqual([]);
    });

    it("never makes the page wider than the screen", async () => {
      const page = await asChair(options);
      const paths = ["/", "/new"];
      for (const path of paths) {
        await page.goto(venue.url + path);
        await page.getByRole("heading").first().waitFor();
        const over = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
        expect(over, path).toBeLessThanOrEqual(0);
      }
    });
  });
});
