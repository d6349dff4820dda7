import type { LeftOut, OtherComment } from "#comments";
import type { ImportPlan, ResponseForm, Round, Version } from "#model";
import type {
  ChairRequest,
  ChangeRoundRequest,
  CopyPreview,
  CopyRefusal,
  CreateReportRequest,
  CreateReportResponse,
  Edit,
  EditsRequest,
  ErrorBody,
  FreshLink,
  InviteRequest,
  MakeVersionRequest,
  OpenRoundRequest,
  PersonRow,
  ReportInfo,
  ReportSummary,
  Session,
  SettingsRequest,
  TakeCopiesRequest,
  TakenCopiesResponse,
  TemplateChoice,
} from "#protocol";
import { API } from "#protocol";
import { ServerRefusal, serverFailed, unreachable } from "./errors.ts";
import type { KeptAnswers } from "./kept.ts";
import { keptAnswers } from "./kept.ts";
import { Reach } from "./reach.ts";

/** What a Word file of a report is: the final text, the draft with comments, or the response table. A copy for comment is apart. */
export type ExportKind = "final" | "draft" | "responses";

/** What is asked of a copy for comments: what Word lets one do in it, and whom it is made out for. */
export interface CopyRequest {
  readonly allow?: "comments" | "changes";
  /** The id of a person; absent: for anybody. A delegate has none but one's own. */
  readonly person?: string;
  /** Absent: in Word. */
  readonly format?: "pdf";
}

/** A file as it came from the server, to be saved by {@link saveFile}. */
export interface ReceivedFile {
  readonly name: string;
  readonly bytes: Blob;
}

/** Told while a file arrives: bytes so far and, where the server says it, in all. */
export type Progress = (received: number, total: number | null) => void;

/**
 * The server's routes as functions, one each. Every one throws: a {@link ServerRefusal} with the server's code and
 * words; `server-unreachable` where there is no connection; `server-answer` for an answer that explains nothing. The
 * answers marked *kept* are remembered on the device and given again while the server cannot be reached.
 */
export interface Api {
  /** Whether the server answers; where not, kept answers are what one sees. */
  readonly reach: Reach;
  /** Kept. */
  session(): Promise<Session>;
  /** Forgets the kept answers about a report. */
  forget(report: string): Promise<void>;
  signOut(): Promise<void>;
  setChairName(name: string): Promise<void>;
  templates(): Promise<TemplateChoice[]>;
  /** Kept. */
  reports(): Promise<ReportSummary[]>;
  createReport(request: CreateReportRequest): Promise<CreateReportResponse>;
  importReport(file: Blob): Promise<CreateReportResponse>;
  /** Lays a Word file beside a template, or beside a report. Nothing is stored. */
  planWord(beside: { readonly template: string } | { readonly report: string }, file: Blob): Promise<ImportPlan>;
  /** Kept. */
  report(report: string): Promise<ReportInfo>;
  /** Other delegates' comments, as far as they are shown. Kept. */
  others(report: string): Promise<readonly OtherComment[]>;
  /** Forgets others' comments that this device keeps. */
  forgetOthers(report: string): Promise<void>;
  changeSettings(report: string, request: SettingsRequest): Promise<void>;
  deleteReport(report: string): Promise<void>;
  restoreReport(report: string): Promise<void>;
  people(report: string): Promise<PersonRow[]>;
  invite(report: string, request: InviteRequest): Promise<FreshLink[]>;
  freshLink(report: string, person: string): Promise<FreshLink>;
  revokeLinks(report: string, person: string): Promise<void>;
  openRound(report: string, request: OpenRoundRequest): Promise<Round>;
  closeRound(report: string, round: number): Promise<Round>;
  changeRound(report: string, round: number, request: ChangeRoundRequest): Promise<Round>;
  /** The frozen body as a Yjs update. A version never changes, so one that was read is not asked for again. Kept. */
  version(report: string, version: string): Promise<Uint8Array>;
  makeVersion(report: string, request: MakeVersionRequest): Promise<Version>;
  /** Who changed blocks of the text since a version, and when. */
  edits(report: string, request: EditsRequest): Promise<readonly Edit[]>;
  renameVersion(report: string, version: string, request: MakeVersionRequest): Promise<Version>;
  exportWord(report: string, as: ExportKind, onProgress?: Progress): Promise<ReceivedFile>;
  /** The draft with its comments, the wordings they propose written into its text as tracked changes. */
  exportTracked(report: string): Promise<ReceivedFile>;
  /** The draft of the open round, or else of the newest, locked for comments. */
  exportCopy(report: string, request: CopyRequest): Promise<ReceivedFile>;
  /** The table of responses in Word with five columns, of which the first numbers the rows. */
  exportNumbered(report: string): Promise<ReceivedFile>;
  /** The final text as a page or as Markdown; any kind of file as PDF, where the server can make it. */
  exportAs(report: string, as: ExportKind, format: "html" | "md" | "pdf"): Promise<ReceivedFile>;
  exportResponses(report: string, format: ResponseForm): Promise<ReceivedFile>;
  archive(report: string, onProgress?: Progress): Promise<ReceivedFile>;
  /** Merges a file; gives what of a delegate's copy was left out, of which nothing is with `everything`. */
  mergeArchive(report: string, file: Blob, everything?: boolean): Promise<readonly LeftOut[]>;
  /**
   * Has a returned copy, or a zip of some, of which `only` names one, read; beside the draft of `round` where the file names
   * none. Nothing is stored.
   */
  readCopy(
    report: string,
    file: File,
    how: { readonly round?: number; readonly only?: string },
  ): Promise<readonly (CopyPreview | CopyRefusal)[]>;
  /** Tells what would become of copies that were read, all together. */
  previewCopies(report: string, request: TakeCopiesRequest): Promise<TakenCopiesResponse>;
  /** Puts what copies that were read say into the notes of those who wrote them. */
  takeCopies(report: string, request: TakeCopiesRequest): Promise<TakenCopiesResponse>;
}

