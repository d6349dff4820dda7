import { connect } from "node:net";
import * as encoding from "lib0/encoding";
import { expect, it } from "vitest";
import * as Y from "yjs";
import { fieldsMap, slotText } from "#collab";
import { notesMap, putComment, proposeDecision, validateDecision } from "#comments";
import type { Comment } from "#model";
import { CLOSE } from "#protocol";
import { AUTH, BROADCAST_STATELESS, RawGuest } from "./raw-guest.ts";
import type { Guest, Hall, OpenDocument } from "./support.ts";
import { Browser, openHall } from "./support.ts";

const SLOT = "opening";
const AT = "2022-01-18T02:15:00.000Z";

function comment(author: string, id = "c1", round = 1): Comment {
  return {
    id,
    author,
    round,
    target: { scope: "slot", slot: SLOT },
    kind: "clarify",
    text: "Đề nghị nói rõ hơn.",
    createdAt: AT,
    withdrawn: false,
  };
}

/** What `edit` does to a copy of what the server has, as one update. */
function updateOf(base: Y.Doc, edit: (doc: Y.Doc) => void, client?: number): Uint8Array {
  const doc = new Y.Doc();
  Y.applyUpdate(doc, Y.encodeStateAsUpdate(base));
  if (client !== undefined) doc.clientID = client;
  const before = Y.encodeStateVector(doc);
  edit(doc);
  return Y.encodeStateAsUpdate(doc, before);
}

/** Eleven bytes that say: of this client, so many things were once there and are gone. */
function emptySpace(client: number, length: number): Uint8Array {
  const encoder = encoding.createEncoder();
  for (const number of [1, 1, client, 0]) encoding.writeVarUint(encoder, number);
  encoding.writeUint8(encoder, 0);
  encoding.writeVarUint(encoder, length);
  encoding.writeVarUint(encoder, 0);
  return encoding.toUint8Array(encoder);
}

/** Sends one update to a document over a socket of its own; how the socket was closed. */
async function attack(guest: Browser, name: string, update: Uint8Array, step: 1 | 2 = 2): Promise<string> {
  const raw = new RawGuest(guest);
  await raw.sit(name);
  raw.update(name, update, step);
  const { code, reason } = await raw.closed;
  expect(code).toBe(CLOSE.refused);
  return reason;
}

interface Scene {
  readonly hall: Hall;
  readonly victim: Guest;
  readonly attacker: Guest;
  readonly body: OpenDocument;
  readonly name: string;
}

async function openScene(): Promise<Scene> {
  const hall = await openHall();
  const [victim, attacker] = [await hall.invite("drafter", "Nạn nhân"), await hall.invite("drafter", "Kẻ phá")];
  const name = `${hall.report}/body`;
  const body = await victim.browser.line().document(name);
  slotText(body.doc, SLOT).insert(1, "Lời của nạn nhân.");
  await body.saved();
  return { hall, victim, attacker, body, name };
}

/** The victim writes on, and a fresh reader sees exactly what the victim sees. */
async function unharmed({ hall, body, name }: Scene): Promise<void> {
  slotText(body.doc, SLOT).insert(1, "Còn nguyên. ");
  await body.saved();
  const fresh = await hall.chair.line().document(name);
  expect(fresh.doc.getText(`slot:${SLOT}`).toDelta()).toEqual(slotText(body.doc, SLOT).toDelta());
  expect(slotText(body.doc, SLOT).toJSON()).toContain("Lời của nạn nhân.");
}

