import { describe, expect, it } from "vitest";
import * as Y from "yjs";
import { docFrom, markerAttributes, readReportFile, readText, slotText, writeReportFile } from "#collab";
import type { Manifest } from "#collab";
import type { Template, Unshown } from "#model";

const TEMPLATE = { id: "t", version: 1, outline: [{ type: "slot", id: "a" }] } as unknown as Template;

/** What is told of a body that another program has written to. */
function told(write: (doc: Y.Doc, text: Y.Text) => void): readonly Unshown[] | undefined {
  const doc = new Y.Doc();
  const text = slotText(doc, "a");
  text.insert(0, "\n", markerAttributes("a1", "paragraph", 0));
  text.insert(1, "words", { strong: true });
  doc.getMap("fields").set("year", "2025");
  write(doc, text);
  // A document just loaded has roots that nobody has asked for yet.
  const loaded = docFrom(Y.encodeStateAsUpdate(doc));
  const { unshown } = readText(loaded, TEMPLATE);
  expect(Y.encodeStateAsUpdate(loaded)).toEqual(Y.encodeStateAsUpdate(doc));
  return unshown;
}

describe("what a body holds that no report can show", () => {
  it("is nothing in a body of ours, tables, moves and removals among it", () => {
    expect(
      told((doc, text) => {
        text.insert(6, "\n", { b: { id: "a2", kind: "table", level: 0, table: "t1" } });
        doc.getText("table:t1").insert(0, "\n", { row: "r1", header: ["r1", true], "align:c1": ["r1", "left"] });
        doc.getText("table:t1:r1:c1").insert(0, "7", { em: true });
        doc.getMap("lineage").set("1:2", [3, 4, 5]);
        doc.getMap("fields").set("place", "Hà Nội");
        doc.getMap("fields").delete("place");
        text.format(1, 2, { strong: null });
      }),
    ).toBeUndefined();
  });

  it("is a root of another name, unless it is empty", () => {
    expect(
      told((doc) => {
        doc.getText("slot:elsewhere").insert(0, "words");
        doc.getXmlFragment("page").push([new Y.XmlElement("p")]);
        doc.getArray("list").push([1]);
        doc.getArray("list").delete(0, 1);
      }),
    ).toEqual([
      { kind: "root", name: "slot:elsewhere", count: 1 },
      { kind: "root", name: "page", count: 1 },
    ]);
  });

  it("is an object in the text, by what it is, and a key of the text", () => {
    expect(
      told((_, text) => {
        text.insertEmbed(2, { image: "x", width: 3 });
        text.insertEmbed(4, new Y.Map([["a", 1]]));
        text.setAttribute("colour", "red");
      }),
    ).toEqual([
      { kind: "object", slot: "a", name: "colour", count: 1 },
      { kind: "object", slot: "a", name: "image, width", count: 1 },
      { kind: "object", slot: "a", name: "map", count: 1 },
    ]);
  });

  it("is an attribute that no text of ours has, on so many characters, its name cut", () => {
    expect(
      told((_, text) => {
        text.format(1, 3, { colour: "red" });
        text.format(2, 2, { strong: "yes", ["x".repeat(5000)]: "y".repeat(5000) });
      }),
    ).toEqual([
      { kind: "attribute", slot: "a", name: "colour", count: 3 },
      { kind: "attribute", slot: "a", name: "strong", count: 2 },
      { kind: "attribute", slot: "a", name: `${"x".repeat(59)}…`, count: 2 },
    ]);
  });

  it("is a kind or a property of a block that is none", () => {
    expect(
      told((_, text) => {
        text.insert(6, "\n", { b: { id: "a2", kind: "quotation", level: 1, colour: "red" } });
        text.insert(7, "\n", { b: "a3" });
      }),
    ).toEqual([
      { kind: "block", slot: "a", name: "colour", count: 1 },
      { kind: "block", slot: "a", name: '"quotation"', count: 1 },
      { kind: "block", slot: "a", name: '"a3"', count: 1 },
    ]);
  });

  it("is a field that is no text, and a sign that no file can hold", () => {
    expect(
      told((doc, text) => {
        doc.getMap("fields").set("date", { day: 1 });
        doc.getMap("fields").set("place", new Y.Text("Hà Nội"));
        text.insert(3, "\u0000\u0007\u0000", {});
      }),
    ).toEqual([
      { kind: "sign", slot: "a", name: "U+0000", count: 2 },
      { kind: "sign", slot: "a", name: "U+0007", count: 1 },
      { kind: "field", name: "date", count: 1 },
      { kind: "field", name: "place", count: 1 },
    ]);
  });
});

describe("a report file that holds what no report can show", () => {
  const manifest: Manifest = {
    format: "tongket",
    version: 1,
    report: { id: "r1", sample: false, createdAt: "2021-12-01T00:00:00.000Z" },
    template: TEMPLATE,
    ruleSet: "party-05-2026",
    people: [],
    rounds: [],
    versions: [],
  };
  const empty = Y.encodeStateAsUpdate(new Y.Doc());

  function fileWith(body: Uint8Array): Uint8Array {
    return writeReportFile({ manifest, body, decisions: empty, notes: new Map(), versions: new Map() });
  }

  it("is read and kept whole where that is asked for, and refused where it is not", () => {
    const doc = new Y.Doc();
    slotText(doc, "a").insertEmbed(0, new Y.Map([["in", new Y.Text("deep")]]));
    doc.getXmlFragment("page").push([new Y.XmlElement("p")]);
    const bytes = fileWith(Y.encodeStateAsUpdate(doc));
    const kept = docFrom(readReportFile(bytes, () => manifest, "keep").body);
    expect(kept.getXmlFragment("page").toJSON()).toBe("<p></p>");
    expect(slotText(kept, "a").toDelta()).toHaveLength(1);
    expect(() => readReportFile(bytes, () => manifest)).toThrow("file-damaged");
  });

  it("is refused where it hangs on something that is not there", () => {
    const doc = new Y.Doc();
    doc.clientID = 1;
    const inner = new Y.Text();
    doc.getMap("page").set("t", inner);
    const before = Y.encodeStateVector(doc);
    inner.insert(0, "words");
    const orphan = Y.encodeStateAsUpdate(doc, before);
    expect(() => readReportFile(fileWith(orphan), () => manifest, "keep")).toThrow("file-damaged");
  });
});
