import * as encoding from "lib0/encoding";
import { writeSyncStep1, writeSyncStep2, writeUpdate } from "y-protocols/sync";
import { describe, expect, it } from "vitest";
import * as Y from "yjs";
import { CLOSE } from "#protocol";
import { Acknowledgements, trafficOf } from "../../src/client/live/acknowledgements.ts";
import { endingOf } from "../../src/client/live/ending.ts";
import { Pulse } from "../../src/client/live/pulse.ts";
import { ServerClock } from "../../src/client/live/server-clock.ts";
import type { DeviceCondition, DocumentState, SocketState } from "../../src/client/live/sync-state.ts";
import { syncState, wouldLose } from "../../src/client/live/sync-state.ts";

const open: SocketState = { status: "open", wasOpen: true, ended: null };
const done: DocumentState = { exchanged: true, unsaved: 0, unkept: 0, refused: null };

describe("the state of a report", () => {
  it("is saved only where every document is exchanged and nothing waits", () => {
    expect(syncState(open, [done, done], "good").kind).toBe("saved");
    expect(syncState(open, [done, { ...done, exchanged: false }], "good").kind).toBe("connecting");
    expect(syncState(open, [done, { ...done, unsaved: 2 }], "good")).toMatchObject({ kind: "saving", unsaved: 2 });
  });

  it("adds up what waits in all documents while offline", () => {
    const documents = [
      { ...done, unsaved: 2 },
      { ...done, unsaved: 3 },
    ];
    expect(syncState({ ...open, status: "closed" }, documents, "good")).toMatchObject({ kind: "offline", unsaved: 5 });
  });

  it("is connecting at first and offline when coming back, or when something waits from an earlier visit", () => {
    const first: SocketState = { status: "connecting", wasOpen: false, ended: null };
    expect(syncState(first, [], "good").kind).toBe("connecting");
    expect(syncState(first, [{ ...done, unsaved: 1 }], "good").kind).toBe("offline");
    expect(syncState({ ...first, wasOpen: true }, [done], "good").kind).toBe("offline");
  });

  it("tells an end before a refusal, and a refusal before a missing connection", () => {
    const refused: DocumentState = { ...done, refused: "round-closed" };
    expect(syncState({ ...open, ended: "gone" }, [refused], "good").kind).toBe("gone");
    expect(syncState({ ...open, status: "closed" }, [refused], "good")).toMatchObject({
      kind: "refused",
      reason: "round-closed",
    });
  });

  it("tells how much of what waits is kept on this device", () => {
    const closed: SocketState = { ...open, status: "closed" };
    const writing: DocumentState = { ...done, unsaved: 3, unkept: 1 };
    expect(syncState(closed, [writing, done], "good")).toMatchObject({ unsaved: 3, kept: 2 });
  });

  it("would lose with the page what is on neither side, and in a private window all that waits", () => {
    const state = (unsaved: number, unkept: number, device: DeviceCondition): boolean =>
      wouldLose(syncState(open, [{ ...done, unsaved, unkept }], device));
    expect(state(3, 1, "good")).toBe(true);
    expect(state(3, 0, "good")).toBe(false);
    expect(state(3, 0, "private")).toBe(true);
    expect(state(0, 0, "private")).toBe(false);
    expect(state(0, 0, "failing")).toBe(false);
  });
});

describe("a closing", () => {
  it("means by its code whether to come back", () => {
    expect(endingOf(CLOSE.notStored, "not-stored").kind).toBe("retry");
    expect(endingOf(CLOSE.flooding, "flooding").kind).toBe("retry");
    expect(endingOf(1006, "").kind).toBe("retry");
    expect(endingOf(CLOSE.signedOut, "kicked").kind).toBe("signed-out");
    expect(endingOf(CLOSE.notFound, "not-found").kind).toBe("gone");
  });

  it("means the same by its reason alone, as a single document's closing is told", () => {
    expect(endingOf(1000, "round-closed")).toEqual({ kind: "refused", reason: "round-closed" });
    expect(endingOf(1000, "not-stored").kind).toBe("retry");
    expect(endingOf(0, "forbidden").kind).toBe("signed-out");
    expect(endingOf(0, "not-found").kind).toBe("gone");
    expect(endingOf(1000, "Server closed the connection").kind).toBe("retry");
  });
});

