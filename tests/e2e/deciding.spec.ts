import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { describe, expect, it } from "vitest";
import { writeReportFile } from "#collab";
import { composeReportFile } from "#comments";
import type { BlockInput, CommentInput, PersonInput, ReportInput } from "#model";
import { axeFaults } from "../support/axe.ts";
import { shippedCatalogue } from "../support/catalogue.ts";
import { saved } from "../support/state-line.ts";
import { LAPTOP, openVenue, PHONE } from "../support/venue.ts";

/** An evening of answering: sixty comments by keyboard alone, and a thousand that must not make it slow. */

const FIXTURE = join(import.meta.dirname, "../../fixtures/van-phong-vien-han-lam-dang-uy.json");

/** What sixty delegates of a sample ask for; the first two say the same of the same words. */
const ASKED = [
  "Đề nghị bổ sung số liệu kết nạp đảng viên mới trong năm.",
  "Cần bổ sung số liệu kết nạp đảng viên mới.",
  "Đề nghị nêu rõ nguyên nhân của hạn chế này.",
  "Câu này dài, nên tách thành hai câu.",
  "Đề nghị gắn giải pháp với từng hạn chế đã nêu.",
  "Nên so sánh với kết quả năm trước.",
];

const venue = openVenue("deciding");

function firstWords(block: BlockInput | undefined): string | null {
  const text = typeof block === "string" ? block : block && "text" in block ? block.text : null;
  return typeof text === "string" ? text.split(" ").slice(0, 4).join(" ") : null;
}

/** The fixture's report with so many comments by sample delegates, on words and on whole slots. */
async function fileWith(count: number, id: string): Promise<Uint8Array> {
  const { templates } = await shippedCatalogue();
  const fixture: ReportInput = JSON.parse(readFileSync(FIXTURE, "utf8"));
  const people = Array.from({ length: Math.min(count, 60) }, (_, n): PersonInput => ({
    id: `mau-${n}`,
    name: `Đại biểu Mẫu ${n + 1}`,
    unit: `Chi bộ ${(n % 7) + 1}`,
    role: "delegate",
  }));
  const slots = Object.entries(fixture.slots).filter(([, blocks]) => blocks.length > 0);
  const comments = Array.from({ length: count }, (_, n): CommentInput => {
    const [slot = "", blocks = []] = slots[Math.floor((n * slots.length) / count)] ?? [];
    const quote = n % 3 === 0 ? null : firstWords(blocks[0]);
    return {
      author: `mau-${n % people.length}`,
      round: 1,
      slot,
      ...(quote === null ? {} : { quote }),
      kind: "add",
      text: `${ASKED[n % ASKED.length]} (${n + 1})`,
      createdAt: new Date(Date.UTC(2022, 0, 5, 2, 0, n)).toISOString(),
    };
  });
  const template = templates.get(fixture.template);
  if (!template) throw new Error(`no template ${fixture.template}`);
  let number = 0;
  const composer = { newId: () => `${id}${++number}`, now: "2022-01-05T02:00:00.000Z" };
  const chair: PersonInput = { id: "chu-tri", name: "Chủ trì Mẫu", unit: "", role: "chair" };
  const rounds = [{ number: 1, openedAt: "2022-01-04T02:00:00.000Z" }];
  const input: ReportInput = { ...fixture, people: [chair, ...people], rounds, comments };
  return writeReportFile(composeReportFile(input, template, id, composer));
}

async function openReport(page: Page, count: number, id: string): Promise<void> {
  expect(await venue.bring(await fileWith(count, id))).toBe(id);
  await page.goto(`${venue.url}/r/${id}`);
  await page.locator("[data-thread-card]").first().waitFor();
  await saved(page);
}

/** The comment that leads the row whose card has the focus. */
const focused = async (page: Page): Promise<string | null> =>
  page.evaluate(() => document.activeElement?.getAttribute("data-thread-card") ?? null);

