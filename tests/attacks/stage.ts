import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { slotText } from "#collab";
import {
  anchorRange,
  confirmPlace,
  mergeComments,
  proposeDecision,
  putComment,
  putReply,
  validateDecision,
} from "#comments";
import type { Comment, Person, Role } from "#model";
import type { FreshLink } from "#protocol";
import type { RunningServer } from "#server";
import { startServer } from "#server";
import { Browser } from "../support/browser.ts";
import type { Line, OpenDocument } from "../support/browser.ts";

const ROOT = join(import.meta.dirname, "../..");

/** The slot in which the victims write. */
export const SLOT = "opening";

/** One of the people at the report: a browser, and what they have open. */
export interface Somebody {
  readonly person: Person;
  readonly browser: Browser;
}

/** The victims: three people at their work, each with a socket and the documents of their role. */
export interface Victims {
  readonly chair: Somebody;
  readonly drafter: Somebody;
  readonly delegate: Somebody;
  readonly lines: readonly Line[];
  /** What they have open, by name; each of one's own client. */
  readonly open: ReadonlyMap<string, { readonly by: Somebody; readonly at: OpenDocument }>;
}

/** The victims' records. */
export const RECORDS = { comment: "v-comment", reply: "v-reply", later: "v-later", same: "v-same" } as const;

/** A real server on this machine with people at work, and its log. */
export class Stage {
  readonly server: RunningServer;
  readonly report: string;
  readonly victims: Victims;
  readonly log: readonly string[];
  /** What the victims have noticed beyond their own work. */
  readonly noticed: string[] = [];
  private readonly ends: (() => void)[];
  private letters = 0;

  private constructor(parts: Pick<Stage, "server" | "report" | "victims" | "log"> & { ends: (() => void)[] }) {
    this.server = parts.server;
    this.report = parts.report;
    this.victims = parts.victims;
    this.log = parts.log;
    this.ends = parts.ends;
    for (const line of this.victims.lines) {
      void line.closed.then(({ code, reason }) => this.noticed.push(`socket closed: ${code} ${reason}`));
    }
  }

  static async open(): Promise<Stage> {
    const data = mkdtempSync(join(tmpdir(), "tongket-attacks-"));
    const log: string[] = [];
    const ends: (() => void)[] = [];
    const server = await startServer({
      root: ROOT,
      data,
      port: 0,
      host: "127.0.0.1",
      client: join(ROOT, "dist", "client"),
      sample: false,
      log: "warn",
      logTo: { write: (line) => void log.push(line) },
    });
    ends.push(() => rmSync(data, { recursive: true, force: true }));
    const atEnd = (end: () => void): void => void ends.push(end);
    const browser = new Browser(server, atEnd);
    await browser.open(server.chairLink);
    const fields = { organisation: "Đảng ủy Mẫu", year: "2021", place: "Hà Nội" };
    const form = { template: "party-committee", fields };
    const { id: report } = await browser.ask<{ id: string }>("POST", "/api/reports", form, 201);
    await browser.ask("POST", `/api/reports/${report}/rounds`, {}, 201);
    const chair: Somebody = { browser, person: (await browser.info(report)).me };
    const drafter = await invite(chair, report, "drafter", "Nạn nhân soạn thảo");
    const delegate = await invite(chair, report, "delegate", "Nạn nhân đại biểu");
    const wanted: readonly [Somebody, string][] = [
      [chair, `${report}/decisions`],
      [chair, `${report}/board`],
      [drafter, `${report}/body`],
      [delegate, `${report}/notes/${delegate.person.id}`],
      [delegate, `${report}/board/${delegate.person.id}`],
    ];
    const lines = new Map([chair, drafter, delegate].map((one) => [one, one.browser.line()]));
    const open: [string, { by: Somebody; at: OpenDocument }][] = [];
    for (const [by, name] of wanted) {
      const line = lines.get(by);
      if (line) open.push([name, { by, at: await line.document(name) }]);
    }
    const victims: Victims = { chair, drafter, delegate, lines: [...lines.values()], open: new Map(open) };
    const stage = new Stage({ server, report, victims, log, ends });
    await stage.begin();
    return stage;
  }

  /** One more person, with a link of their own. */
  invite(role: Exclude<Role, "chair">, name: string): Promise<Somebody> {
    return invite(this.victims.chair, this.report, role, name);
  }

