import { z } from "zod";
import type { Audience, BlockInput, Person, ReturnedCopy, Role, Round, RuleSet, Template, Version } from "#model";

/** Fields of a report's form: ids to one-line or several-line text. */
const fields = z.record(z.string().regex(/^\w{1,40}$/), z.string().max(4000));

const role = z.enum(["chair", "drafter", "delegate", "reader"]);

/** POST /api/reports. `slots` is first text, as the slots of `schemas/report.schema.json`; one left out is empty. */
export const createReportRequest = z.object({
  template: z.string(),
  fields,
  slots: z.record(z.string().max(64), z.array(z.custom<BlockInput>()).max(5000)).optional(),
});
export type CreateReportRequest = z.infer<typeof createReportRequest>;
export interface CreateReportResponse {
  readonly id: string;
}

/** POST /api/reports/:report/people */
export const inviteRequest = z.object({
  people: z
    .array(
      z.object({
        role: role.exclude(["chair"]),
        name: z.string().trim().min(1).max(120),
        unit: z.string().trim().max(200),
      }),
    )
    .min(1)
    .max(500),
});
export type InviteRequest = z.infer<typeof inviteRequest>;

/** PATCH /api/chair: the name under which the chair appears. */
export const chairRequest = z.object({ name: z.string().trim().min(1).max(120) });
export type ChairRequest = z.infer<typeof chairRequest>;

/** POST /api/reports/:report/rounds */
export const openRoundRequest = z.object({ deadline: z.iso.datetime().optional() });
export type OpenRoundRequest = z.infer<typeof openRoundRequest>;

/** PATCH /api/reports/:report/rounds/:number: one change of a round that was opened. No deadline means none. */
export const changeRoundRequest = z.discriminatedUnion("change", [
  z.object({ change: z.literal("pause") }),
  z.object({ change: z.literal("resume") }),
  z.object({ change: z.literal("deadline"), deadline: z.iso.datetime().optional() }),
  z.object({ change: z.literal("reopen"), deadline: z.iso.datetime().optional() }),
  z.object({ change: z.literal("late"), late: z.array(z.string().regex(/^(\*|[A-Za-z0-9_-]{1,64})$/)).max(5000) }),
]);
export type ChangeRoundRequest = z.infer<typeof changeRoundRequest>;

/** PATCH /api/reports/:report/settings */
export const settingsRequest = z.object({ audience: z.enum(["own", "unnamed", "all"]) });
export type SettingsRequest = z.infer<typeof settingsRequest>;

/** The longest name of a version, in UTF-16 units. */
export const VERSION_NAME = 120;

/** POST /api/reports/:report/versions, and PATCH of one: its name, on one line. */
export const makeVersionRequest = z.object({
  name: z
    .string()
    .normalize("NFC")
    .trim()
    .min(1)
    .max(VERSION_NAME)
    .regex(/^\P{Cc}*$/u),
});
export type MakeVersionRequest = z.infer<typeof makeVersionRequest>;

const places = z.array(z.object({ slot: z.string().max(80), block: z.string().max(80) })).max(400);

/** POST /api/reports/:report/edits: blocks as they stood in a version, and as they stand now. */
export const editsRequest = z.object({ since: z.string(), before: places, after: places });
export type EditsRequest = z.infer<typeof editsRequest>;

/** One row of the answer: what one person did to these blocks in one go, in UTF-16 units. */
export interface Edit {
  /** The id of the person; empty where nobody's name is on it. */
  readonly person: string;
  /** UTC; absent where the server was not told, as of what a file brought. */
  readonly from?: string;
  readonly until?: string;
  readonly inserted: number;
  readonly deleted: number;
}

/**
 * POST /api/reports/:report/returned/preview and …/confirm: which copies are taken, and who their authors are; null leaves
 * one out.
 */
export const takeCopiesRequest = z.object({
  copies: z
    .array(
      z.object({
        copy: z.string().regex(/^[A-Za-z0-9_-]{1,64}$/),
        people: z.record(
          z.string().max(500),
          z
            .string()
            .regex(/^[A-Za-z0-9_-]{1,64}$/)
            .nullable(),
        ),
      }),
    )
    .min(1)
    .max(500),
});
export type TakeCopiesRequest = z.infer<typeof takeCopiesRequest>;

