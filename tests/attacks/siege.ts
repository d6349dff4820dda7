import * as Y from "yjs";
import { docFrom } from "#collab";
import { ANSWER_ATTACKS } from "./answers.ts";
import type { Attack, Raid } from "./attack.ts";
import { BODY_ATTACKS } from "./bodies.ts";
import { FLOOD_ATTACKS } from "./floods.ts";
import { FRAME_ATTACKS } from "./frames.ts";
import { Intruder } from "./intruder.ts";
import { PEOPLE_ATTACKS } from "./people.ts";
import { RECORD_ATTACKS } from "./records.ts";
import type { Somebody, Stage } from "./stage.ts";

/** Every attack there is. */
export const ATTACKS: readonly Attack[] = [
  ...RECORD_ATTACKS,
  ...ANSWER_ATTACKS,
  ...BODY_ATTACKS,
  ...PEOPLE_ATTACKS,
  ...FRAME_ATTACKS,
  ...FLOOD_ATTACKS,
];

/** What came of an attack. */
export interface Report {
  readonly attack: Attack;
  /** How it was refused. */
  readonly outcome: string;
  /** The line of the log that tells of it. */
  readonly line: string;
  /** What the victims noticed, and whatever else is not as it must be; empty where all is well. */
  readonly faults: readonly string[];
}

/**
 * Makes one attack while the victims work, and looks what it did: how it was answered, what the log says, and whether
 * the victims' documents are, byte for byte, what the victims wrote, for them and for whoever loads them afresh.
 */
export async function besiege(stage: Stage, attack: Attack): Promise<Report> {
  const me = await attacker(stage, attack);
  const begun = stage.log.length;
  const raid: Raid = {
    stage,
    report: stage.report,
    me,
    body: `${stage.report}/body`,
    decisions: `${stage.report}/decisions`,
    notes: `${stage.report}/notes/${me.person.id}`,
    enter: (headers) => new Intruder(me.browser, headers),
  };
  const working = attack.still ? undefined : setInterval(() => stage.work(), 15);
  const faults: string[] = [];
  let outcome: string;
  try {
    outcome = await attack.run(raid);
  } catch (error) {
    outcome = `failed: ${error instanceof Error ? error.message : String(error)}`;
  } finally {
    clearInterval(working);
  }
  if (outcome !== attack.outcome) faults.push(`${outcome}, not ${attack.outcome}`);
  const line = lineOf(stage.log.slice(begun), attack, me);
  if (line === "" && attack.outcome !== "no effect") faults.push("the log says nothing of it");
  faults.push(...(await harm(stage)));
  return { attack, outcome, line, faults };
}

async function attacker(stage: Stage, { as, name }: Attack): Promise<Somebody> {
  if (as === "chair") return { person: stage.victims.chair.person, browser: stage.victims.chair.browser };
  const nobody = { id: "nobody", name: "Người lạ", unit: "", role: "reader" } as const;
  if (as === "stranger") return { person: nobody, browser: stage.stranger() };
  return stage.invite(as, `Kẻ phá (${name})`.slice(0, 100));
}

/** The last line that names the attacker and the reason. */
function lineOf(lines: readonly string[], { outcome, as }: Attack, { person }: Somebody): string {
  // Whose link holds no longer is known by the address alone.
  const nameless = as === "stranger" || /signed-out|link-revoked/.test(outcome);
  const named = lines.filter((line) => nameless || as === "chair" || line.includes(person.id));
  const [, reason = ""] = /^(?:4\d\d\d|HTTP \d+|door:) ?(.*)$/.exec(outcome) ?? [];
  const said = named.findLast((line) => outcome.startsWith("door:") || line.includes(reason)) ?? "";
  if (said === "") return "";
  const { msg, reason: why, document }: { msg?: string; reason?: string; document?: string } = JSON.parse(said);
  return [msg, why, document].filter((word) => word !== undefined).join(" · ");
}

/** What is not as the victims left it. */
async function harm(stage: Stage): Promise<string[]> {
  const faults: string[] = [];
  const patience = new Promise<"late">((resolve) => setTimeout(() => resolve("late"), 10_000));
  if ((await Promise.race([stage.saved(), patience])) === "late") faults.push("the victims' work is not stored");
  for (const [name, { by, at }] of stage.victims.open) {
    const fresh = new Intruder(by.browser);
    const isSame = async (): Promise<boolean> => same(canonical(await fresh.read(name)), canonical(at.doc));
    // A board follows its notes in a moment.
    let agrees = await isSame();
    for (let tries = 0; tries < 50 && name.includes("/board") && !agrees; tries++) {
      await pause(100);
      agrees = await isSame();
    }
    if (!agrees) faults.push(`${name} differs from what the victim has`);
    fresh.socket.close();
  }
  const { drafter } = stage.victims;
  const own = stage.at("body").doc;
  const writers = [...own.store.clients.keys()].filter((client) => client !== own.clientID);
  if (writers.length > 1) faults.push("somebody else has written in the text");
  for (const [client, state] of stage.at("body").provider.awareness?.getStates() ?? []) {
    const user: { id?: string } | undefined = state["user"];
    if (client !== own.clientID && user?.id === drafter.person.id) faults.push("somebody is present as the victim");
  }
  for (const { at } of stage.victims.open.values()) {
    if (at.messages.some(({ type }) => type === "kicked")) faults.push("a victim was told to leave");
  }
  return [...faults, ...stage.noticed.splice(0)];
}

/** A document's bytes, packed alike however it came together. */
function canonical(doc: Y.Doc): Uint8Array {
  return Y.encodeStateAsUpdate(docFrom(Y.encodeStateAsUpdate(docFrom(Y.encodeStateAsUpdate(doc)))));
}

function same(a: Uint8Array, b: Uint8Array): boolean {
  return Buffer.from(a).equals(Buffer.from(b));
}

function pause(time: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, time));
}
