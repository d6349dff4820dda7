import * as encoding from "lib0/encoding";
import { describe, expect, test } from "vitest";
import * as Y from "yjs";
import { docFrom, inspectUpdate, markerAttributes, slotText } from "#collab";
import type { UpdateRefusal, UpdateRules } from "#collab";

const BODY: UpdateRules = {
  roots: (name) => name === "slot:a" || name === "fields",
  text: (name) => name !== "fields",
  maxBytes: 100_000,
};

function written(change: (doc: Y.Doc) => void, on: Y.Doc = new Y.Doc()): Uint8Array {
  const doc = docFrom(Y.encodeStateAsUpdate(on));
  const before = Y.encodeStateVector(doc);
  change(doc);
  return Y.encodeStateAsUpdate(doc, before);
}

function refusal(update: Uint8Array, doc: Y.Doc = new Y.Doc(), rules: UpdateRules = BODY): UpdateRefusal | null {
  return inspectUpdate(update, doc, rules).refusal;
}

function base(): Y.Doc {
  const doc = new Y.Doc();
  slotText(doc, "a").insert(0, "\n", markerAttributes("x", "paragraph", 0));
  slotText(doc, "a").insert(1, "hello world", {});
  return doc;
}

describe("inspecting an update", () => {
  test("it lets honest work in and names who wrote", () => {
    const doc = base();
    const update = written((copy) => {
      copy.clientID = 77;
      const text = slotText(copy, "a");
      text.insert(3, "new", { strong: true });
      text.format(0, 1, markerAttributes("x", "heading", 1));
      text.delete(6, 4);
      copy.getMap("fields").set("year", "2021");
    }, doc);
    expect(inspectUpdate(update, doc, BODY)).toEqual({ clients: [77], isNews: true, refusal: null });
    expect(inspectUpdate(Y.encodeStateAsUpdate(doc), doc, BODY)).toEqual({
      clients: [],
      isNews: false,
      refusal: null,
    });
  });

  test("it tells what changes something from what is known already", () => {
    const doc = base();
    const deleting = written((copy) => slotText(copy, "a").delete(1, 2), doc);
    expect(inspectUpdate(deleting, doc, BODY)).toEqual({ clients: [], isNews: true, refusal: null });
    Y.applyUpdate(doc, deleting);
    expect(inspectUpdate(deleting, doc, BODY).isNews).toBe(false);
    expect(inspectUpdate(Y.encodeStateAsUpdate(doc), doc, BODY).isNews).toBe(false);
  });

  test("it lets in what comes whole but in an order of its own", () => {
    const doc = base();
    for (let client = 1; client < 6; client++) {
      const copy = docFrom(Y.encodeStateAsUpdate(doc));
      copy.clientID = client * 1000;
      slotText(copy, "a").insert(client, `${client}`, {});
      Y.applyUpdate(doc, Y.encodeStateAsUpdate(copy));
    }
    expect(refusal(Y.encodeStateAsUpdate(doc))).toBeNull();
  });

  test("it refuses bytes that are no update, and too many", () => {
    expect(refusal(new Uint8Array([1, 2, 3, 255, 255, 255]))).toBe("malformed");
    expect(refusal(new Uint8Array())).toBe("malformed");
    expect(refusal(written((doc) => slotText(doc, "a").insert(0, "x".repeat(200_000), {})))).toBe("too-large");
  });

  test("it refuses what would stay pending: a gap, a missing origin, a missing deletion", () => {
    const doc = new Y.Doc();
    const updates: Uint8Array[] = [];
    doc.on("update", (update: Uint8Array) => updates.push(update));
    slotText(doc, "a").insert(0, "a", {});
    slotText(doc, "a").insert(1, "b", {});
    slotText(doc, "a").delete(0, 1);
    expect(refusal(updates[1] ?? new Uint8Array())).toBe("pending");
    expect(refusal(updates[2] ?? new Uint8Array())).toBe("pending");
    const other = docFrom(Y.encodeStateAsUpdate(doc));
    other.clientID = 5;
    const before = Y.encodeStateVector(other);
    slotText(other, "a").insert(1, "c", {});
    expect(refusal(Y.encodeStateAsUpdate(other, before))).toBe("pending");
    expect(refusal(Y.encodeStateAsUpdate(other, before), doc)).toBeNull();
  });

  test("it refuses two structs that wait for each other", () => {
    const encoder = encoding.createEncoder();
    encoding.writeVarUint(encoder, 2);
    for (const [client, other] of [
      [1, 2],
      [2, 1],
    ] as const) {
      encoding.writeVarUint(encoder, 1);
      encoding.writeVarUint(encoder, client);
      encoding.writeVarUint(encoder, 0);
      // A string with a left origin: the first unit of the other client.
      encoding.writeUint8(encoder, 0x80 | 4);
      encoding.writeVarUint(encoder, other);
      encoding.writeVarUint(encoder, 0);
      encoding.writeVarString(encoder, "x");
    }
    encoding.writeVarUint(encoder, 0);
    expect(refusal(encoding.toUint8Array(encoder))).toBe("pending");
  });

  test("it refuses a collected stretch that would use up somebody's clock", () => {
    const encoder = encoding.createEncoder();
    for (const value of [1, 1, 9, 0]) encoding.writeVarUint(encoder, value);
    encoding.writeUint8(encoder, 0);
    encoding.writeVarUint(encoder, 0x7ffffff0);
    encoding.writeVarUint(encoder, 0);
    expect(refusal(encoding.toUint8Array(encoder))).toBe("absurd-length");
  });

  test.each<[string, (doc: Y.Doc) => void, UpdateRefusal]>([
    ["a root that is not the document's", (doc) => doc.getText("slot:b").insert(0, "x"), "unknown-root"],
    ["a key in a text", (doc) => slotText(doc, "a").setAttribute("k", "v"), "unknown-root"],
    ["an entry of a map without a key", (doc) => doc.getArray("fields").insert(0, [1]), "unknown-root"],
    ["an embed", (doc) => slotText(doc, "a").insertEmbed(0, { image: 1 }), "nested-type"],
    ["a nested type", (doc) => doc.getMap("fields").set("k", new Y.Map()), "nested-type"],
    ["a subdocument", (doc) => doc.getMap("fields").set("k", new Y.Doc()), "nested-type"],
    ["bytes", (doc) => doc.getMap("fields").set("k", new Uint8Array(4)), "nested-type"],
    ["entries in a text", (doc) => doc.getArray("slot:a").insert(0, [1, 2]), "nested-type"],
    [
      "a deep value",
      (doc) => doc.getMap("fields").set("k", JSON.parse("[".repeat(99) + "]".repeat(99))),
      "nested-type",
    ],
  ])("it refuses %s", (_what, change, expected) => {
    expect(refusal(written(change))).toBe(expected);
  });

  test("it knows the root of a struct that names only its neighbour", () => {
    const doc = new Y.Doc();
    doc.getText("slot:b").insert(0, "\n");
    const update = written((copy) => copy.getText("slot:b").insert(1, "x"), doc);
    expect(refusal(update, doc)).toBe("unknown-root");
  });
});
