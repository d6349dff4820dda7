import { fork } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { docFrom, slotText } from "#collab";
import { anchorRange, boardMap, putComment } from "#comments";
import { slotsOf } from "#model";
import type { Comment } from "#model";
import type { FreshLink } from "#protocol";
import * as Y from "yjs";
import { shippedCatalogue } from "../support/catalogue.ts";
import type { Told } from "./conference-process.ts";
import { Session } from "./guests.ts";
import type { Extent } from "./history.ts";
import type { BenchRow } from "./row.ts";
import { benchRow } from "./row.ts";
import { share } from "./sample.ts";
import { Seat } from "./seat.ts";
import { prepare } from "./workspace.ts";
import { writtenHistories } from "./written.ts";

const BLOCKS = 300;
const COMMITTEE = 5;

/** Often enough for everyone to see a caret move, in milliseconds. */
const MOVING = 250;

/** How long is waited for what was sent, in milliseconds: what has not come then is lost. */
const PATIENCE = 60_000;

export interface Conference {
  readonly people: number;
  /** Over how many seconds they come. */
  readonly within: number;
  /** How many comment, all at the same moment. */
  readonly commenting: number;
}

interface Measured {
  /** Of each delegate, from the link to the draft that can be commented on, in milliseconds. */
  readonly joining: readonly number[];
  /** Of each comment, from the device until the committee has it. */
  readonly hearing: readonly number[];
  readonly lost: number;
  readonly turnedOut: number;
  readonly memory: number;
  readonly heard: { readonly text: number; readonly presence: number };
}

/** A person at a conference who has the draft before them. */
interface Delegate {
  readonly seat: Seat;
  comment(n: number): string;
}

/**
 * A conference on one machine: people open the draft within so many seconds, many comment at the same moment, the
 * committee moves its carets all the while. Our server beside a bare Hocuspocus, where all share one document with the
 * text and a map of comments, each in a process of its own. What is there after our server was killed and
 * started again is counted as well.
 */
export async function benchConference(conference: Conference): Promise<BenchRow[]> {
  const ours = await atOurs(conference);
  const peer = await atBare(conference);
  const name = `conference of ${conference.people}`;
  const row = (what: string, unit: string, figure: (one: Measured) => number): BenchRow =>
    benchRow(`${name}: ${what}`, unit, figure(ours), figure(peer));
  return [
    row("joining, p50", "ms", ({ joining }) => share(joining, 0.5)),
    row("joining, p95", "ms", ({ joining }) => share(joining, 0.95)),
    row(`${conference.commenting} comment at once, until the committee has it, p50`, "ms", ({ hearing }) =>
      share(hearing, 0.5),
    ),
    row("the same, p95", "ms", ({ hearing }) => share(hearing, 0.95)),
    row("comments lost", "", ({ lost }) => lost),
    row("people turned out", "", ({ turnedOut }) => turnedOut),
    row("memory of the server, all being there", "MB", ({ memory }) => memory / 1e6),
    row("received by all, text and comments", "MB", ({ heard }) => heard.text / 1e6),
    row("received by all, who is where", "MB", ({ heard }) => heard.presence / 1e6),
  ];
}

async function extentOf(): Promise<Extent> {
  const { templates } = await shippedCatalogue();
  const template = templates.get("party-cell");
  if (!template) throw new Error("the cell's template is shipped");
  return { blocks: BLOCKS, edits: 20_000, comments: 0, people: 20, slots: slotsOf(template).map(({ id }) => id) };
}