  /** A browser in which no link was opened. */
  stranger(): Browser {
    return new Browser(this.server, (end) => void this.ends.push(end));
  }

  /** A document of the victims. */
  at(kind: "body" | "decisions" | "notes"): OpenDocument {
    const { delegate } = this.victims;
    const name = kind === "notes" ? `${this.report}/notes/${delegate.person.id}` : `${this.report}/${kind}`;
    const open = this.victims.open.get(name);
    if (!open) throw new Error(name);
    return open.at;
  }

  private async begin(): Promise<void> {
    const { delegate, drafter } = this.victims;
    slotText(this.at("body").doc, SLOT).insert(1, "Lời của nạn nhân.");
    this.at("body").provider.awareness?.setLocalState({ cursor: { anchor: "here" } });
    const notes = this.at("notes").doc;
    putComment(notes, this.comment(delegate.person.id, RECORDS.comment));
    putComment(notes, this.comment(delegate.person.id, RECORDS.later));
    putComment(notes, this.comment(delegate.person.id, RECORDS.same));
    putReply(notes, {
      id: RECORDS.reply,
      comment: RECORDS.comment,
      author: delegate.person.id,
      text: "Xin nói thêm.",
      createdAt: new Date().toISOString(),
      withdrawn: false,
    });
    await this.saved();
    const answers = await drafter.browser.line().document(`${this.report}/decisions`);
    for (const comment of [RECORDS.comment, RECORDS.later]) {
      const proposal = { comment, outcome: "keep", response: "Giữ như dự thảo." } as const;
      proposeDecision(answers.doc, proposal, drafter.person.id, new Date().toISOString());
    }
    const now = new Date().toISOString();
    const { anchor } = anchorRange(slotText(this.at("body").doc, SLOT), 1, 4);
    mergeComments(answers.doc, [RECORDS.same], RECORDS.later, drafter.person.id, now);
    confirmPlace(answers.doc, RECORDS.same, { slot: SLOT, anchor }, drafter.person.id, now);
    await answers.saved();
    const decisions = this.at("decisions");
    const sizes = (): number[] => ["decisions", "merges", "places"].map((root) => decisions.doc.getMap(root).size);
    await decisions.until(() => sizes().join(" ") === "2 1 1");
    validateDecision(decisions.doc, RECORDS.comment, this.victims.chair.person.id, new Date().toISOString());
    await this.saved();
    answers.provider.destroy();
  }

  /** A comment on the first slot, made now. */
  comment(author: string, id: string, more: Partial<Comment> = {}): Comment {
    return {
      id,
      author,
      round: 1,
      target: { scope: "slot", slot: SLOT },
      kind: "clarify",
      text: "Đề nghị nói rõ hơn.",
      createdAt: new Date().toISOString(),
      withdrawn: false,
      ...more,
    };
  }

  /** The victims go on with their work: a letter each. */
  work(): void {
    const n = ++this.letters;
    slotText(this.at("body").doc, SLOT).insert(1, String.fromCodePoint(97 + (n % 26)));
    if (n % 5 !== 0) return;
    const { delegate } = this.victims;
    const notes = this.at("notes").doc;
    const known = notes.getMap(`notes:${delegate.person.id}`).get(`c:${RECORDS.later}`);
    if (typeof known !== "object" || known === null) return;
    const editedAt = new Date().toISOString();
    notes.getMap(`notes:${delegate.person.id}`).set(`c:${RECORDS.later}`, { ...known, text: `Lần ${n}.`, editedAt });
  }

  /** Resolves when everything the victims have written is stored. */
  async saved(): Promise<void> {
    await Promise.all([...this.victims.open.values()].map(({ at }) => at.saved()));
  }

  async close(): Promise<void> {
    this.noticed.length = 0;
    for (const line of this.victims.lines) line.end();
    await this.server.close();
    for (const end of this.ends.toReversed()) end();
  }
}

async function invite(chair: Somebody, report: string, role: Exclude<Role, "chair">, name: string): Promise<Somebody> {
  const people = [{ role, name, unit: "Chi bộ Mẫu" }];
  const path = `/api/reports/${report}/people`;
  const [fresh] = await chair.browser.ask<FreshLink[]>("POST", path, { people }, 201);
  if (!fresh) throw new Error("no link");
  const browser = new Browser(chair.browser.server, chair.browser.atEnd);
  await browser.open(fresh.url);
  return { browser, person: fresh.person };
}
