import type { ReactElement, ReactNode } from "react";
import { createContext, useContext, useEffect, useMemo, useSyncExternalStore } from "react";
import type { ReportInfo } from "#protocol";
import type { Ended } from "../live/sync-state.ts";
import type { LiveReport, OpenReportOptions } from "../live/live-report.ts";
import { openReport } from "../live/live-report.ts";
import { api } from "./api.ts";
import { ServerRefusal } from "./errors.ts";
import { Resource, useResource } from "./resource.ts";

/** The report a page is about: what REST says of it, and the live connection to its documents. */
export interface OpenReport {
  readonly info: ReportInfo;
  readonly live: LiveReport;
  /** Fetches `info` again. It is also fetched by itself whenever the server says that it changed. */
  readonly refresh: () => Promise<void>;
}

const OpenReportContext = createContext<OpenReport | null>(null);

/** The open report. Only inside {@link OpenReportProvider}: every page under `/r/:report` is. */
export function useOpenReport(): OpenReport {
  const value = useContext(OpenReportContext);
  if (!value) throw new Error("useOpenReport outside OpenReportProvider");
  return value;
}

function collabUrl(): string {
  const { protocol, host } = window.location;
  return `${protocol === "https:" ? "wss:" : "ws:"}//${host}/collab`;
}

/** Whether this browser may still open the report, as far as the server can be asked. */
async function stillMember(report: string): Promise<"member" | Ended> {
  try {
    await api.report(report);
    return "member";
  } catch (error) {
    if (!(error instanceof ServerRefusal)) return "member";
    if (error.code === "link-revoked") return "revoked";
    if (error.status === 401 || error.status === 403) return "signed-out";
    return error.status === 404 || error.status === 410 ? "gone" : "member";
  }
}

interface ConnectionStore {
  readonly subscribe: (listener: () => void) => () => void;
  readonly getSnapshot: () => LiveReport | null;
}

const NO_CONNECTION: ConnectionStore = { subscribe: () => () => undefined, getSnapshot: () => null };

/** A connection that is open exactly while somebody looks at it. */
function connectionStore(options: OpenReportOptions): ConnectionStore {
  let live: LiveReport | null = null;
  return {
    subscribe: (listener) => {
      const opened = openReport(options);
      // The document on which the server says that the report has changed, or that a link was revoked.
      opened.document(options.role === "delegate" ? "notes" : "body");
      live = opened;
      listener();
      return () => {
        live = null;
        opened.close();
      };
    },
    getSnapshot: () => live,
  };
}

/**
 * Fetches a report's information, connects to its documents and gives both to everything inside. The connection lives
 * as long as this component shows the same report to the same person.
 */
export function OpenReportProvider({
  report,
  waiting,
  failed,
  children,
}: {
  readonly report: string;
  readonly waiting: ReactNode;
  readonly failed: (error: unknown, again: () => void) => ReactNode;
  readonly children: ReactNode;
}): ReactElement {
  const resource = useMemo(() => new Resource(() => api.report(report)), [report]);
  const { value: info, error } = useResource(resource);
  const person = info?.me.id;
  const role = info?.me.role;
  const connection = useMemo(
    () =>
      person === undefined || role === undefined
        ? NO_CONNECTION
        : connectionStore({ report, person, role, url: collabUrl(), check: () => stillMember(report) }),
    [report, person, role],
  );
  const live = useSyncExternalStore(connection.subscribe, connection.getSnapshot);
  useEffect(() => live?.onReportChanged(() => void resource.refresh()), [live, resource]);
  useEffect(() => {
    if (!live) return undefined;
    let away = true;
    return live.subscribe(() => {
      const { kind } = live.getSyncState();
      const here = kind !== "offline" && kind !== "connecting";
      // What the server said meanwhile was said to nobody: also between the first answer and the first connection.
      if (away && here) void resource.refresh();
      away = !here;
    });
  }, [live, resource]);
  useEffect(() => {
    if (live && info) live.clock.learn(info.now);
  }, [live, info]);

  const refresh = resource.refresh;
  const value = useMemo(() => info && live && { info, live, refresh }, [info, live, refresh]);
  if (value) return <OpenReportContext value={value}>{children}</OpenReportContext>;
  return <>{error === null ? waiting : failed(error, () => void refresh())}</>;
}