describe("sixty comments", () => {
  let chair: Page;

  it("are answered by keyboard alone, merged, taken back and answered in bulk", async () => {
    chair = await venue.visit(LAPTOP, venue.served.chairLink, "chair");
    await openReport(chair, 60, "deciding");
    const left = chair.getByText(/^Còn \d+ ý kiến chưa trả lời$/u);
    await chair.getByText("Còn 60 ý kiến chưa trả lời").waitFor();
    expect(await axeFaults(chair)).toEqual([]);

    // From anywhere to the first that waits.
    await chair.keyboard.press("Control+Alt+j");
    await expect.poll(() => focused(chair)).not.toBeNull();
    const first = await focused(chair);
    await venue.shot(chair, "deciding-1-open");

    // The second says the same: merged with the first, both are in one row.
    await chair.keyboard.press("j");
    await chair.keyboard.press("m");
    await expect.poll(() => focused(chair)).toBe(first);
    await chair.getByRole("region", { name: "Trả lời chung với" }).waitFor();
    expect(await axeFaults(chair)).toEqual([]);
    await venue.shot(chair, "deciding-2-merged");
    await chair.keyboard.press("Shift+m");
    await chair.getByRole("region", { name: "Trả lời chung với" }).waitFor({ state: "detached" });
    await chair.keyboard.press("u");
    await chair.getByRole("region", { name: "Trả lời chung với" }).waitFor();

    // A plain accept: one key for the outcome, one to give it; the next one that waits comes by itself.
    await chair.keyboard.press("1");
    await chair.keyboard.press("Control+Enter");
    await chair.getByText("Còn 58 ý kiến chưa trả lời").waitFor();
    await expect.poll(() => focused(chair)).not.toBe(first);

    // Anything else needs a response, and says so before it is sent.
    await chair.keyboard.press("3");
    await chair.getByText("Bắt buộc: chỉ tiếp thu hoàn toàn mới không cần giải trình.").waitFor();
    await chair.keyboard.press("Control+Enter");
    await chair.getByText("Cần nêu lý do: chỉ tiếp thu hoàn toàn mới không bắt buộc giải trình.").waitFor();
    expect(await axeFaults(chair)).toEqual([]);
    await chair.keyboard.press("Alt+p");
    await chair.keyboard.press("1");
    await venue.shot(chair, "deciding-3-phrase");
    await chair.keyboard.press("Control+Enter");
    await chair.getByText("Còn 57 ý kiến chưa trả lời").waitFor();

    // Taken back, it is open again, and has the focus.
    const next = await focused(chair);
    await chair.keyboard.press("u");
    await chair.getByText("Còn 58 ý kiến chưa trả lời").waitFor();
    await expect.poll(() => focused(chair)).not.toBe(next);
    await chair.keyboard.press("n");

    // A whole slot at once.
    await chair.keyboard.press("Shift+x");
    const bulk = chair.getByRole("region", { name: "Xử lý các ý kiến đã chọn" });
    const chosen = Number(/\d+/u.exec((await bulk.getByRole("status").textContent()) ?? "")?.[0]);
    expect(chosen).toBeGreaterThan(1);
    await chair.keyboard.press("2");
    await expect.poll(() => chair.evaluate(() => document.activeElement?.tagName)).toBe("TEXTAREA");
    await chair.keyboard.type("Tiếp thu một phần.");
    expect(await axeFaults(chair)).toEqual([]);
    await venue.shot(chair, "deciding-4-bulk");
    await chair.keyboard.press("Control+Enter");
    await bulk.waitFor({ state: "detached" });
    await expect.poll(() => focused(chair)).not.toBeNull();

    // The rest one by one.
    for (let n = 0; n < 60 && (await left.count()) > 0; n++) {
      const before = await left.textContent();
      if (n === 0) await chair.keyboard.press("n");
      await chair.keyboard.press(String((n % 4) + 1));
      await chair.keyboard.press("Alt+p");
      await chair.keyboard.press(String((n % 3) + 1));
      await chair.keyboard.press("Control+Enter");
      await expect.poll(async () => (await left.count()) === 0 || (await left.textContent()) !== before).toBe(true);
    }
    await chair.getByText("Mọi ý kiến đã có trả lời").waitFor();
    await saved(chair);
    expect(await axeFaults(chair)).toEqual([]);
    await venue.shot(chair, "deciding-5-done");
  });

  it("are all answered for whoever opens the report, and validated, as the chair answered them", async () => {
    const page = await chair.context().newPage();
    await page.goto(`${venue.url}/r/deciding`);
    await page.getByText("Mọi ý kiến đã có trả lời").waitFor();
    await page.getByRole("tab", { name: /Tiếp thu/u }).click();
    await page.getByText(/Ý kiến: 60\. Đã duyệt trả lời: 60\. Chờ chủ trì duyệt: 0\. Chưa xử lý: 0\./u).waitFor();
    expect(await axeFaults(page)).toEqual([]);
    // The file says what the screen says.
    const file = await page.request.get(`${venue.url}/api/reports/deciding/export?as=responses&format=json`);
    const { counts } = await file.json();
    expect(counts).toMatchObject({ comments: 60, answered: 60, proposed: 0, open: 0 });
    const chip = page.getByRole("group", { name: "Lọc theo hướng xử lý" }).getByRole("button", { pressed: true });
    await expect.poll(() => chip.innerText()).toContain(String(counts.comments));
    for (const [name, count] of Object.entries({
      "Tiếp thu": counts.byOutcome.accept,
      "Giữ nguyên dự thảo": counts.byOutcome.keep,
      "Xem xét sau": counts.byOutcome.later,
    })) {
      await page.getByRole("button", { name: `${name} ${count}`, exact: true }).waitFor();
    }
    await page.getByRole("button", { name: "Lọc", exact: true }).click();
    await page.getByLabel("Đơn vị").selectOption("Chi bộ 1");
    expect(await axeFaults(page)).toEqual([]);
    await venue.shot(page, "deciding-7-table");
    await page.close();
  });

  it("that were taken up without a change of the text are listed, and told of before the table goes out", async () => {
    const listed = chair.getByRole("button", { name: /tiếp thu nhưng văn bản chưa sửa/u });
    await listed.waitFor();
    const before = Number(/\d+/u.exec(await listed.innerText())?.[0]);
    expect(before).toBeGreaterThan(10);
    await listed.click();
    const card = chair.locator("[data-thread-card]").nth(1);
    await card.click();
    await chair.getByText("Văn bản chưa sửa ở chỗ này kể từ Dự thảo lần 1.").waitFor();
    expect(await axeFaults(chair)).toEqual([]);
    await chair.getByRole("button", { name: "Xuất tệp" }).click();
    await chair.getByRole("menuitem", { name: "Bảng tổng hợp, tiếp thu, giải trình (Word)" }).click();
    const dialog = chair.getByRole("dialog", { name: `${before} ý kiến đã tiếp thu nhưng văn bản chưa sửa` });
    await dialog.waitFor();
    expect(await axeFaults(chair)).toEqual([]);
    await venue.shot(chair, "deciding-8-unchanged");
    await chair.keyboard.press("Escape");

    // Once the text is changed there, the answer shows what changed, and the comment is no longer listed.
    await chair.locator('[data-slot="opening"] .tk-slot-text > *').first().click();
    await chair.keyboard.press("End");
    await chair.keyboard.type(" Số liệu kết nạp đã bổ sung.");
    await expect.poll(async () => Number(/\d+/u.exec(await listed.innerText())?.[0])).toBeLessThan(before);
    await chair.keyboard.press("Control+Alt+j");
    await chair.getByRole("button", { name: "Lọc · 1" }).click();
    await chair.getByRole("button", { name: "Bỏ lọc" }).click();
    await chair.locator("[data-thread-card]").first().click();
    await chair.getByText(/Đã sửa \d+ chỗ trong văn bản từ Dự thảo lần 1/u).click();
    await expect
      .poll(() => chair.locator("[data-thread-card] details").first().innerText())
      .toContain("Số liệu kết nạp đã bổ sung.");
    // Who wrote it, and that it was just now.
    const edits = chair.getByRole("list", { name: "Ai đã sửa, khi nào" }).first();
    await expect.poll(() => edits.innerText()).toMatch(/\d\d:\d\d.* · thêm \d+, bỏ 0 ký tự/u);
    expect(await axeFaults(chair)).toEqual([]);
    await venue.shot(chair, "deciding-9-changed");
  });

  it("that seem to say the same are offered, group by group", async () => {
    await chair.getByRole("button", { name: "Gộp ý kiến", exact: true }).click();
    const dialog = chair.getByRole("dialog", { name: "Gộp các ý kiến giống nhau" });
    await dialog.waitFor();
    const merge = dialog.getByRole("button", { name: /^Gộp \d+ ý kiến$/u });
    const groups = await merge.count();
    expect(groups).toBeGreaterThan(0);
    expect(await axeFaults(chair)).toEqual([]);
    await venue.shot(chair, "deciding-6-similar");
    await merge.first().click();
    await expect.poll(() => merge.count()).toBe(groups - 1);
    await chair.keyboard.press("Escape");
  });

  it("fit a phone", async () => {
    const phone = await venue.visit(PHONE, venue.served.chairLink, "phone");
    await phone.goto(`${venue.url}/r/deciding`);
    await phone.locator(".tk-slot-text").first().waitFor();
    await phone
      .getByRole("button", { name: /Ý kiến/u })
      .first()
      .tap();
    const sheet = phone.getByRole("dialog");
    await sheet.locator("[data-thread-card]").first().waitFor();
    await venue.shot(phone, "deciding-phone-1");
    expect(await axeFaults(phone)).toEqual([]);
    await sheet.getByRole("checkbox").nth(1).tap();
    await sheet.getByRole("button", { name: "Trả lời chung" }).tap();
    const bar = sheet.getByRole("region", { name: "Xử lý các ý kiến đã chọn" });
    await bar.getByRole("textbox").waitFor();
    // All of it is in sight, wherever in the list one is.
    const box = await bar.boundingBox();
    expect((box?.y ?? 0) + (box?.height ?? 1000)).toBeLessThanOrEqual(844);
    await venue.shot(phone, "deciding-phone-2");
    expect(await axeFaults(phone)).toEqual([]);
    const wide = await phone.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    expect(wide).toBeLessThanOrEqual(0);
  });
});