it("refuses updates of the body that are broken, incomplete, foreign, absurd, out of place or nested", async () => {
  const scene = await openScene();
  const { attacker, body, name } = scene;
  const { browser } = attacker;
  expect(await attack(browser, name, Uint8Array.from([1, 2, 3, 250, 251]))).toBe("malformed");

  const missing = new Y.Doc();
  slotText(missing, SLOT).insert(0, "một");
  const first = Y.encodeStateVector(missing);
  slotText(missing, SLOT).insert(3, "hai");
  expect(await attack(browser, name, Y.encodeStateAsUpdate(missing, first))).toBe("pending");
  expect(await attack(browser, name, Y.encodeStateAsUpdate(missing, first), 1)).toBe("pending");

  const asVictim = updateOf(body.doc, (doc) => slotText(doc, SLOT).insert(1, "giả "), body.doc.clientID);
  expect(await attack(browser, name, asVictim)).toBe("foreign-client");
  expect(await attack(browser, name, asVictim, 1)).toBe("foreign-client");

  expect(await attack(browser, name, emptySpace(77, 2 ** 31))).toBe("absurd-length");
  expect(
    await attack(
      browser,
      name,
      updateOf(body.doc, (doc) => doc.getMap("evil").set("a", 1)),
    ),
  ).toBe("unknown-root");
  expect(
    await attack(
      browser,
      name,
      updateOf(body.doc, (doc) => slotText(doc, "no-slot").insert(0, "x")),
    ),
  ).toBe("unknown-root");
  expect(
    await attack(
      browser,
      name,
      updateOf(body.doc, (doc) => fieldsMap(doc).set("a", new Y.Map())),
    ),
  ).toBe("nested-type");
  expect(
    await attack(
      browser,
      name,
      updateOf(body.doc, (doc) => doc.getXmlFragment("table:t1").insert(0, [new Y.XmlElement("table_row")])),
    ),
  ).toBe("nested-type");
  expect(
    await attack(
      browser,
      name,
      updateOf(body.doc, (doc) => doc.getText("table:t1:row").insert(0, "x")),
    ),
  ).toBe("unknown-root");
  await unharmed(scene);
});

it("keeps a Yjs client for the person who was seen with it first, also over a restart of the document", async () => {
  const scene = await openScene();
  const { hall, attacker, victim, body, name } = scene;
  const client = body.doc.clientID;
  const state = new Y.Doc();
  Y.applyUpdate(state, Y.encodeStateAsUpdate(body.doc));
  body.provider.destroy();
  const forged = updateOf(state, (doc) => slotText(doc, SLOT).insert(1, "giả "), client);
  expect(await attack(attacker.browser, name, forged)).toBe("foreign-client");
  const own = await victim.browser.line().document(name);
  expect(slotText(own.doc, SLOT).toJSON()).toContain("Lời của nạn nhân.");
  expect(slotText(own.doc, SLOT).toJSON()).not.toContain("giả");
  expect(hall.report).toBe(name.split("/")[0]);
});

it("drops what a reader writes, and does not send the reader away", async () => {
  const scene = await openScene();
  const { hall, body, name } = scene;
  const reader = await hall.invite("reader");
  const raw = new RawGuest(reader.browser);
  await raw.sit(name);
  for (const step of [1, 2] as const) {
    raw.update(
      name,
      updateOf(body.doc, (doc) => slotText(doc, SLOT).insert(1, "lén ")),
      step,
    );
  }
  await raw.until(() => raw.answers.length === 2);
  expect(raw.answers).toEqual([false, false]);
  expect(raw.socket.readyState).toBe(raw.socket.OPEN);
  await unharmed(scene);
  expect(slotText(body.doc, SLOT).toJSON()).not.toContain("lén");
});

it("refuses notes in another's name, out of shape, or after the round", async () => {
  const hall = await openHall();
  const delegate = await hall.invite("delegate");
  const other = await hall.invite("delegate", "Người khác");
  const { browser, person } = delegate;
  const name = `${hall.report}/notes/${person.id}`;
  const empty = new Y.Doc();
  const with_ = (edit: (doc: Y.Doc) => void): Promise<string> => attack(browser, name, updateOf(empty, edit));

  expect(await with_((doc) => putComment(doc, comment(person.id)))).toBe("round-closed");
  await hall.chair.ask("POST", `/api/reports/${hall.report}/rounds`, {}, 201);
  const notes = (doc: Y.Doc) => notesMap(doc, person.id);
  expect(await with_((doc) => notes(doc).set("c:c1", comment(other.person.id)))).toBe("not-yours");
  expect(await with_((doc) => notes(doc).set("c:else", comment(person.id)))).toBe("bad-record");
  expect(await with_((doc) => notes(doc).set("c:c1", { ...comment(person.id), text: "x".repeat(20_000) }))).toBe(
    "bad-record",
  );
  expect(await with_((doc) => putComment(doc, comment(other.person.id)))).toBe("unknown-root");
  expect(await browser.line().denied(`${hall.report}/notes/${other.person.id}`)).toBe("forbidden");

  const open = await browser.line().document(name);
  putComment(open.doc, comment(person.id));
  await open.saved();
  expect(
    await attack(
      browser,
      name,
      updateOf(open.doc, (doc) => notes(doc).delete("c:c1")),
    ),
  ).toBe("bad-record");
  const taken = other.browser;
  const theirs = `${hall.report}/notes/${other.person.id}`;
  expect(
    await attack(
      taken,
      theirs,
      updateOf(empty, (doc) => putComment(doc, comment(other.person.id))),
    ),
  ).toBe("not-yours");
  await hall.chair.ask("POST", `/api/reports/${hall.report}/rounds/1/close`, {}, 200);
  expect(
    await attack(
      browser,
      name,
      updateOf(open.doc, (doc) => putComment(doc, { ...comment(person.id), text: "Sửa" })),
    ),
  ).toBe("round-closed");
  const after = await browser.line().document(name);
  expect(notes(after.doc).toJSON()).toEqual({ "c:c1": comment(person.id) });
});

