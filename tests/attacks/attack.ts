import * as Y from "yjs";
import type { Role } from "#model";
import { Intruder } from "./intruder.ts";
import type { Somebody, Stage } from "./stage.ts";

/** What an attacker has at hand: the stage, who they are, and how to come in. */
export interface Raid {
  readonly stage: Stage;
  readonly report: string;
  readonly me: Somebody;
  readonly body: string;
  readonly decisions: string;
  /** The attacker's own notes. */
  readonly notes: string;
  /** A socket of the attacker's. */
  enter(headers?: Record<string, string>): Intruder;
}

/**
 * One attack. `outcome` is how the server has to answer it: the code and the reason with which the socket is closed;
 * `door:` and why a document is not opened; `HTTP` and the status; `not stored` where the update is answered so; or
 * `no effect`, where it changes nothing for anybody. `run` gives what came of it, in the same words.
 */
export interface Attack {
  readonly name: string;
  readonly as: Exclude<Role, "chair"> | "chair" | "stranger";
  readonly outcome: string;
  /** The victims pause: what is forged in the place of their next letter comes too late once that letter is there. */
  readonly still?: true;
  readonly run: (raid: Raid) => Promise<string>;
}

/** What `edit` does to a copy of what is known, as one update; by a Yjs client of one's choosing. */
export function updateOf(base: Y.Doc, edit: (doc: Y.Doc) => void, client?: number): Uint8Array {
  const doc = new Y.Doc();
  Y.applyUpdate(doc, Y.encodeStateAsUpdate(base));
  if (client !== undefined) doc.clientID = client;
  const before = Y.encodeStateVector(doc);
  edit(doc);
  return Y.encodeStateAsUpdate(doc, before);
}

/** How a socket ends, or that it does not. */
export async function ending(intruder: Intruder): Promise<string> {
  const patience = new Promise<null>((resolve) => setTimeout(() => resolve(null), 30_000));
  const closed = await Promise.race([intruder.closed, patience]);
  if (closed === null) return "socket left open";
  return `${closed.code} ${closed.reason}`.trim();
}

/** Sits down at a document, sends updates, and tells how the socket ends. */
export async function force(
  raid: Raid,
  name: string,
  updates: Uint8Array | readonly Uint8Array[],
  step: 1 | 2 = 2,
): Promise<string> {
  const intruder = raid.enter();
  const denied = await intruder.sit(name);
  if (denied !== null) return `door: ${denied}`;
  for (const update of updates instanceof Uint8Array ? [updates] : updates) intruder.update(name, update, step);
  return ending(intruder);
}

/** Knocks at a document. */
export async function knock(raid: Raid, name: string): Promise<string> {
  const denied = await raid.enter().sit(name);
  return denied === null ? "opened" : `door: ${denied}`;
}

/** Sits down at the body and sends raw bytes as one message. */
export async function throwBytes(raid: Raid, bytes: readonly number[] | Uint8Array): Promise<string> {
  const intruder = raid.enter();
  await intruder.sit(raid.body);
  intruder.bytes(bytes instanceof Uint8Array ? bytes : Uint8Array.from(bytes));
  return ending(intruder);
}

/** Awaits an answer to one more, harmless message: what was sent before has been dealt with. */
export async function settled(intruder: Intruder, name: string): Promise<string> {
  const count = intruder.answers.length;
  intruder.update(name, Uint8Array.of(0, 0));
  const gone = await Promise.race([intruder.until(() => intruder.answers.length > count), intruder.closed]);
  return gone ? `${gone.code} ${gone.reason}` : "no effect";
}