describe("a thousand comments", () => {
  it("do not make answering slow", async () => {
    const page = await venue.visit(LAPTOP, venue.served.chairLink, "thousand");
    await openReport(page, 1000, "thousand");
    await page.getByText("Còn 1000 ý kiến chưa trả lời").waitFor();
    await page.keyboard.press("Control+Alt+j");
    await expect.poll(() => focused(page)).not.toBeNull();
    const times: Record<"step" | "outcome" | "give", number[]> = { step: [], outcome: [], give: [] };
    const painted = async (name: keyof typeof times, key: string): Promise<void> => {
      await page.evaluate(() => {
        const took = new Promise<number>((resolve) => {
          const pressed = (): void => {
            const begun = performance.now();
            requestAnimationFrame(() => setTimeout(() => resolve(performance.now() - begun)));
          };
          window.addEventListener("keydown", pressed, { once: true, capture: true });
        });
        Object.assign(window, { took });
      });
      await page.keyboard.press(key);
      times[name].push(await page.evaluate(() => (window as unknown as { took: Promise<number> }).took));
    };
    for (let n = 0; n < 12; n++) {
      await painted("step", "j");
      await painted("outcome", "1");
      const before = await focused(page);
      await painted("give", "Control+Enter");
      await expect.poll(() => focused(page)).not.toBe(before);
    }
    const middle = (list: number[]): number => list.toSorted((a, b) => a - b)[list.length >> 1] ?? Infinity;
    const told = Object.entries(times).map(([name, list]) => `${name} ${Math.round(middle(list))} ms`);
    console.info(`a thousand comments, key to frame, median: ${told.join(", ")}`);
    for (const list of Object.values(times)) expect(middle(list)).toBeLessThan(500);
  });
});
