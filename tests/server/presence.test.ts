import * as encoding from "lib0/encoding";
import { expect, it, onTestFinished } from "vitest";
import { Awareness, encodeAwarenessUpdate } from "y-protocols/awareness";
import * as Y from "yjs";
import { AWARENESS, Intruder } from "../attacks/intruder.ts";
import type { OpenDocument } from "./support.ts";
import { openHall } from "./support.ts";

interface State {
  readonly user?: { readonly id: string; readonly name: string; readonly color: string };
  readonly [key: string]: unknown;
}

/** Everybody else at a document, by client. */
function others(open: OpenDocument): Map<number, State> {
  const states = new Map<number, State>(open.provider.awareness?.getStates() ?? []);
  states.delete(open.doc.clientID);
  return states;
}

it("shows the committee to each other as the server knows them, with the cursor they send", async () => {
  const hall = await openHall();
  const [a, b] = [await hall.invite("drafter", "Bà A"), await hall.invite("drafter", "Ông B")];
  const first = await a.browser.line().document(`${hall.report}/body`);
  const second = await b.browser.line().document(`${hall.report}/body`);
  first.provider.awareness?.setLocalState({
    user: { id: b.person.id, name: "Ông B", color: "red; background: url(x)" },
    cursor: { anchor: "abc", head: "abc" },
    junk: "x".repeat(10_000),
  });
  await second.until(() => others(second).get(first.doc.clientID)?.["cursor"] !== undefined);
  const seen = others(second).get(first.doc.clientID);
  expect(seen).toEqual({
    user: { id: a.person.id, name: "Bà A", color: expect.stringMatching(/^#[0-9a-f]{6}$/) },
    cursor: { anchor: "abc", head: "abc" },
  });
  expect(others(second).size).toBe(1);
});

it("passes on no cursor that is absurdly large", async () => {
  const hall = await openHall();
  const [a, b] = [await hall.invite("drafter", "Bà A"), await hall.invite("drafter", "Ông B")];
  const first = await a.browser.line().document(`${hall.report}/body`);
  const second = await b.browser.line().document(`${hall.report}/body`);
  first.provider.awareness?.setLocalState({ cursor: { anchor: "x".repeat(5000) } });
  await second.until(() => others(second).has(first.doc.clientID));
  expect(others(second).get(first.doc.clientID)).not.toHaveProperty("cursor");
});

it("lets nobody speak for another, and drops who leaves", async () => {
  const hall = await openHall();
  const [a, b] = [await hall.invite("drafter", "Bà A"), await hall.invite("drafter", "Ông B")];
  const name = `${hall.report}/body`;
  const watcher = await hall.chair.line().document(name);
  const victim = await a.browser.line().document(name);
  victim.provider.awareness?.setLocalStateField("cursor", { anchor: "mine" });
  await watcher.until(() => others(watcher).get(victim.doc.clientID)?.["cursor"] !== undefined);

  const raw = new Intruder(b.browser);
  await raw.sit(name);
  const forged = new Awareness(new Y.Doc());
  forged.clientID = victim.doc.clientID;
  for (let clock = 0; clock < 50; clock++) forged.setLocalState({ cursor: { anchor: "forged" } });
  const own = new Awareness(new Y.Doc());
  own.setLocalState({ cursor: { anchor: "own" } });
  onTestFinished(() => {
    forged.destroy();
    own.destroy();
  });
  const say = (who: Intruder, awareness: Awareness): void =>
    who.send(name, AWARENESS, (encoder) =>
      encoding.writeVarUint8Array(encoder, encodeAwarenessUpdate(awareness, [awareness.clientID])),
    );
  say(raw, forged);
  // Whoever was turned away for it is heard no more, not as themselves either.
  say(raw, own);
  expect(await raw.closed).toMatchObject({ reason: "foreign-client" });
  const again = new Intruder(b.browser);
  await again.sit(name);
  const later = new Awareness(new Y.Doc());
  onTestFinished(() => later.destroy());
  later.setLocalState({ cursor: { anchor: "later" } });
  say(again, later);
  await watcher.until(() => others(watcher).has(later.clientID));
  expect(others(watcher).get(later.clientID)?.user?.id).toBe(b.person.id);
  expect(others(watcher).get(victim.doc.clientID)).toMatchObject({
    user: { id: a.person.id },
    cursor: { anchor: "mine" },
  });
  expect(new Set(others(watcher).keys())).toEqual(new Set([victim.doc.clientID, later.clientID]));

  const left = performance.now();
  again.socket.close();
  await watcher.until(() => !others(watcher).has(later.clientID));
  // Not after the half minute for which one may be silent.
  expect(performance.now() - left).toBeLessThan(20_000);
  expect(others(watcher).has(victim.doc.clientID)).toBe(true);
});

it("hides readers", async () => {
  const hall = await openHall();
  const reader = await hall.invite("reader");
  const drafter = await hall.invite("drafter");
  const name = `${hall.report}/body`;
  const watcher = await hall.chair.line().document(name);
  const quiet = await reader.browser.line().document(name);
  quiet.provider.awareness?.setLocalState({ cursor: { anchor: "here" } });
  const seen = await drafter.browser.line().document(name);
  seen.provider.awareness?.setLocalState({ cursor: { anchor: "here" } });
  await watcher.until(() => others(watcher).has(seen.doc.clientID));
  expect(others(watcher).has(quiet.doc.clientID)).toBe(false);
});