async function atOurs(conference: Conference): Promise<Measured> {
  const data = mkdtempSync(join(tmpdir(), "tongket-conference-"));
  let process = await Process.start("ours", data);
  try {
    const chair = new Session(process.url);
    await chair.open(process.chairLink);
    const { report } = await prepare(chair, { blocks: BLOCKS, edits: 20_000, comments: 0 });
    const invite = async (role: string, count: number): Promise<FreshLink[]> =>
      chair.ask(
        "POST",
        `/api/reports/${report}/people`,
        JSON.stringify({
          people: Array.from({ length: count }, (_, n) => ({ role, name: `Người số ${n}`, unit: `Chi bộ ${n % 30}` })),
        }),
      );
    const drafters = await invite("drafter", COMMITTEE);
    const links = await invite("delegate", conference.people);
    const boards: Y.Doc[] = [];
    const committee: Seat[] = [];
    for (const { url } of drafters) {
      const session = new Session(process.url);
      await session.open(url);
      const seat = await Seat.take(session.door);
      await seat.open(`${report}/body`);
      boards.push(await seat.open(`${report}/board`));
      committee.push(seat);
    }
    const board = boards[0];
    if (!board) throw new Error("there is no committee");
    const measured = await meet(conference, {
      process,
      committee,
      body: `${report}/body`,
      comments: boardMap(board),
      join: async (n) => {
        const link = links[n];
        if (!link) throw new Error("there are fewer links than people");
        const session = new Session(process.url);
        await session.open(link.url);
        await session.get(`/api/reports/${report}`);
        const draft = docFrom(
          new Uint8Array(await (await session.get(`/api/reports/${report}/versions/v1`)).arrayBuffer()),
        );
        const seat = await Seat.take(session.door);
        const [notes] = await Promise.all([
          seat.open(`${report}/notes/${link.person.id}`),
          seat.open(`${report}/board/${link.person.id}`),
        ]);
        return { seat, comment: (i) => put(notes, seat, commentOf(draft, link.person.id, i)) };
      },
    });
    // A server that is killed has what it had said that it has.
    process.kill();
    process = await Process.start("ours", data);
    const after = new Session(process.url);
    await after.open(process.chairLink);
    const seat = await Seat.take(after.door);
    const kept = boardMap(await seat.open(`${report}/board`)).size;
    seat.leave();
    return { ...measured, lost: Math.max(measured.lost, conference.commenting - kept) };
  } finally {
    process.kill();
    rmSync(data, { recursive: true, force: true });
  }
}

async function atBare(conference: Conference): Promise<Measured> {
  const { ours, peer } = await writtenHistories(await extentOf());
  const process = await Process.start("peer", peer.bytes);
  // The same comments, word for word, about the same places.
  const draft = docFrom(new Uint8Array(readFileSync(ours.bytes)));
  try {
    const committee: Seat[] = [];
    const docs: Y.Doc[] = [];
    for (let i = 0; i < COMMITTEE; i++) {
      const seat = await Seat.take({ url: process.url, headers: {} });
      docs.push(await seat.open("report"));
      committee.push(seat);
    }
    const first = docs[0];
    if (!first) throw new Error("there is no committee");
    return await meet(conference, {
      process,
      committee,
      body: "report",
      comments: first.getMap("comments"),
      join: async (n) => {
        const seat = await Seat.take({ url: process.url, headers: {} });
        const doc = await seat.open("report");
        // As any editor with cursors does.
        seat.appear("report", doc.clientID, { user: { name: `Người số ${n}`, color: "#1d5fa8" } });
        return {
          seat,
          comment: (i) => {
            const comment = commentOf(draft, `person-${n}`, i);
            doc.transact(() => doc.getMap("comments").set(comment.id, comment), seat);
            return comment.id;
          },
        };
      },
    });
  } finally {
    process.kill();
  }
}

interface Meeting {
  readonly process: Process;
  readonly committee: readonly Seat[];
  readonly body: string;
  /** The comments that the committee has, under keys that end with their ids. */
  readonly comments: Y.Map<unknown>;
  readonly join: (n: number) => Promise<Delegate>;
}