async function sendNoting(reach: Reach, path: string, init: RequestInit): Promise<Response> {
  let response: Response;
  try {
    response = await fetch(API + path, { credentials: "same-origin", ...init });
    // What stands between us and a server that is down answers for it.
    if (response.status === 502 || response.status === 504) throw new Error(`gateway ${response.status}`);
  } catch (cause) {
    reach.note(false);
    throw unreachable(cause);
  }
  reach.note(true);
  if (response.ok) return response;
  throw await refusal(response);
}

async function refusal(response: Response): Promise<Error> {
  const body: unknown = await response.json().catch(() => null);
  return isErrorBody(body) ? new ServerRefusal(response.status, body.error) : serverFailed(response.status);
}

function isErrorBody(value: unknown): value is ErrorBody {
  if (typeof value !== "object" || value === null || !("error" in value)) return false;
  const { error } = value;
  return typeof error === "object" && error !== null && "code" in error && typeof error.code === "string";
}

// The shapes of answers are the server's promise in #protocol; it is the same release as this page.
async function json<T>(response: Response): Promise<T> {
  const value: T = await response.json();
  return value;
}

function withJson(method: string, body: unknown): RequestInit {
  return { method, headers: { "content-type": "application/json" }, body: JSON.stringify(body) };
}

function withFile(body: Blob): RequestInit {
  return { method: "POST", headers: { "content-type": "application/octet-stream" }, body };
}

async function received(
  response: Response,
  fallbackName: string,
  onProgress: Progress | undefined,
): Promise<ReceivedFile> {
  const name = fileName(response.headers.get("content-disposition")) ?? fallbackName;
  const length = Number(response.headers.get("content-length"));
  const total = length > 0 ? length : null;
  if (!onProgress || !response.body) return { name, bytes: await response.blob() };
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  let size = 0;
  const reader = response.body.getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) break;
      chunks.push(value);
      size += value.length;
      onProgress(size, total);
    }
  } catch (cause) {
    throw unreachable(cause);
  }
  return {
    name,
    bytes: new Blob(chunks, { type: response.headers.get("content-type") ?? "application/octet-stream" }),
  };
}

/** The file name that a Content-Disposition header gives, the encoded form before the plain one; null where it gives none. */
export function fileName(disposition: string | null): string | null {
  const encoded = disposition?.match(/filename\*=UTF-8''([^;]+)/iu)?.[1];
  if (encoded !== undefined) {
    try {
      return decodeURIComponent(encoded);
    } catch {
      // Fall back to the plain name.
    }
  }
  return disposition?.match(/filename="([^"]+)"/iu)?.[1] ?? null;
}

/** Hands a received file to the browser's downloads. */
export function saveFile(file: ReceivedFile): void {
  const url = URL.createObjectURL(file.bytes);
  const link = document.createElement("a");
  link.href = url;
  link.download = file.name;
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}

