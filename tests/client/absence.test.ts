import { docFrom, markerAttributes, slotText, tableCellText } from "#collab";
import { beforeEach, describe, expect, it } from "vitest";
import * as Y from "yjs";
import { Absence, departureOf } from "../../src/client/live/absence.ts";
import { paragraphsSince } from "../../src/client/live/unsent.ts";

const REMOTE = Symbol("the server");
const NOON = "2026-01-05T12:00:00.000Z";
const SOON = "2026-01-05T12:00:20.000Z";
const LATER = "2026-01-05T12:30:00.000Z";

let doc: Y.Doc;
let facts: Map<string, unknown>;
let absence: Absence;

/** A page that has the document, with what an earlier page left beside it. */
function open(): void {
  absence = new Absence(
    doc,
    {
      recall: (fact) => facts.get(fact),
      remember: (fact, value) => void facts.set(fact, value),
    },
    (origin) => origin === REMOTE,
  );
}

function write(slot: string, text: string, origin?: symbol): void {
  doc.transact(() => slotText(doc, slot).insert(0, text, {}), origin);
}

function textBefore(slot: string): string | undefined {
  const before = absence.missed?.before;
  return before && slotText(docFrom(before), slot).toJSON();
}

beforeEach(() => {
  doc = new Y.Doc();
  facts = new Map();
  open();
});

describe("an absence", () => {
  it("tells who wrote meanwhile which slots others have changed, and what stood there before", () => {
    write("opening", "Câu cũ.");
    write("causes", "Nguyên nhân.");
    absence.left(NOON);
    write("opening", "Của tôi. ");
    write("opening", "Của họ. ", REMOTE);
    write("tasks", "Việc mới.", REMOTE);
    absence.returned(SOON, true);
    expect(absence.missed?.since).toBe(NOON);
    expect([...(absence.missed?.slots ?? [])].sort()).toEqual(["opening", "tasks"]);
    expect(textBefore("opening")).toBe("Câu cũ.");
    absence.dismiss();
    expect(absence.missed).toBeNull();
  });

  it("tells of a table in the slot that shows it", () => {
    slotText(doc, "tasks").insert(0, "\n", markerAttributes("b1", "table", 0, "t1"));
    write("opening", "Không có bảng.");
    absence.left(NOON);
    doc.transact(() => tableCellText(doc, "t1", "r", "c").insert(0, "12"), REMOTE);
    absence.returned(SOON, true);
    expect(absence.missed?.slots).toEqual(["tasks"]);
  });

  it("is worth telling after a minute to one who wrote nothing, and not after a moment", () => {
    absence.left(NOON);
    write("opening", "Của họ.", REMOTE);
    absence.returned(SOON, false);
    expect(absence.missed).toBeNull();
    absence.left(NOON);
    write("opening", "Của họ.", REMOTE);
    absence.returned(LATER, false);
    expect(absence.missed?.slots).toEqual(["opening"]);
  });

  it("is nothing where only one's own words are new", () => {
    absence.left(NOON);
    write("opening", "Của tôi.");
    absence.returned(LATER, true);
    expect(absence.missed).toBeNull();
  });

  it("is nothing while the connection stands", () => {
    write("opening", "Của họ.", REMOTE);
    absence.returned(LATER, true);
    expect(absence.missed).toBeNull();
  });

  it("goes on over a page that is opened anew", () => {
    write("opening", "Câu cũ.");
    absence.left(NOON);
    write("opening", "Của tôi. ");
    open();
    absence.found();
    absence.left(SOON);
    write("opening", "Của họ. ", REMOTE);
    absence.returned(LATER, true);
    expect(absence.missed?.since).toBe(NOON);
    expect(textBefore("opening")).toBe("Câu cũ.");
    expect(departureOf({ recall: (fact) => facts.get(fact) })).toBeNull();
  });

  it("joins one that was not dismissed: the older text, all the slots", () => {
    absence.left(NOON);
    write("opening", "Một.", REMOTE);
    absence.returned(SOON, true);
    absence.left(SOON);
    write("tasks", "Hai.", REMOTE);
    absence.returned(LATER, true);
    expect(absence.missed?.since).toBe(NOON);
    expect(absence.missed?.slots).toEqual(["opening", "tasks"]);
    expect(textBefore("opening")).toBe("");
  });
});

describe("what a person wrote without a connection", () => {
  it("is the paragraphs that were not there before, each as often as it was added", () => {
    write("opening", "Cũ.\nLặp.");
    const before = Y.encodeStateAsUpdate(doc);
    expect(paragraphsSince(doc, before)).toEqual([]);
    write("opening", "Mới.\nLặp.\n");
    write("causes", "Nguyên nhân mới.");
    expect(paragraphsSince(doc, before).sort()).toEqual(["Lặp.", "Mới.", "Nguyên nhân mới."]);
  });
});