async function meet({ people, within, commenting }: Conference, meeting: Meeting): Promise<Measured> {
  let moves = 0;
  const clients = meeting.committee.map(() => 1 + Math.floor(Math.random() * 2 ** 31));
  const moving = setInterval(() => {
    const n = moves++ % meeting.committee.length;
    meeting.committee[n]?.appear(meeting.body, clients[n] ?? 1, {
      cursor: { anchor: { item: { client: 1, clock: moves } } },
    });
  }, MOVING / meeting.committee.length);
  const joining: number[] = [];
  const delegates = await Promise.all(
    Array.from({ length: people }, async (_, n) => {
      await rest((n * within * 1000) / people);
      const begun = performance.now();
      const delegate = await meeting.join(n);
      joining.push(performance.now() - begun);
      return delegate;
    }),
  );
  const memory = await meeting.process.memory();
  const sent = new Map<string, number>();
  const hearing = new Map<string, number>();
  meeting.comments.observe(({ keysChanged }) => {
    for (const key of keysChanged) {
      const id = key.split("/").at(-1) ?? key;
      const begun = sent.get(id);
      if (begun !== undefined && !hearing.has(id)) hearing.set(id, performance.now() - begun);
    }
  });
  for (const [i, delegate] of delegates.slice(0, commenting).entries()) {
    const begun = performance.now();
    sent.set(delegate.comment(i), begun);
  }
  const until = performance.now() + PATIENCE;
  while (hearing.size < sent.size && performance.now() < until) await rest(20);
  clearInterval(moving);
  const seats = [...meeting.committee, ...delegates.map(({ seat }) => seat)];
  const turnedOut = seats.filter(({ closed }) => closed !== null).length;
  for (const seat of seats) seat.leave();
  const sum = (of: (seat: Seat) => number): number => seats.reduce((all, seat) => all + of(seat), 0);
  return {
    joining,
    hearing: [...hearing.values()],
    lost: sent.size - hearing.size,
    turnedOut,
    memory,
    heard: { text: sum(({ heard }) => heard.text), presence: sum(({ heard }) => heard.presence) },
  };
}

/** A remark of two sentences on some words of the draft. */
function commentOf(draft: Y.Doc, author: string, n: number): Comment {
  const slots = [...draft.share.keys()].filter((root) => root.startsWith("slot:")).toSorted();
  const slot = slots[n % slots.length]?.slice("slot:".length) ?? "";
  const text = slotText(draft, slot);
  const from = 1 + ((n * 37) % Math.max(1, text.length - 60));
  const { anchor, quote } = anchorRange(text, from, Math.min(text.length, from + 40));
  return {
    id: `c-${author}-${n}`,
    author,
    round: 1,
    target: { scope: "range", slot, anchor, quote: { ...quote, exact: quote.exact.trim() === "" ? "…" : quote.exact } },
    kind: "clarify",
    text: `Đề nghị làm rõ thêm nội dung này và nêu số liệu cụ thể để đại biểu dễ theo dõi (${n}). Xin cảm ơn Tổ biên tập.`,
    createdAt: new Date().toISOString(),
    withdrawn: false,
  };
}

function put(notes: Y.Doc, seat: Seat, comment: Comment): string {
  putComment(notes, comment, seat);
  return comment.id;
}

/** A server in a process of its own. */
class Process {
  readonly #child: ChildProcess;
  readonly url: string;
  readonly chairLink: string;

  private constructor(child: ChildProcess, { url, chairLink }: Told) {
    this.#child = child;
    this.url = url;
    this.chairLink = chairLink;
  }

  static async start(side: "ours" | "peer", place: string): Promise<Process> {
    const child = fork(join(import.meta.dirname, "conference-process.ts"), [side, place], {
      execArgv: ["--import", "tsx"],
    });
    const told = await new Promise<Told>((resolve, reject) => {
      child.once("message", (message) => resolve(message as Told));
      child.once("exit", () => reject(new Error(`the server of ${side} did not start`)));
    });
    return new Process(child, told);
  }

  /** In bytes. */
  async memory(): Promise<number> {
    return new Promise((resolve) => {
      this.#child.once("message", (message) => resolve(Number(message)));
      this.#child.send("memory");
    });
  }

  kill(): void {
    this.#child.kill("SIGKILL");
  }
}

async function rest(milliseconds: number): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, milliseconds));
}
