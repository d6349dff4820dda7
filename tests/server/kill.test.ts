import type { ChildProcess } from "node:child_process";
import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import { expect, it, onTestFinished } from "vitest";
import { docFrom, slotText } from "#collab";
import { putComment, readBoard } from "#comments";
import type { FreshLink } from "#protocol";
import type { RunningServer } from "#server";
import { Browser, ROOT, temporaryFolder } from "./support.ts";
import type { OpenDocument } from "./support.ts";

/** How often the server is killed, and after how many acknowledgements. */
const KILLS = 3;
const ACKNOWLEDGED = 150;

interface Child {
  readonly server: RunningServer;
  readonly process: ChildProcess;
  kill(): Promise<void>;
}

/** A server in a process of its own on a data folder. */
async function startChild(data: string): Promise<Child> {
  const child = spawn(
    process.execPath,
    ["--import", "tsx", fileURLToPath(new URL("./kill-child.ts", import.meta.url)), ROOT, data],
    {
      cwd: ROOT,
      stdio: ["ignore", "pipe", "inherit"],
    },
  );
  const exit = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  const kill = async (): Promise<void> => {
    child.kill("SIGKILL");
    await exit;
  };
  onTestFinished(kill);
  const line = await new Promise<string>((resolve, reject) => {
    let text = "";
    child.stdout.on("data", (chunk: Buffer) => {
      text += chunk.toString();
      if (text.includes("\n")) resolve(text);
    });
    child.once("exit", (code) => reject(new Error(`the server ended with ${code}: ${text}`)));
  });
  const told: Pick<RunningServer, "url" | "port" | "chairLink"> = JSON.parse(line);
  return { server: { ...told, close: kill }, process: child, kill };
}

/** Writes one thing after the other into a document and remembers what was acknowledged. */
class Writer {
  readonly acknowledged: string[] = [];
  private readonly open: OpenDocument;
  private readonly put: (id: string) => void;
  private readonly name: string;
  private count = 0;
  private stopped = false;

  constructor(open: OpenDocument, name: string, put: (id: string) => void) {
    this.open = open;
    this.name = name;
    this.put = put;
  }

  /** Goes on until it is stopped; calls back after each acknowledgement. */
  async run(acknowledged: () => void): Promise<void> {
    while (!this.stopped) {
      const ids = Array.from({ length: 1 + (this.count % 4) }, () => `${this.name}-${this.count++}`);
      for (const id of ids) this.put(id);
      await Promise.race([this.open.saved(), this.stop]);
      if (this.stopped) return;
      this.acknowledged.push(...ids);
      acknowledged();
    }
  }

  private end: () => void = () => undefined;
  private readonly stop = new Promise<void>((resolve) => {
    this.end = resolve;
  });

  halt(): void {
    this.stopped = true;
    this.end();
  }
}

/** The chair's browser at a server that came after the one that was killed. */
function chairOf(server: RunningServer, chair: Browser): Browser {
  const browser = new Browser(server);
  browser.cookie = chair.cookie;
  return browser;
}

it(
  "finds every acknowledged edit after the process was killed under load, again and again",
  { timeout: 240_000 },
  async () => {
    const data = temporaryFolder();
    let child = await startChild(data);
    const chair = new Browser(child.server);
    await chair.open(child.server.chairLink);
    const { id: report } = await chair.ask<{ id: string }>("POST", "/api/reports", {
      template: "party-committee",
      fields: { year: "2021", organisation: "Đảng ủy Mẫu" },
    });
    await chair.ask("POST", `/api/reports/${report}/rounds`, {}, 201);
    const people = await chair.ask<FreshLink[]>("POST", `/api/reports/${report}/people`, {
      people: ["drafter", "drafter", "drafter", "delegate", "delegate", "delegate"].map((role, i) => ({
        role,
        name: `Người ${i}`,
        unit: "",
      })),
    });
    const browsers = await Promise.all(
      people.map(async ({ url }) => {
        const browser = new Browser(child.server);
        await browser.open(url);
        return browser;
      }),
    );

    const words: string[] = [];
    const versions: string[] = [];
    const comments: string[] = [];
    for (let kill = 0; kill < KILLS; kill++) {
      const { server } = child;
      const writers = await Promise.all(
        people.map(async ({ person }, i) => {
          const browser = new Browser(server);
          browser.cookie = browsers[i]?.cookie ?? "";
          const line = browser.line();
          const name = `k${kill}p${i}`;
          if (person.role === "drafter") {
            const open = await line.document(`${report}/body`);
            const text = slotText(open.doc, i % 2 ? "opening" : "membership");
            return new Writer(open, name, (id) => text.insert(1, `<${id}>`, {}));
          }
          const open = await line.document(`${report}/notes/${person.id}`);
          return new Writer(open, name, (id) =>
            putComment(open.doc, {
              id,
              author: person.id,
              round: 1,
              target: { scope: "report" },
              kind: "other",
              text: id,
              createdAt: new Date().toISOString(),
              withdrawn: false,
            }),
          );
        }),
      );
      let count = 0;
      await new Promise<void>((resolve) => {
        for (const writer of writers) {
          void writer.run(() => {
            if (++count === ACKNOWLEDGED) resolve();
          });
        }
      });
      // The process dies in the moment in which it has acknowledged the version.
      const name = `Bản ${kill}`;
      await chairOf(server, chair).ask("POST", `/api/reports/${report}/versions`, { name }, 201);
      versions.push(name);
      const dead = child.kill();
      for (const writer of writers) writer.halt();
      await dead;
      words.push(...writers.slice(0, 3).flatMap((writer) => writer.acknowledged));
      comments.push(...writers.slice(3).flatMap((writer) => writer.acknowledged));

      child = await startChild(data);
      const returned = chairOf(child.server, chair);
      const line = returned.line();
      const body = await line.document(`${report}/body`);
      const text = ["opening", "membership"].map((slot) => slotText(body.doc, slot).toJSON()).join(" ");
      const missing = words.filter((id) => !text.includes(`<${id}>`));
      expect(missing).toEqual([]);
      const kept = (await returned.info(report)).versions.filter((version) => version.round === undefined);
      expect(kept.map((version) => version.name)).toEqual(versions);
      for (const { id } of kept) {
        const bytes = await returned.fetch(`/api/reports/${report}/versions/${id}`);
        const frozen = docFrom(new Uint8Array(await bytes.arrayBuffer()));
        expect(slotText(frozen, "opening").length + slotText(frozen, "membership").length).toBeGreaterThan(100);
      }
      expect(text.split("<").length).toBe(new Set(text.match(/<[^<>]+>/g)).size + 1);
      const board = await line.document(`${report}/board`);
      const onBoard = new Set(readBoard(board.doc).map((record) => record.comment.id));
      expect(comments.filter((id) => !onBoard.has(id))).toEqual([]);
      line.end();
    }
    expect(words.length + comments.length).toBeGreaterThan(KILLS * ACKNOWLEDGED);
  },
);
