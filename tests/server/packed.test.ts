import { expect, it } from "vitest";
import * as Y from "yjs";
import { slotText } from "#collab";
import { pack, unpack, Unpacking } from "../../src/server/storage/packed.ts";
import { random } from "../support/random.ts";

/** A state of several authors, with deletions and marks. */
function state(seed: number, edits: number): Uint8Array {
  const r = random(seed);
  const doc = new Y.Doc();
  const text = slotText(doc, "opening");
  for (let n = 0; n < edits; n++) {
    doc.clientID = 1 + r.int(2 ** 31);
    if (text.length > 20 && r() < 0.2) text.delete(r.int(text.length - 10), 5);
    else text.insert(r.int(text.length + 1), "chữ ", r() < 0.2 ? { strong: true } : {});
  }
  return Y.encodeStateAsUpdate(doc);
}

it("gives every state back byte for byte, from less than half of its room", () => {
  for (let seed = 1; seed <= 20; seed++) {
    const whole = state(seed, 400);
    const packed = pack(whole);
    expect(packed.length).toBeLessThan(whole.length / 2);
    expect(unpack(packed)).toEqual(whole);
  }
});

it("leaves what is no update, what is too short to gain, and what was never packed", () => {
  const empty = Y.encodeStateAsUpdate(new Y.Doc());
  for (const bytes of [new Uint8Array(), Uint8Array.of(1), Uint8Array.of(0xff, 0xff, 0xff), empty]) {
    expect(pack(bytes)).toEqual(bytes);
    expect(unpack(bytes)).toEqual(bytes);
  }
  expect(unpack(state(1, 10))).toEqual(state(1, 10));
});

it("unpacks the same bytes once, other bytes anew, and keeps no more than it may", () => {
  const states = [1, 2, 3].map((seed) => state(seed, 200));
  const [first, second, third] = states.map(pack);
  if (!first || !second || !third) throw new Error("three were packed");
  const room = first.length + second.length + (states[0]?.length ?? 0) + (states[1]?.length ?? 0);
  const unpacking = new Unpacking(room);
  const once = unpacking.unpack("one", first);
  expect(once).toEqual(states[0]);
  expect(unpacking.unpack("one", Uint8Array.from(first))).toBe(once);
  const other = unpacking.unpack("one", second);
  expect(other).toEqual(states[1]);
  expect(unpacking.unpack("two", first)).toEqual(states[0]);
  expect(unpacking.unpack("one", second)).toBe(other);
  // The oldest goes.
  const before = unpacking.unpack("two", first);
  unpacking.unpack("one", second);
  expect(unpacking.unpack("three", third)).toEqual(states[2]);
  expect(unpacking.unpack("two", first)).not.toBe(before);
});
