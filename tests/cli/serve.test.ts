import type { ChildProcess } from "node:child_process";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { ownFolder, ROOT, tongket } from "./tongket.ts";

const folder = await ownFolder();
const data = join(folder, "dữ liệu");

let server: ChildProcess;
const said: string[] = [];
let link: URL;

beforeAll(async () => {
  const args = ["serve", "--data", data, "--port", "0", "--host", "127.0.0.1", "--empty"];
  server = spawn(process.execPath, [join(ROOT, "bin", "tongket.mjs"), ...args], {
    stdio: ["ignore", "pipe", "pipe"],
  });
  if (!server.stdout || !server.stderr) throw new Error("pipes were asked for");
  let complaint = "";
  server.stderr.setEncoding("utf8").on("data", (text: string) => (complaint += text));
  for await (const line of createInterface({ input: server.stdout })) {
    said.push(line);
    if (said.length === 3) break;
  }
  if (said.length < 3) throw new Error(complaint);
  link = new URL(/http\S+\/k\/\S+/.exec(said.join("\n"))?.[0] ?? "");
});

afterAll(() => {
  server.kill("SIGKILL");
});

describe("tongket serve", () => {
  it("says where it runs and prints one link, which signs the chair in", async () => {
    expect(said.filter((line) => line.includes("/k/"))).toHaveLength(1);
    expect(said.join("\n")).toContain(data);
    const opened = await fetch(link, { redirect: "manual" });
    expect(opened.status).toBe(303);
    const cookie = opened.headers.getSetCookie().map((one) => one.split(";")[0]);
    const session = await fetch(new URL("/api/session", link), { headers: { cookie: cookie.join("; ") } });
    expect(await session.json()).toMatchObject({ chair: true });
  });

  it("refuses a second start on the same data with exit code 3, and the first goes on", async () => {
    const second = await tongket(["serve", "--data", data, "--port", "0", "--host", "127.0.0.1"]);
    expect(second).toMatchObject({ code: 3, stdout: Buffer.alloc(0) });
    expect(second.stderr).toContain(data);
    expect((await fetch(new URL("/api/health", link))).status).toBe(200);
  });

  it("refuses a taken port with exit code 3 and the port's number", async () => {
    const other = join(folder, "khác");
    const run = await tongket(["serve", "--data", other, "--port", link.port, "--host", "127.0.0.1", "--empty"]);
    expect(run.code).toBe(3);
    expect(run.stderr).toContain(link.port);
  });

  it("refuses a port that is none with exit code 2", async () => {
    const run = await tongket(["serve", "--data", data, "--port", "nhiều"]);
    expect(run.code).toBe(2);
    expect(run.stderr).toContain("nhiều");
  });

  it("refuses a data folder it cannot write with exit code 3", async () => {
    await writeFile(join(folder, "tệp"), "");
    const run = await tongket(["serve", "--data", join(folder, "tệp", "dữ liệu"), "--port", "0"]);
    expect(run.code).toBe(3);
    expect(run.stderr).toContain("dữ liệu");
  });

  it.runIf(process.platform === "linux")("refuses a place where the system makes no folders, and ends", async () => {
    const args = ["serve", "--data", "/proc/tongket/dữ liệu", "--port", "0", "--host", "127.0.0.1"];
    const refused = spawn(process.execPath, [join(ROOT, "bin", "tongket.mjs"), ...args], {
      stdio: "ignore",
      timeout: 90_000,
      killSignal: "SIGKILL",
    });
    expect(await once(refused, "exit")).toEqual([3, null]);
  });

  it("stops when it is asked to, with exit code 0, and starts again on the same data", async () => {
    server.kill("SIGINT");
    expect(await once(server, "exit")).toEqual([0, null]);
    const args = ["serve", "--data", data, "--port", "0", "--host", "127.0.0.1"];
    const again = spawn(process.execPath, [join(ROOT, "bin", "tongket.mjs"), ...args], {
      stdio: ["ignore", "pipe", "ignore"],
    });
    onTestFinished(() => void again.kill("SIGKILL"));
    await once(again.stdout, "data");
    again.kill("SIGTERM");
    expect(await once(again, "exit")).toEqual([0, null]);
  });
});