/**
 * What becomes of a remark in a returned copy when it is taken; `older` is an older wording of one that is there, `both`
 * another wording of it that is kept beside it, as nobody knows which is the later.
 */
export type CopyFate = "new" | "changed" | "known" | "older" | "both" | "left-out";

/** A returned copy that was read, under the name by which it can be taken for a while; nothing of it is stored. */
export interface CopyPreview {
  readonly copy: string;
  readonly name: string;
  readonly round: number;
  /** Whether the file names its round (or there is no other), the caller did, or its words are nearest to that draft's. */
  readonly roundBy: "file" | "asked" | "words";
  readonly closed: boolean;
  readonly read: ReturnedCopy;
  /** For each remark, of this copy alone; of an author who is not sure yet, as if it were the likeliest. */
  readonly fates: readonly CopyFate[];
  /** How many that are new were made after the round was closed. */
  readonly late: number;
}

/** A file in which no copy was found, and why. */
export interface CopyRefusal {
  readonly name: string;
  readonly error: ErrorBody["error"];
}

/**
 * POST /api/reports/:report/returned/confirm: what was taken, for each copy in the order asked for; …/preview: what would
 * be. Of two copies of one person the older comes first: what both say is new in it alone.
 */
export interface TakenCopiesResponse {
  readonly copies: readonly { readonly name: string; readonly fates: readonly CopyFate[]; readonly late: number }[];
}

/** GET /api/session: who this browser is, over all links opened in it. */
export interface Session {
  /** True where the link of the installation's chair was opened. */
  readonly chair: boolean;
  readonly chairName: string;
  readonly memberships: readonly { readonly report: string; readonly person: Person }[];
}

/** One row of GET /api/reports. */
export interface ReportSummary {
  readonly id: string;
  readonly title: string;
  readonly organisation: string;
  readonly year: string;
  readonly sample: boolean;
  readonly role: Role;
  readonly template: string;
  readonly slots: { readonly written: number; readonly total: number };
  readonly round: Round | null;
  readonly rounds: number;
  readonly comments: { readonly open: number; readonly total: number };
  readonly changedAt: string;
}

/** GET /api/reports/:report: all that is not in a Yjs document. */
export interface ReportInfo {
  readonly id: string;
  readonly sample: boolean;
  readonly template: Template;
  /** The one it prints by on its date, with its organisation's own values. */
  readonly ruleSet: RuleSet;
  /** The id of the rule set it was made with; absent in an answer that an older server gave: the same as above. */
  readonly madeWith?: string;
  readonly fields: Readonly<Record<string, string>>;
  readonly me: Person;
  /** Everybody for the committee; otherwise oneself alone. */
  readonly people: readonly Person[];
  readonly rounds: readonly Round[];
  readonly versions: readonly Version[];
  /** What delegates see of each other's comments; absent in an answer that an older server gave: only their own. */
  readonly audience?: Audience;
  /** True where the server can make PDF files. */
  readonly pdf?: true;
  /** The server's clock when this was made, UTC. */
  readonly now: string;
}

/** One row of GET /api/reports/:report/people. */
export interface PersonRow {
  readonly person: Person;
  /** Null where every link of the person was revoked. */
  readonly link: { readonly id: string; readonly createdAt: string; readonly openedAt: string | null } | null;
  readonly comments: number;
}

/** A fresh link. The token is told this once and is stored hashed; a lost one is replaced, never shown again. */
export interface FreshLink {
  readonly person: Person;
  readonly url: string;
}

/** GET /api/templates */
export interface TemplateChoice {
  readonly template: Template;
  readonly ruleSet: RuleSet;
}

/** The body of every refusal: a code of the error catalogue with the values its text needs. */
export interface ErrorBody {
  readonly error: {
    readonly code: string;
    readonly details: Readonly<Record<string, string | number>>;
    readonly message: string;
  };
}

