import type { BrowserContext, WebSocketRoute } from "playwright-core";

/** A context's way to the server. Chromium's own offline mode leaves open sockets open, so they are cut by hand. */
export class Network {
  private readonly context: BrowserContext;
  private readonly sockets = new Set<WebSocketRoute>();
  private offline = false;
  private held: Promise<void> = Promise.resolve();

  private constructor(context: BrowserContext) {
    this.context = context;
  }

  /** Stands between the context and the server from then on: make it before the first page. */
  static async of(context: BrowserContext): Promise<Network> {
    const network = new Network(context);
    await context.routeWebSocket(/\/collab$/, async (socket) => {
      if (network.offline) {
        await socket.close();
        return;
      }
      await network.held;
      socket.connectToServer();
      network.sockets.add(socket);
    });
    return network;
  }

  async cut(): Promise<void> {
    this.offline = true;
    await this.context.setOffline(true);
    for (const socket of this.sockets) await socket.close();
    this.sockets.clear();
  }

  /** Keeps sockets waiting for the server until the answer is called: pages have come, and are not connected yet. */
  hold(): () => void {
    let release = (): void => undefined;
    this.held = new Promise((resolve) => {
      release = resolve;
    });
    return release;
  }

  async mend(): Promise<void> {
    this.offline = false;
    await this.context.setOffline(false);
  }
}
