import { once } from "node:events";
import { connect, createServer } from "node:net";
import type { Server, Socket } from "node:net";

/**
 * A way to a server on this machine that fails as networks do: cut, it breaks what is open and takes nothing new;
 * silent, it holds everything and says nothing. Unlike a browser's own offline switch it is the same for pages, service
 * workers and sockets, and outlives the browser.
 */
export class Line {
  readonly url: string;
  private readonly server: Server;
  private readonly port: number;
  private readonly pairs = new Set<readonly [Socket, Socket | null]>();
  private state: "whole" | "cut" | "silent" = "whole";

  private constructor(server: Server, port: number) {
    this.server = server;
    this.port = port;
    const address = server.address();
    this.url = typeof address === "object" && address !== null ? `http://localhost:${address.port}` : "";
    server.on("connection", (near) => this.take(near));
  }

  /** A whole line to the server of that address. The caller closes it. */
  static async to(url: string): Promise<Line> {
    const server = createServer();
    server.listen(0, "localhost");
    await once(server, "listening");
    return new Line(server, Number(new URL(url).port));
  }

  private take(near: Socket): void {
    near.on("error", () => near.destroy());
    if (this.state === "cut") {
      near.destroy();
      return;
    }
    if (this.state === "silent") {
      this.pairs.add([near, null]);
      return;
    }
    const far = connect(this.port, "127.0.0.1");
    const pair = [near, far] as const;
    this.pairs.add(pair);
    far.on("error", () => far.destroy());
    near.pipe(far);
    far.pipe(near);
    near.on("close", () => far.destroy());
    far.on("close", () => {
      // Of a silent connection the browser is told nothing, not even its end.
      if (this.pairs.delete(pair)) near.destroy();
    });
  }

  cut(): void {
    this.state = "cut";
    for (const [near, far] of this.pairs) {
      near.destroy();
      far?.destroy();
    }
    this.pairs.clear();
  }

  /** What is open now stays open and silent for ever, also after the line is mended. */
  silence(): void {
    this.state = "silent";
    for (const pair of this.pairs) {
      const [near, far] = pair;
      if (!far) continue;
      this.pairs.delete(pair);
      this.pairs.add([near, null]);
      near.unpipe(far);
      far.unpipe(near);
      near.pause();
      far.destroy();
    }
  }

  mend(): void {
    this.state = "whole";
  }

  async close(): Promise<void> {
    this.cut();
    this.server.close();
    await once(this.server, "close");
  }
}