/**
 * A stateless message from the server on a body or notes document: what REST serves has changed, fetch it again; with
 * `others-changed` only what a delegate sees of other delegates' comments. `kicked` precedes the closing of the socket where a link was revoked.
 */
export type ServerMessage =
  | { readonly type: "report-changed" }
  | { readonly type: "others-changed" }
  | { readonly type: "kicked" };

/**
 * The routes, as a list for both ends. `:report` is a report's id.
 *
 * - `GET /k/:token` opens a link: sets the session cookie and redirects to `/` or `/r/:report`
 * - `GET /api/session` → {@link Session}; `DELETE /api/session` signs out
 * - `PATCH /api/chair` {@link ChairRequest}
 * - `GET /api/templates` → {@link TemplateChoice}[]
 * - `GET /api/reports` → {@link ReportSummary}[]; `POST /api/reports` → 201 {@link CreateReportResponse}
 * - `POST /api/reports/import` (a .tongket file as the raw body) → 201 {@link CreateReportResponse}; a report that exists is merged
 * - `POST /api/import/word?template=…` (a Word file as the raw body) → ImportPlan of the model: the file beside the template, nothing stored
 * - `POST /api/reports/:report/import/word` (a Word file as the raw body) → ImportPlan: the file beside the report, nothing stored
 * - `POST /api/reports/:report/returned?name=…&round=…&only=…` (a returned copy, or a zip of some, of which `only` names one, as the raw body; `round` is that of files that do not name theirs) → ({@link CopyPreview} | {@link CopyRefusal})[]: nothing stored
 * - `POST /api/reports/:report/returned/preview` {@link TakeCopiesRequest} → {@link TakenCopiesResponse}: what would become of them, all together; nothing stored
 * - `POST /api/reports/:report/returned/confirm` {@link TakeCopiesRequest} → {@link TakenCopiesResponse}: the remarks are in the notes of those who made them
 * - `GET /api/reports/:report` → {@link ReportInfo}; `DELETE` marks it deleted; `POST /api/reports/:report/restore` brings it back
 * - `PATCH /api/reports/:report/settings` {@link SettingsRequest}
 * - `GET /api/reports/:report/others` → what a delegate sees of other delegates' comments, a list of the comments part's OtherComment
 * - `GET /api/reports/:report/people` → {@link PersonRow}[]; `POST` {@link InviteRequest} → 201 {@link FreshLink}[]
 * - `POST /api/reports/:report/people/:person/link` revokes the person's links and → 201 {@link FreshLink}; `DELETE` only revokes
 * - `POST /api/reports/:report/rounds` {@link OpenRoundRequest} → 201 Round; `POST /api/reports/:report/rounds/:number/close` → Round
 * - `PATCH /api/reports/:report/rounds/:number` {@link ChangeRoundRequest} → Round
 * - `GET /api/reports/:report/versions/:version` → the frozen body as a Yjs update (octets); `POST /api/reports/:report/versions` {@link MakeVersionRequest} → 201 Version
 * - `POST /api/reports/:report/edits` {@link EditsRequest} → {@link Edit}[]: who changed these blocks since that version, and when
 * - `PATCH /api/reports/:report/versions/:version` {@link MakeVersionRequest} gives it another name → Version; there is no deletion
 * - `GET /api/reports/:report/export?as=final|draft|responses` → .docx; of the draft with `&track=all` proposed wordings as tracked changes, of the responses with `&columns=4|5`, and with `&format=csv|json` the table for other programs
 * - `GET …/export?as=final&format=html|md` → the final text as a page or as Markdown; any `as` with `&format=pdf` → what LibreOffice prints of the Word file
 * - `GET /api/reports/:report/export?as=for-comment` → .docx; `&round=` its number, else the open or newest; `&allow=comments|changes`; `&for=` a person's id: a delegate gets the copy for themselves alone
 * - `GET /api/reports/:report/archive` → .tongket; `POST` (raw body) merges one into this report
 * - `GET /api/health` → `{ "ok": true }`
 * - `GET /collab` upgrades to the Hocuspocus socket; one socket may carry many documents
 */
export const API = "/api";
