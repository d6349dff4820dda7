import { mkdirSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { AxeBuilder } from "@axe-core/playwright";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { reportHtml } from "#docx";
import type { Block, Report } from "#model";
import { slotsOf, tableOfInput } from "#model";
import { shippedCatalogue } from "../support/catalogue.ts";
import { launchChromium } from "../support/chromium.ts";
import { readPdf } from "../support/pdf-reader.ts";
import { block, sampleReport } from "../support/sample-report.ts";

/** The final text as a page, opened as people open it: from the disk, in a browser, on a laptop, a phone and paper. */

const OUTPUT = join(import.meta.dirname, "output");
const SIZES = { laptop: { width: 1440, height: 900 }, phone: { width: 390, height: 844 } } as const;

let browser: Browser;
const catalogue = await shippedCatalogue();
let folder: string;
const asked: string[] = [];

/** A report with every kind of block, among them a table wider than a phone and words that look like markup. */
function whole(id: string): Report {
  const template = catalogue.templates.get(id);
  const ruleSet = template && catalogue.ruleSets.get(template.ruleSet);
  if (!template || !ruleSet) throw new Error(`${id} is shipped`);
  const wide = tableOfInput(
    {
      kind: "table",
      text: "",
      headerRows: 2,
      totals: [5],
      rows: [
        [
          { text: "Chi bộ", rowspan: 2 },
          { text: "Đảng viên", colspan: 3 },
          { text: "Xếp loại", colspan: 3 },
        ],
        ["Chính thức", "Dự bị", "Nữ", "Xuất sắc", "Tốt", "Hoàn thành"],
        ["Chi bộ Viện Nghiên cứu chính sách", "21", "2", "9", "4", "15", "4"],
        ["Chi bộ Văn phòng – Tổ chức", "22", "0", "11", "5", "14", "3"],
        ["Cộng", "43", "2", "20", "9", "29", "7"],
      ],
    },
    "t",
  );
  const sample = sampleReport(template, ruleSet);
  const [, second] = slotsOf(template);
  const extra: Block[] = [
    { ...block("w", "Số lượng & chất lượng <b>đảng viên</b>", "table"), table: wide },
    block("x", "<script>document.title='x'</script><img src=x onerror=\"document.title='y'\">"),
    block("y", "Chữ_rất_dài_không_có_chỗ_ngắt_".repeat(6)),
  ];
  const slots = second
    ? { ...sample.slots, [second.id]: [...(sample.slots[second.id] ?? []), ...extra] }
    : sample.slots;
  return { ...sample, slots };
}

async function open(id: string, size: keyof typeof SIZES): Promise<Page> {
  const file = join(folder, `${id}.html`);
  await writeFile(file, reportHtml(whole(id)));
  const page = await (await browser.newContext({ viewport: SIZES[size] })).newPage();
  page.on("request", (request) => asked.push(request.url()));
  await page.goto(pathToFileURL(file).href);
  return page;
}

beforeAll(async () => {
  mkdirSync(OUTPUT, { recursive: true });
  folder = await mkdtemp(join(tmpdir(), "tongket-html-"));
  browser = await launchChromium();
});

afterAll(async () => {
  await browser?.close();
  await rm(folder, { recursive: true, force: true });
});

describe("the final text as a page", () => {
  it.each([...catalogue.templates.keys()])(
    "of %s is well built: axe has nothing to say, headings go down one by one, tables have their heads",
    async (id) => {
      for (const size of id === "party-committee" ? (["laptop", "phone"] as const) : (["phone"] as const)) {
        const page = await open(id, size);
        const { violations } = await new AxeBuilder({ page }).analyze();
        expect(violations.map(({ id: rule, nodes }) => `${rule}: ${nodes[0]?.html}`)).toEqual([]);
        expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(SIZES[size].width);
        const found = await page.evaluate(() => ({
          lang: document.documentElement.lang,
          title: document.title,
          landmarks: [...document.body.children].map(({ tagName }) => tagName),
          levels: [...document.querySelectorAll("h1,h2,h3,h4,h5,h6")].map((each) =>
            Number(each.getAttribute("aria-level") ?? each.tagName.slice(1)),
          ),
          scopes: [...document.querySelectorAll("th")].map((each) => each.scope),
          scripts: document.scripts.length + document.images.length,
        }));
        expect(found).toMatchObject({ lang: "vi", landmarks: ["HEADER", "MAIN"], scripts: 0 });
        expect(found.title).toMatch(/tổng kết/u);
        expect(found.levels.filter((level) => level === 1)).toHaveLength(1);
        expect(found.levels[0]).toBe(1);
        const jumps = found.levels.filter((level, at) => at > 0 && level > (found.levels[at - 1] ?? 0) + 1);
        expect(jumps).toEqual([]);
        expect(new Set(found.scopes)).toEqual(new Set(["col", "colgroup"]));
        await page.screenshot({ path: join(OUTPUT, `html-${id}-${size}.png`) });
        if (id === "party-committee")
          await page.screenshot({ path: join(OUTPUT, `html-${size}-whole.png`), fullPage: true });
        await page.context().close();
      }
      expect(asked.filter((url) => !url.startsWith("file:"))).toEqual([]);
    },
  );

  it("lets a wide table be moved in its frame, also by keyboard", async () => {
    const page = await open("party-committee", "phone");
    const frame = page.getByRole("group", { name: /Số lượng & chất lượng <b>đảng viên<\/b>/u });
    await frame.focus();
    await page.keyboard.press("ArrowRight");
    await expect.poll(() => frame.evaluate((element) => element.scrollLeft)).toBeGreaterThan(0);
    await page.context().close();
  });

  it("is printed on the rule set's page: its margins, its type, the number of the page from the second on", async () => {
    const page = await open("party-committee", "laptop");
    const bytes = await page.pdf({ preferCSSPageSize: true });
    await writeFile(join(OUTPUT, "html-print.pdf"), bytes);
    await page.context().close();
    const pages = await readPdf(new Uint8Array(bytes), 0);
    const { margin, width, height } = whole("party-committee").ruleSet.page;
    const points = (millimetres: number): number => (millimetres / 25.4) * 72;
    expect(pages.length).toBeGreaterThan(2);
    for (const [index, { width: wide, height: high, lines }] of pages.entries()) {
      expect(Math.abs(wide - points(width)) + Math.abs(high - points(height))).toBeLessThan(2);
      const [first, ...rest] = lines;
      if (index === 0) expect(lines.map(({ text }) => text)).not.toContain("1");
      else {
        expect(first?.text).toBe(String(index + 1));
        expect(
          Math.abs(((first?.left ?? 0) + (first?.right ?? 0)) / 2 - points(width + margin.left - margin.right) / 2),
        ).toBeLessThan(2);
      }
      for (const line of index > 0 ? rest : lines) {
        expect(line.left).toBeGreaterThan(points(margin.left) - 1);
        expect(line.right).toBeLessThan(points(width - margin.right) + 1);
        expect(line.top).toBeGreaterThan(points(margin.top) - 4);
        expect(line.bottom).toBeLessThan(points(height - margin.bottom) + 4);
      }
    }
    const pageOf = (words: string): number =>
      pages.findIndex(({ lines }) => lines.some(({ text }) => text.includes(words)));
    expect(pageOf("Người Ký Mẫu")).toBe(pageOf("T/M ĐẢNG ỦY"));
    expect(pageOf("Nơi nhận")).toBe(pageOf("T/M ĐẢNG ỦY"));
    // The signature takes some of the text with it.
    expect(pages[pageOf("Nơi nhận")]?.lines[1]?.text).not.toMatch(/Nơi nhận|T\/M/u);
    expect(pageOf("BIỂU SỐ LIỆU")).toBe(pageOf("T/M ĐẢNG ỦY") + 1);
  });
});
