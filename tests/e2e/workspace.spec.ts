import type { BrowserContextOptions, Page } from "playwright-core";
import { describe, expect, it } from "vitest";
import { axeFaults } from "../support/axe.ts";
import { saved } from "../support/state-line.ts";
import { LAPTOP, openVenue } from "../support/venue.ts";

/** The workspace as one finds it by habit: printed, read aloud, and with the caret where it was left. */

const venue = openVenue("workspace", { stay: false });

/** The chair's window on the sample report, once all of it is here. */
async function visit(options: BrowserContextOptions = {}): Promise<Page> {
  const page = await venue.visitOnNetwork({ ...LAPTOP, ...options }, venue.served.chairLink, "chair");
  await page.goto(`${venue.url}/r/${await venue.sample()}`);
  await page.locator(".tk-slot-text").first().waitFor();
  await saved(page);
  return page;
}

describe("a printed report", () => {
  it("is the paper alone, dark on white also where the screen is dark, with the margins and numbers of its rules", async () => {
    const page = await visit({ colorScheme: "dark" });
    await page.keyboard.press("Control+/");
    await page.getByRole("dialog").waitFor();
    await page.emulateMedia({ media: "print", colorScheme: "dark" });
    for (const hidden of ["header", "footer", "nav", "aside", "[role=toolbar]", "[role=dialog]", ".tk-guidance"]) {
      for (const one of await page.locator(hidden).all()) expect(await one.isVisible(), hidden).toBe(false);
    }
    await expect.poll(() => page.getByText("Nơi nhận:").isVisible()).toBe(true);
    const look = await page
      .locator(".tk-editor p")
      .first()
      .evaluate((block) => {
        const { color, fontSize, lineHeight, textIndent } = getComputedStyle(block);
        return {
          color,
          fontSize,
          lineHeight,
          textIndent,
          ground: getComputedStyle(document.documentElement).backgroundColor,
        };
      });
    const mm = 96 / 25.4;
    expect(look).toMatchObject({ color: "rgb(0, 0, 0)", ground: "rgb(255, 255, 255)" });
    expect(parseFloat(look.fontSize)).toBeCloseTo((14 * 96) / 72, 1);
    expect(parseFloat(look.lineHeight)).toBeCloseTo((18 * 96) / 72, 1);
    expect(parseFloat(look.textIndent)).toBeCloseTo(10 * mm, 1);
    const rules = await page.evaluate(() =>
      [...document.querySelectorAll("main style")].map((style) => style.textContent).join(""),
    );
    expect(rules).toContain("size: 210mm 297mm; margin: 20mm 15mm 20mm 30mm");
    expect(rules).toContain("counter(page)");
    const pdf = (await page.pdf({ preferCSSPageSize: true })).toString("latin1");
    const pages = pdf.match(/\/Type\s*\/Page\b(?!s)/gu) ?? [];
    expect(pages.length).toBeGreaterThan(2);
    expect(pages.length).toBeLessThan(12);
    expect(pdf).toMatch(/\/MediaBox\s*\[\s*0 0 59[45]\S* 84[12]\S*\s*\]/u);
  });

  it("has its signature before the appendices, each of which begins a page", async () => {
    const page = await visit();
    const slot = page.locator(".tk-slot[data-appendix]").first();
    await slot.locator(".tk-slot-text > *").last().click();
    await page.keyboard.type("Số liệu của năm");
    await page.emulateMedia({ media: "print" });
    const top = async (text: string): Promise<number> => (await page.getByText(text).first().boundingBox())?.y ?? -1;
    expect(await top("Nơi nhận:")).toBeGreaterThan(await top("Phần thứ hai"));
    expect(await top("Số liệu của năm")).toBeGreaterThan(await top("Nơi nhận:"));
    await expect.poll(() => slot.evaluate((element) => getComputedStyle(element).breakBefore)).toBe("page");
    await page.emulateMedia({ media: "screen" });
    await page.keyboard.press("Control+z");
  });
});