it("lets nobody fill the disk with one document", async () => {
  const hall = await openHall();
  const delegate = await hall.invite("delegate");
  await hall.chair.ask("POST", `/api/reports/${hall.report}/rounds`, {}, 201);
  const { id } = delegate.person;
  const name = `${hall.report}/notes/${id}`;
  const raw = new RawGuest(delegate.browser);
  await raw.sit(name);
  const doc = new Y.Doc();
  const put = (n: number): Uint8Array => {
    const before = Y.encodeStateVector(doc);
    doc.transact(() => {
      for (let i = 0; i < 100; i++) putComment(doc, { ...comment(id, `c${n}-${i}`), text: "x".repeat(10_000) });
    });
    return Y.encodeStateAsUpdate(doc, before);
  };
  for (let n = 0; n < 10; n++) raw.update(name, put(n));
  expect(await raw.closed).toEqual({ code: CLOSE.refused, reason: "too-large" });
  expect(raw.answers.filter(Boolean).length).toBeGreaterThan(5);
});

it("lets drafters propose as themselves and the chair alone validate", async () => {
  const hall = await openHall();
  const drafter = await hall.invite("drafter");
  const other = await hall.invite("drafter", "Người khác");
  const delegate = await hall.invite("delegate");
  await hall.chair.ask("POST", `/api/reports/${hall.report}/rounds`, {}, 201);
  const notes = await delegate.browser.line().document(`${hall.report}/notes/${delegate.person.id}`);
  putComment(notes.doc, comment(delegate.person.id));
  await notes.saved();

  const name = `${hall.report}/decisions`;
  const proposal = { comment: "c1", outcome: "accept", response: "" } as const;
  const propose = (doc: Y.Doc, as = drafter.person.id) => proposeDecision(doc, proposal, as, AT);
  const empty = new Y.Doc();
  const { browser } = drafter;
  expect(
    await attack(
      browser,
      name,
      updateOf(empty, (doc) => propose(doc, other.person.id)),
    ),
  ).toBe("not-yours");
  expect(
    await attack(
      browser,
      name,
      updateOf(empty, (doc) => proposeDecision(doc, { ...proposal, comment: "c9" }, drafter.person.id, AT)),
    ),
  ).toBe("bad-record");
  const open = await browser.line().document(name);
  propose(open.doc);
  await open.saved();
  const validate = (doc: Y.Doc, as: string) => validateDecision(doc, "c1", as, AT);
  expect(
    await attack(
      browser,
      name,
      updateOf(open.doc, (doc) => validate(doc, drafter.person.id)),
    ),
  ).toBe("chair-only");
  expect(await delegate.browser.line().denied(name)).toBe("forbidden");

  const chair = await hall.chair.line().document(name);
  validate(chair.doc, (await hall.chair.info(hall.report)).me.id);
  await chair.saved();
  await open.until(() => JSON.stringify(open.doc.getMap("decisions").toJSON()).includes("validatedAt"));
});

