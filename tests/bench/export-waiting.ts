import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { composeReportFile } from "#comments";
import { writeReportFile } from "#collab";
import type { ReportInput } from "#model";
import { loadCatalogue, startServer } from "#server";
import type { BenchRow } from "./row.ts";
import { benchRow } from "./row.ts";
import { share } from "./sample.ts";

const ROOT = join(import.meta.dirname, "..", "..");

const EXPORTS = 5;

/** How long others wait for a server that exports 1,000 paragraphs and 300 comments; beside it one that does nothing. */
export async function waitingRows(): Promise<BenchRow[]> {
  const data = mkdtempSync(join(tmpdir(), "tongket-bench-server-"));
  const server = await startServer({
    root: ROOT,
    data,
    port: 0,
    client: data,
    host: "127.0.0.1",
    sample: false,
    log: "silent",
  });
  try {
    const signed = await fetch(server.chairLink, { redirect: "manual" });
    const cookie = signed.headers.getSetCookie()[0]?.split(";")[0] ?? "";
    const ask = (path: string, init: RequestInit = {}): Promise<Response> =>
      fetch(`${server.url}${path}`, { ...init, headers: { cookie, "content-type": "application/octet-stream" } });
    const sent = await ask("/api/reports/import", { method: "POST", body: new Uint8Array(await longReport()) });
    if (!sent.ok) throw new Error(await sent.text());
    const word = async (): Promise<void> => {
      const response = await ask("/api/reports/long/export?as=draft");
      if (!response.ok) throw new Error(await response.text());
      await response.arrayBuffer();
    };
    await word();
    const start = performance.now();
    const idle = await waits(() => ask("/api/session"), pause(3000));
    const quiet = performance.now() - start;
    const exporting = (async () => {
      for (let n = 0; n < EXPORTS; n++) await word();
    })();
    const busy = await waits(() => ask("/api/session"), exporting);
    if (quiet < 2500 || busy.length < EXPORTS) throw new Error("nothing was measured");
    return [
      benchRow(
        "a request while the server exports, p50 (peer: while it does nothing)",
        "ms",
        share(busy, 0.5),
        share(idle, 0.5),
      ),
      benchRow("a request while the server exports, p95", "ms", share(busy, 0.95), share(idle, 0.95)),
      benchRow("a request while the server exports, longest", "ms", Math.max(...busy), Math.max(...idle)),
    ];
  } finally {
    await server.close();
    rmSync(data, { recursive: true, force: true });
  }
}

/** How long requests take, one after another, as long as something is going on. */
async function waits(request: () => Promise<Response>, meanwhile: Promise<unknown>): Promise<number[]> {
  let over = false;
  const end = meanwhile.finally(() => {
    over = true;
  });
  const times: number[] = [];
  const isOver = (): boolean => over;
  while (!isOver()) {
    const start = performance.now();
    await (await request()).arrayBuffer();
    times.push(performance.now() - start);
    await pause(5);
  }
  await end;
  return times;
}

async function longReport(): Promise<Uint8Array> {
  const catalogue = await loadCatalogue({ root: ROOT });
  const fixture = readFileSync(join(ROOT, "fixtures", "van-phong-vien-han-lam-dang-uy.json"), "utf8");
  const input: ReportInput = JSON.parse(fixture);
  const template = catalogue.templates.get(input.template);
  if (!template) throw new Error("the template is shipped");
  const [slot = ""] = Object.keys(input.slots);
  const words = "Đảng ủy đã lãnh đạo, chỉ đạo thực hiện tốt nhiệm vụ chính trị được giao trong năm qua. "
    .repeat(3)
    .trim();
  const people = [{ id: "d1", name: "Đại biểu Mẫu", unit: "Chi bộ Mẫu", role: "delegate" as const }];
  const comments = Array.from({ length: 300 }, (_, n) => ({
    author: "d1",
    round: 0,
    slot,
    quote: "nhiệm vụ chính trị",
    occurrence: n * 9 + 1,
    kind: "clarify" as const,
    text: `Đề nghị làm rõ (${n}).`,
    createdAt: "2022-01-03T02:30:00.000Z",
  }));
  const long = {
    ...input,
    people,
    rounds: [],
    comments,
    slots: { ...input.slots, [slot]: Array.from({ length: 1000 }, () => words) },
  };
  let count = 0;
  const composer = { newId: (): string => `n${count++}`, now: "2022-01-18T02:15:00.000Z" };
  return writeReportFile(composeReportFile(long, template, "long", composer));
}