/** What a screen reader is told, line by line: role, level and name, indented by depth; plain containers left out. */
async function spoken(page: Page): Promise<string[]> {
  const devtools = await page.context().newCDPSession(page);
  const { nodes } = await devtools.send("Accessibility.getFullAXTree");
  const byId = new Map(nodes.map((node) => [node.nodeId, node]));
  const lines: string[] = [];
  const told = [
    "main",
    "banner",
    "navigation",
    "complementary",
    "contentinfo",
    "region",
    "textbox",
    "heading",
    "toolbar",
  ];
  const walk = (id: string, depth: number): void => {
    const node = byId.get(id);
    if (!node) return;
    const role = String(node.role?.value ?? "");
    const shown = !node.ignored && told.includes(role);
    const level = node.properties?.find(({ name }) => name === "level")?.value.value;
    const name = String(node.name?.value ?? "").trim();
    if (shown) lines.push(`${"  ".repeat(depth)}${role}${level === undefined ? "" : ` ${level}`}: ${name}`.trimEnd());
    for (const child of node.childIds ?? []) walk(child, shown ? depth + 1 : depth);
  };
  const root = nodes[0];
  if (root) walk(root.nodeId, 0);
  return lines;
}

describe("the report read aloud", () => {
  it("has a landmark for each slot, named by its title, inside one text box", async () => {
    const page = await visit();
    const lines = await spoken(page);
    const at = lines.indexOf("  textbox: Nội dung báo cáo");
    expect(lines.slice(0, at).filter((line) => !line.includes("heading"))).toEqual([
      "banner:",
      "navigation: Dàn ý",
      "main:",
      "  toolbar: Định dạng",
    ]);
    const end = lines.findIndex((line, i) => i > at && !line.startsWith("    "));
    const text = lines.slice(at + 1, end).map((line) => line.slice(4));
    expect(text.slice(0, 8)).toEqual([
      "region: Mở đầu",
      "  heading 2: Mở đầu",
      "region: 1. Tổ chức đảng và đảng viên",
      "  heading 2: Phần thứ nhất KẾT QUẢ THỰC HIỆN NHIỆM VỤ NĂM 2021",
      "  heading 3: I- ĐẶC ĐIỂM TÌNH HÌNH",
      "  heading 4: 1. Tổ chức đảng và đảng viên",
      "region: 2. Thuận lợi",
      "  heading 4: 2. Thuận lợi",
    ]);
    // Titles that stand in two parts are told apart by their part.
    expect(text).toContain("region: 2.4. Công tác dân vận Phần thứ hai PHƯƠNG HƯỚNG, NHIỆM VỤ NĂM 2022");
    const regions = text.filter((line) => line.startsWith("region"));
    expect(regions).toHaveLength(await page.locator(".tk-slot").count());
    expect(new Set(regions).size).toBe(regions.length);
    // No heading leaves out a level on the way down.
    const levels = text.flatMap((line) => Number(/heading (?<level>\d)/u.exec(line)?.groups?.["level"] ?? 0) || []);
    for (const [i, level] of levels.entries()) expect(level - (levels[i - 1] ?? 1)).toBeLessThanOrEqual(1);
    expect(lines.slice(end).filter((line) => /^\S/u.test(line))).toEqual([
      "complementary: Ý kiến và phiên bản",
      "contentinfo:",
      "region: Thông báo",
    ]);
  });

  it("says what belongs into an empty slot, and is checked for spelling as Vietnamese", async () => {
    const page = await visit();
    const empty = page.locator(".tk-slot.tk-empty").first();
    const devtools = await page.context().newCDPSession(page);
    const { nodes } = await devtools.send("Accessibility.getFullAXTree");
    const title = (await empty.locator(".tk-slot-title").textContent()) ?? "";
    const guidance = await empty.locator(".tk-guidance").getAttribute("data-text");
    const region = nodes.find(({ role, name }) => role?.value === "region" && name?.value === title);
    expect(region?.description?.value).toBe(guidance);
    const editor = page.getByRole("textbox", { name: "Nội dung báo cáo" });
    await expect.poll(() => editor.getAttribute("lang")).toBe("vi");
    await expect.poll(() => editor.getAttribute("spellcheck")).toBe("true");
    await page.locator(".tk-slot-text > *").first().click();
    await page.keyboard.press("Control+Alt+m");
    const comment = page.getByRole("textbox", { name: "Nội dung góp ý" });
    await expect.poll(() => comment.getAttribute("lang")).toBe("vi");
    await expect.poll(() => comment.getAttribute("spellcheck")).toBe("true");
  });

  it("breaks no rule of axe", async () => {
    const page = await visit();
    expect(await axeFaults(page)).toEqual([]);
  });
});