function makeApi(kept: KeptAnswers): Api {
  const reach = new Reach();
  const send = (path: string, init: RequestInit): Promise<Response> => sendNoting(reach, path, init);
  const receive = async (path: string, name: string, onProgress: Progress | undefined): Promise<ReceivedFile> =>
    received(await send(path, {}), name, onProgress);
  const orKept = async <T>(path: string, toKeep: (answer: T) => T = (answer) => answer): Promise<T> => {
    try {
      const answer = await json<T>(await send(path, { cache: "no-store" }));
      void kept.write(path, toKeep(answer));
      return answer;
    } catch (error) {
      if (error instanceof ServerRefusal) throw error;
      const before = await kept.read(path);
      if (before === undefined) throw error;
      // It was written by the lines above, under the same path.
      return before as T;
    }
  };
  /** A report as it was kept tells the server's time as it was then: it has gone on since. */
  const reportOrKept = async (path: string): Promise<ReportInfo> => {
    const { keptAt, ...info } = await orKept<ReportInfo & { keptAt?: number }>(path, (answer) => ({
      ...answer,
      keptAt: Date.now(),
    }));
    return keptAt === undefined
      ? info
      : { ...info, now: new Date(Date.parse(info.now) + Date.now() - keptAt).toISOString() };
  };
  const of = (report: string): string => `/reports/${encodeURIComponent(report)}`;
  const ofPerson = (report: string, person: string): string =>
    `${of(report)}/people/${encodeURIComponent(person)}/link`;
  return {
    reach,
    session: () => orKept("/session"),
    forget: (report) => kept.forget(of(report)),
    signOut: async () => {
      await send("/session", { method: "DELETE" });
    },
    setChairName: async (name) => {
      const request: ChairRequest = { name };
      await send("/chair", withJson("PATCH", request));
    },
    templates: async () => json(await send("/templates", {})),
    reports: () => orKept("/reports"),
    createReport: async (request) => json(await send("/reports", withJson("POST", request))),
    importReport: async (file) => json(await send("/reports/import", withFile(file))),
    planWord: async (beside, file) => {
      const path =
        "report" in beside
          ? `${of(beside.report)}/import/word`
          : `/import/word?template=${encodeURIComponent(beside.template)}`;
      return json(await send(path, withFile(file)));
    },
    report: (report) => reportOrKept(of(report)),
    others: (report) => orKept(`${of(report)}/others`),
    forgetOthers: (report) => kept.forget(`${of(report)}/others`),
    changeSettings: async (report, request) => {
      await send(`${of(report)}/settings`, withJson("PATCH", request));
    },
    deleteReport: async (report) => {
      await send(of(report), { method: "DELETE" });
    },
    restoreReport: async (report) => {
      await send(`${of(report)}/restore`, { method: "POST" });
    },
    people: async (report) => json(await send(`${of(report)}/people`, {})),
    invite: async (report, request) => json(await send(`${of(report)}/people`, withJson("POST", request))),
    freshLink: async (report, person) => json(await send(ofPerson(report, person), { method: "POST" })),
    revokeLinks: async (report, person) => {
      await send(ofPerson(report, person), { method: "DELETE" });
    },
    openRound: async (report, request) => json(await send(`${of(report)}/rounds`, withJson("POST", request))),
    closeRound: async (report, round) => json(await send(`${of(report)}/rounds/${round}/close`, { method: "POST" })),
    changeRound: async (report, round, request) =>
      json(await send(`${of(report)}/rounds/${round}`, withJson("PATCH", request))),
    version: async (report, version) => {
      const path = `${of(report)}/versions/${encodeURIComponent(version)}`;
      const before = await kept.read(path);
      if (before instanceof Uint8Array) return before;
      const bytes = new Uint8Array(await (await send(path, {})).arrayBuffer());
      void kept.write(path, bytes);
      return bytes;
    },
    renameVersion: async (report, version, request) =>
      json(await send(`${of(report)}/versions/${encodeURIComponent(version)}`, withJson("PATCH", request))),
    edits: async (report, request) => json(await send(`${of(report)}/edits`, withJson("POST", request))),
    makeVersion: async (report, request) => json(await send(`${of(report)}/versions`, withJson("POST", request))),
    exportWord: (report, as, onProgress) =>
      receive(`${of(report)}/export?as=${as}`, `${report}-${as}.docx`, onProgress),
    exportTracked: (report) => receive(`${of(report)}/export?as=draft&track=all`, `${report}-draft.docx`, undefined),
    exportAs: (report, as, format) =>
      receive(`${of(report)}/export?as=${as}&format=${format}`, `${report}-${as}.${format}`, undefined),
    exportNumbered: (report) =>
      receive(`${of(report)}/export?as=responses&columns=5`, `${report}-responses.docx`, undefined),
    exportCopy: (report, { allow = "comments", person, format }) => {
      const whom = person === undefined ? "" : `&for=${encodeURIComponent(person)}`;
      const form = format === undefined ? "" : `&format=${format}`;
      const path = `${of(report)}/export?as=for-comment&allow=${allow}${whom}${form}`;
      return receive(path, `${report}-for-comment.${format ?? "docx"}`, undefined);
    },
    exportResponses: (report, format) =>
      receive(`${of(report)}/export?as=responses&format=${format}`, `${report}-responses.${format}`, undefined),
    archive: (report, onProgress) => receive(`${of(report)}/archive`, `${report}.tongket`, onProgress),
    readCopy: async (report, file, { round, only }) => {
      const query = new URLSearchParams({ name: file.name });
      if (round !== undefined) query.set("round", String(round));
      if (only !== undefined) query.set("only", only);
      return json(await send(`${of(report)}/returned?${String(query)}`, withFile(file)));
    },
    previewCopies: async (report, request) =>
      json(await send(`${of(report)}/returned/preview`, withJson("POST", request))),
    takeCopies: async (report, request) =>
      json(await send(`${of(report)}/returned/confirm`, withJson("POST", request))),
    mergeArchive: async (report, file, everything = false) => {
      const response = await send(`${of(report)}/archive${everything ? "?take=all" : ""}`, withFile(file));
      return response.status === 204 ? [] : (await json<{ leftOut: readonly LeftOut[] }>(response)).leftOut;
    },
  };
}

/** The server this page came from. */
export const api: Api = makeApi(keptAnswers);
