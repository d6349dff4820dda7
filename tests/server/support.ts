import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import type { Person, Role } from "#model";
import type { FreshLink } from "#protocol";
import type { RunningServer, ServerOptions } from "#server";
import { startServer } from "#server";
import { Browser as AnyBrowser } from "../support/browser.ts";

export { OpenDocument } from "../support/browser.ts";

export const ROOT: string = join(import.meta.dirname, "../..");

/** An empty folder that goes with the test. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "tongket-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** A running server on a data folder of its own, without the sample, that ends with the test. */
export async function openServer(options: Partial<ServerOptions> = {}): Promise<RunningServer & { data: string }> {
  const data = options.data ?? temporaryFolder();
  const server = await startServer({
    root: ROOT,
    data,
    port: 0,
    host: "127.0.0.1",
    client: join(ROOT, "dist", "client"),
    sample: false,
    log: "silent",
    ...options,
  });
  let closing: Promise<void> | null = null;
  const close = (): Promise<void> => (closing ??= server.close());
  onTestFinished(close);
  return { ...server, data, close };
}

/** A browser that ends with the test. */
export class Browser extends AnyBrowser {
  constructor(server: Pick<RunningServer, "url">) {
    super(server, onTestFinished);
  }
}

/** A server with a chair signed in and a fresh report, and browsers for whom the chair invites. */
export interface Hall {
  readonly server: RunningServer & { data: string };
  readonly chair: Browser;
  readonly report: string;
  invite(role: Exclude<Role, "chair">, name?: string): Promise<Guest>;
}

export interface Guest {
  readonly browser: Browser;
  readonly person: Person;
  readonly link: string;
}

export async function openHall(options: Partial<ServerOptions> = {}): Promise<Hall> {
  const server = await openServer(options);
  const chair = new Browser(server);
  await chair.open(server.chairLink);
  const { id: report } = await chair.ask<{ id: string }>(
    "POST",
    "/api/reports",
    { template: "party-committee", fields: { organisation: "Đảng ủy Mẫu", year: "2021", place: "Hà Nội" } },
    201,
  );
  return {
    server,
    chair,
    report,
    invite: async (role, name = `Người ${role}`) => {
      const [fresh] = await chair.ask<FreshLink[]>(
        "POST",
        `/api/reports/${report}/people`,
        { people: [{ role, name, unit: "Chi bộ Mẫu" }] },
        201,
      );
      if (!fresh) throw new Error("no link");
      const browser = new Browser(server);
      await browser.open(fresh.url);
      return { browser, person: fresh.person, link: fresh.url };
    },
  };
}