describe("keys of the page", () => {
  it("Ctrl+S says that all is saved by itself, and the help lists every key, also by ? outside the text", async () => {
    const page = await visit();
    await page.locator(".tk-slot-text > *").first().click();
    await page.keyboard.press("Control+s");
    await page.getByText("Mọi chữ tự được lưu, không cần bấm lưu.").waitFor();
    await page.keyboard.type("?");
    await expect.poll(() => page.getByRole("dialog", { name: "Phím tắt" }).count()).toBe(0);
    await page.keyboard.press("Control+z");
    await page.getByRole("button", { name: "Thao tác khác" }).focus();
    await page.keyboard.press("?");
    const help = page.getByRole("dialog", { name: "Phím tắt" });
    await help.waitFor();
    await expect.poll(() => help.getByRole("term").count()).toBeGreaterThan(35);
    await expect.poll(() => help.innerText()).toContain("Alt+Shift+↑");
    // The hint of the button that had the focus stands outside the landmarks of the page, as hints do.
    expect(await axeFaults(page, ["region"])).toEqual([]);
    await page.keyboard.press("Escape");
  });

  it("F3 and Ctrl+G find the next place, also after the search was closed", async () => {
    const page = await visit();
    await page.locator(".tk-slot-text > *").first().click();
    await page.keyboard.press("Control+f");
    await page.getByRole("textbox", { name: "Tìm trong báo cáo" }).fill("Đảng ủy");
    const count = page.locator("main search output");
    await expect.poll(() => count.textContent()).toMatch(/^1\/\d+$/u);
    await page.keyboard.press("F3");
    await expect.poll(() => count.textContent()).toMatch(/^2\//u);
    await page.keyboard.press("Shift+F3");
    await expect.poll(() => count.textContent()).toMatch(/^1\//u);
    await page.keyboard.press("Escape");
    await page.keyboard.press("Control+g");
    await expect.poll(() => page.getByRole("textbox", { name: "Tìm trong báo cáo" }).inputValue()).toBe("Đảng ủy");
  });
});

describe("the caret and the focus stay where they are", () => {
  /** One's own page and that of somebody else, both on a slot of two new blocks; one's caret is in the second. */
  async function together(words = "một hai"): Promise<{ mine: Page; theirs: Page; slot: string }> {
    const mine = await visit();
    const theirs = await visit();
    const id = (await mine.locator(".tk-slot:not(.tk-empty)").nth(2).getAttribute("data-slot")) ?? "";
    await mine.locator(`[data-slot="${id}"] .tk-slot-text > *`).last().click();
    await mine.keyboard.press("End");
    await mine.keyboard.press("Enter");
    await mine.keyboard.type(words);
    for (let i = 0; i < 3; i++) await mine.keyboard.press("ArrowLeft");
    await block(theirs, id).getByText(words).waitFor();
    return { mine, theirs, slot: id };
  }

  const block = (page: Page, slot: string) => page.locator(`[data-slot="${slot}"] .tk-slot-text > *`).last();

  /** The focus is in the text, and what is typed lands after the words given. */
  async function typesAfter(page: Page, slot: string, before: string, letter: string): Promise<void> {
    expect(await page.evaluate(() => document.activeElement?.classList.contains("ProseMirror"))).toBe(true);
    await page.keyboard.type(letter);
    await expect
      .poll(() => page.locator(`[data-slot="${slot}"] .tk-slot-text`).textContent())
      .toContain(before + letter);
  }

  it("when another writes before it in the same block", async () => {
    const { mine, theirs, slot } = await together();
    await block(theirs, slot).click({ position: { x: 60, y: 8 } });
    await theirs.keyboard.press("Home");
    await theirs.keyboard.type("trước ");
    await block(mine, slot).getByText("trước một hai").waitFor();
    await typesAfter(mine, slot, "trước một ", "x");
  });

  it("when another deletes the block it is in", async () => {
    // Words of its own: those of another test may still stand in the slot.
    const words = "mười hai";
    const { mine, theirs, slot } = await together(words);
    await block(theirs, slot).click();
    await theirs.keyboard.press("Home");
    await theirs.keyboard.press("Shift+End");
    await theirs.keyboard.press("Delete");
    await theirs.keyboard.press("Backspace");
    await expect.poll(() => mine.locator(`[data-slot="${slot}"]`).getByText(words).count()).toBe(0);
    const last = (await block(mine, slot).innerText()).trimEnd();
    await typesAfter(mine, slot, last, "y");
  });

  it("when another changes the year in the titles", async () => {
    const { mine, theirs, slot } = await together();
    await theirs.getByRole("button", { name: "Sửa thông tin đầu và cuối văn bản" }).first().click();
    const dialog = theirs.getByRole("dialog");
    await dialog.getByLabel(/^Năm/u).first().fill("2031");
    await dialog.getByRole("button", { name: "Lưu thông tin" }).click();
    await mine
      .getByRole("heading", { name: /NĂM 2032/u })
      .first()
      .waitFor();
    await typesAfter(mine, slot, "một ", "z");
  });

  it("when the network goes and comes back", async () => {
    const { mine, theirs, slot } = await together();
    await venue.network(mine).cut();
    await mine.locator('[data-state="offline"]').waitFor();
    await typesAfter(mine, slot, "một ", "o");
    await venue.network(mine).mend();
    await saved(mine);
    await block(theirs, slot).getByText("một ohai").waitFor();
    await typesAfter(mine, slot, "một o", "k");
  });

  it("when a round is opened and closed, and a comment arrives", async () => {
    const { mine, theirs, slot } = await together();
    const close = theirs.getByRole("button", { name: "Đóng lấy ý kiến" }).first();
    if (await close.isVisible()) {
      await close.click();
      await theirs.getByRole("alertdialog").getByRole("button", { name: "Đóng lấy ý kiến" }).click();
    }
    await theirs.getByRole("button", { name: "Mở lấy ý kiến" }).first().click();
    await theirs.getByRole("dialog").getByRole("button", { name: "Mở lấy ý kiến" }).click();
    await mine
      .getByText(/Dự thảo lần \d+ · đang lấy ý kiến/u)
      .first()
      .waitFor();
    await typesAfter(mine, slot, "một ", "r");
    await block(theirs, slot).click();
    await theirs.keyboard.press("Control+Alt+m");
    await theirs.getByRole("textbox", { name: "Nội dung góp ý" }).fill("Ý kiến vừa đến");
    await theirs.getByRole("button", { name: "Gửi góp ý" }).click();
    await mine.getByText("Ý kiến vừa đến").first().waitFor();
    await typesAfter(mine, slot, "một r", "c");
  });

  it("when the search or the help opens and closes over it", async () => {
    const { mine, slot } = await together();
    await mine.keyboard.press("Control+f");
    await mine.getByRole("textbox", { name: "Tìm trong báo cáo" }).waitFor();
    await mine.keyboard.press("Escape");
    await typesAfter(mine, slot, "một ", "f");
    await mine.keyboard.press("Control+/");
    await mine.getByRole("dialog", { name: "Phím tắt" }).waitFor();
    await mine.keyboard.press("Escape");
    await mine.getByRole("dialog", { name: "Phím tắt" }).waitFor({ state: "detached" });
    await typesAfter(mine, slot, "một f", "h");
  });
});
