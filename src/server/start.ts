/** What a server needs to know. */
export interface ServerOptions {
  /** The folder that holds `templates/`, `schemas/` and `fixtures/`. */
  readonly root: string;
  /** The data folder; made where it is missing. */
  readonly data: string;
  /** 0 picks a free one. */
  readonly port: number;
  /** The address to listen on; absent: every one of this machine, so that phones can open a link. */
  readonly host?: string;
  /** The built client, `dist/client`. */
  readonly client: string;
  /** False: an empty data folder stays empty. */
  readonly sample?: boolean;
  /** The level of the log on standard error; `warn` where absent. */
  readonly log?: "silent" | "error" | "warn" | "info" | "debug";
}

/** A server that answers. */
export interface RunningServer {
  /** For a browser on this machine. */
  readonly url: string;
  readonly port: number;
  /** A fresh link that signs the chair in. Links of earlier starts stay valid. */
  readonly chairLink: string;
  /** Stores what is under way, closes every socket and lets the data folder go. */
  close(): Promise<void>;
}

/**
 * Starts the one process that serves everything. Prints nothing. Rejects with `port-taken`, `port-forbidden`,
 * `data-unwritable`, `data-in-use`, `data-newer` or `data-damaged`, having changed nothing of what was there.
 */
export function startServer(options: ServerOptions): Promise<RunningServer> {
  return Promise.reject(new Error(`not written yet: ${options.data}`));
}
