/** What {@link observedSocket} tells. Messages are Hocuspocus messages, as bytes. */
export interface SocketObserver {
  opened(): void;
  closed(code: number, reason: string, wasOpen: boolean): void;
  /** Before a message is sent; false keeps it back. */
  sending(message: Uint8Array): boolean;
  /** Before the provider sees a message. */
  received(message: Uint8Array): void;
}

function bytesOf(data: unknown): Uint8Array | null {
  if (data instanceof Uint8Array) return data;
  return data instanceof ArrayBuffer ? new Uint8Array(data) : null;
}

/** A WebSocket class whose sockets tell what they carry, each to an observer of its own, which `observe` gives. */
export function observedSocket(observe: () => SocketObserver): typeof WebSocket {
  return class extends WebSocket {
    private wasOpen = false;
    private readonly observer: SocketObserver;

    constructor(url: string | URL, protocols?: string | string[]) {
      super(url, protocols);
      const observer = observe();
      this.observer = observer;
      this.addEventListener("open", () => {
        this.wasOpen = true;
        observer.opened();
      });
      this.addEventListener("close", (event) => observer.closed(event.code, event.reason, this.wasOpen));
      this.addEventListener("message", (event: MessageEvent<unknown>) => {
        const message = bytesOf(event.data);
        if (message) observer.received(message);
      });
    }

    override send(data: Parameters<WebSocket["send"]>[0]): void {
      const message = bytesOf(data);
      if (message === null || this.observer.sending(message)) super.send(data);
    }
  };
}