function message(type: number, write: (encoder: encoding.Encoder) => void): Uint8Array {
  const encoder = encoding.createEncoder();
  encoding.writeVarString(encoder, "r/body");
  encoding.writeVarUint(encoder, type);
  write(encoder);
  return encoding.toUint8Array(encoder);
}

describe("the pulse of a socket", () => {
  let now = 0;
  const pulseOf = (): Pulse => {
    now = 0;
    return new Pulse(() => now);
  };
  const looks = (pulse: Pulse, seconds: number): string[] =>
    Array.from({ length: seconds }, () => {
      now += 1_000;
      return pulse.look();
    });

  it("is gone where what was asked stays without an answer, and not where one came", () => {
    const pulse = pulseOf();
    pulse.asked();
    expect(looks(pulse, 10)).not.toContain("dead");
    pulse.heard();
    expect(looks(pulse, 60)).not.toContain("dead");
    pulse.asked();
    expect(looks(pulse, 13).at(-1)).toBe("dead");
  });

  it("is taken at once after the page has slept, and gone when nothing comes soon", () => {
    const pulse = pulseOf();
    pulse.asked();
    now += 3_600_000;
    expect(pulse.look()).toBe("slept");
    expect(looks(pulse, 3)).toEqual(["well", "well", "well"]);
    pulse.asked(true);
    expect(looks(pulse, 5).at(-1)).toBe("dead");
  });

  it("never comes where a socket does not open", () => {
    const pulse = pulseOf();
    pulse.dialled();
    expect(looks(pulse, 16).at(-1)).toBe("dead");
    pulse.dialled();
    pulse.opened();
    expect(looks(pulse, 60)).not.toContain("dead");
  });
});

describe("traffic on the socket", () => {
  const doc = new Y.Doc();

  it("is told apart: states and updates go, acknowledgements come", () => {
    const kindOf = (bytes: Uint8Array): string | undefined => trafficOf(bytes)?.kind;
    expect(kindOf(message(0, (encoder) => writeSyncStep2(encoder, doc)))).toBe("state");
    expect(kindOf(message(0, (encoder) => writeUpdate(encoder, new Uint8Array([0, 0]))))).toBe("update");
    expect(kindOf(message(0, (encoder) => writeSyncStep1(encoder, doc)))).toBeUndefined();
    expect(kindOf(message(8, (encoder) => encoding.writeVarInt(encoder, 1)))).toBe("stored");
    expect(kindOf(message(8, (encoder) => encoding.writeVarInt(encoder, 0)))).toBe("not-stored");
    expect(kindOf(message(1, () => undefined))).toBe("presence");
    expect(kindOf(message(3, () => undefined))).toBeUndefined();
  });

  it("names its document", () => {
    expect(trafficOf(message(8, (encoder) => encoding.writeVarInt(encoder, 1)))?.document).toBe("r/body");
  });

  it("is nothing where it cannot be read", () => {
    expect(trafficOf(new Uint8Array([9]))).toBeNull();
    expect(trafficOf(new Uint8Array())).toBeNull();
  });
});

describe("acknowledgements", () => {
  it("are complete when the whole state and everything after it is stored", () => {
    const acknowledgements = new Acknowledgements();
    expect(acknowledgements.complete).toBe(false);
    acknowledgements.sent("state");
    acknowledgements.sent("update");
    acknowledgements.received("stored");
    expect(acknowledgements.complete).toBe(false);
    acknowledgements.received("stored");
    expect(acknowledgements.complete).toBe(true);
    acknowledgements.sent("update");
    expect(acknowledgements.complete).toBe(false);
  });

  it("are never complete once something was not stored", () => {
    const acknowledgements = new Acknowledgements();
    acknowledgements.sent("state");
    acknowledgements.received("not-stored");
    expect(acknowledgements.complete).toBe(false);
  });
});

describe("the server's clock", () => {
  it("is the local one until the server has spoken, then the server's", () => {
    let local = 1_000;
    const clock = new ServerClock(() => local);
    expect(clock.now()).toBe(1_000);
    clock.learn("1970-01-01T01:00:00.000Z");
    local += 500;
    expect(clock.iso()).toBe("1970-01-01T01:00:00.500Z");
    clock.learn("not a time");
    expect(clock.now()).toBe(3_600_500);
  });
});