it("lets nobody write a board", async () => {
  const hall = await openHall();
  const raw = new RawGuest(hall.chair);
  const name = `${hall.report}/board`;
  await raw.sit(name);
  raw.update(
    name,
    updateOf(new Y.Doc(), (doc) => doc.getMap("board").set("a", 1)),
  );
  await raw.until(() => raw.answers.length === 1);
  expect(raw.answers).toEqual([false]);
  const fresh = await hall.chair.line().document(name);
  expect(fresh.doc.getMap("board").toJSON()).toEqual({});
});

it("passes on no message that clients have no business to send", async () => {
  const scene = await openScene();
  const raw = new RawGuest(scene.attacker.browser);
  await raw.sit(scene.name);
  raw.send(scene.name, BROADCAST_STATELESS, (encoder) =>
    encoding.writeVarString(encoder, JSON.stringify({ type: "kicked" })),
  );
  await unharmed(scene);
  expect(scene.body.messages).toEqual([]);
});

it("survives broken frames and broken messages", async () => {
  const scene = await openScene();
  const { attacker, hall } = scene;
  const url = new URL(hall.server.url);
  const wire = connect(Number(url.port), url.hostname);
  wire.on("error", () => undefined);
  const over = new Promise((resolve) => wire.once("close", resolve));
  wire.write(
    `GET /collab HTTP/1.1\r\nHost: ${url.host}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nCookie: ${attacker.browser.cookie}\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n`,
  );
  await new Promise((resolve) => wire.once("data", resolve));
  wire.write(Buffer.from([0xf2, 0x84, 1, 2, 3, 4, 5, 6, 7, 8]));
  await over;

  for (const message of [[], [255], [3, 47], [200, 200, 200, 200, 200, 200]]) {
    const raw = new RawGuest(attacker.browser);
    await raw.opened();
    raw.socket.send(Uint8Array.from(message));
    raw.socket.close();
    await raw.closed;
  }
  const seated = new RawGuest(attacker.browser);
  await seated.sit(scene.name);
  seated.send(scene.name, 0, (encoder) => encoding.writeVarUint(encoder, 99));
  seated.send(scene.name, 1, (encoder) => encoding.writeVarUint8Array(encoder, Uint8Array.from([9, 9, 9])));
  seated.send(scene.name, 42, (encoder) => encoding.writeVarString(encoder, "?"));
  await unharmed(scene);
});

it("closes a socket that says too much at once", async () => {
  const scene = await openScene();
  const raw = new RawGuest(scene.attacker.browser);
  await raw.opened();
  raw.socket.send(new Uint8Array(5 * 1024 * 1024));
  expect((await raw.closed).code).toBe(1009);
  await unharmed(scene);
});

it("closes a socket that floods, and only that one", async () => {
  const scene = await openScene();
  const raw = new RawGuest(scene.attacker.browser);
  await raw.sit(scene.name);
  for (let i = 0; i < 6000; i++) raw.send(scene.name, 5, (encoder) => encoding.writeVarString(encoder, "x"));
  expect(await raw.closed).toEqual({ code: CLOSE.flooding, reason: "flooding" });
  await unharmed(scene);
});

it("gives no seat without a session, and little room before one is taken", async () => {
  const scene = await openScene();
  const { hall, attacker } = scene;
  const nobody = new Browser(hall.server);
  for (const cookie of ["", "tongket-x=y", attacker.browser.cookie.replace(/.$/, "_")]) {
    nobody.cookie = cookie;
    expect(await new RawGuest(nobody).closed).toEqual({ code: CLOSE.signedOut, reason: "signed-out" });
  }
  const foreign = new RawGuest(attacker.browser, { origin: "https://example.org" });
  expect((await foreign.closed).code).toBe(1006);

  const greedy = new RawGuest(attacker.browser);
  await greedy.opened();
  for (let i = 0; i < 20; i++) {
    greedy.send(`${hall.report}/body`, 0, (encoder) =>
      encoding.writeVarUint8Array(encoder, new Uint8Array(1024 * 1024)),
    );
  }
  expect((await greedy.closed).code).toBeGreaterThan(4000);
  const wide = new RawGuest(attacker.browser);
  await wide.opened();
  for (let i = 0; i < 500; i++) wide.send(`${hall.report}/x${i}`, AUTH + 1, () => undefined);
  expect((await wide.closed).code).toBeGreaterThan(4000);
  await unharmed(scene);
});
