import { Slice } from "prosemirror-model";
import type { Node } from "prosemirror-model";
import { TextSelection } from "prosemirror-state";
import type { Transaction } from "prosemirror-state";
import { Step } from "prosemirror-transform";
import * as Y from "yjs";
import { docFrom, slotText } from "#collab";
import { reportSchema } from "#model";
import { assertFresh, assertReloads, assertWhole, countCharacters, spell } from "../support/laws.ts";
import { Cast } from "./cast.ts";
import type { Person } from "./cast.ts";
import type { Desk } from "./desk.ts";
import { operate, shownInTable } from "./edits/cells.ts";
import { CARRYING } from "./edits/every.ts";
import type { Done } from "./edits/place.ts";
import { Ledger } from "./laws/ledger.ts";
import { Minutes } from "./laws/minutes.ts";
import { Remark } from "./laws/remark.ts";
import type { Act, CellOperation, Dispatch, Script } from "./script.ts";
import type { Tally } from "./tally.ts";

export const SLOTS = ["opening", "results", "causes", "tasks"];

/**
 * Where a schedule is played: every act is done here, checked by the laws, and kept, so that it can be played again
 * without whoever chose it.
 */
export class Stage {
  readonly cast: Cast;
  readonly remarks: Remark[] = [];
  readonly log: string[] = [];
  readonly #body: Uint8Array;
  readonly #acts: (() => Act)[] = [];
  readonly #ledger: Ledger;
  readonly #minutes: Minutes;
  readonly #tally: Tally;
  #lines = 0;

  constructor(people: number, body: Uint8Array, tally: Tally) {
    this.#body = body;
    this.#tally = tally;
    this.cast = new Cast(people, SLOTS, body);
    this.#ledger = new Ledger(SLOTS, this.cast.body);
    this.#minutes = new Minutes(this.cast);
    for (const { session, desk } of this.cast.people) this.#ledger.follow(session, desk.doc);
    tally.schedules++;
    tally.people += people;
  }

  /** What was played so far, as data. */
  script(was: string): Script {
    return {
      was,
      people: this.cast.people.length,
      body: Buffer.from(this.#body).toString("base64"),
      acts: this.#acts.map((act) => act()),
    };
  }

  /** Does one act that was kept. What cannot be done any more, because an act before it is left out, is passed over. */
  perform(act: Act): void {
    switch (act.do) {
      case "edit":
        this.edit(act.by, act.name, (desk) => replay(desk, act));
        return;
      case "undo":
      case "redo":
        this.history(act.by, act.do);
        return;
      case "deliver":
        this.deliver(act.by, act.line, act.n, act.keep ?? false);
        return;
      case "drop":
        this.drop(act.by, act.line, act.n);
        return;
      case "reload":
        this.reload(act.by, act.from, act.late);
        return;
      case "restart":
        this.restart();
        return;
      case "write":
        this.write(act.slot, act.operation);
        return;
      case "cells":
        this.cells(act.by, act.operation);
        return;
      case "comment":
        this.comment(act.by, act.id, act.slot, act.from, act.to);
        return;
      case "propose":
      case "validate":
        this.decide(act.do, act.by, act.comment, act.response);
        return;
      default:
        this.sit(act.do, act.by);
    }
  }

  /** One person edits by hand. Null where there was nothing to do it on. */
  edit(by: string, name: string, make: (desk: Desk) => Done | null): void {
    const person = this.cast.person(by);
    const { desk } = person;
    const before = this.#ledger.read(desk.doc);
    const shown = desk.state.doc;
    const dispatches: Transaction[] = [];
    let done: Done | null = null;
    this.#keep(() => ({
      do: "edit",
      by,
      name,
      dispatches: dispatches.map(dispatchOf),
      ...(done === null ? {} : { removes: [...done.removes].join(""), adds: done.adds.join("") }),
    }));
    desk.listen((transaction) => dispatches.push(transaction));
    done = make(desk);
    desk.listen(null);
    this.log.push(`${by} ${name} ${done?.what ?? "-"}`, `    ${spell(shown)}`, `  = ${spell(desk.state.doc)}`);
    this.#check(person);
    const removes = done?.removes ?? new Set<string>();
    const adds = new Set(done?.adds);
    if (desk.binding.waiting) {
      // What others have deleted meanwhile may go from sight with what stood around it.
      const living = new Set(before.values());
      const now = countCharacters(desk.state.doc);
      for (const [char, count] of countCharacters(shown)) {
        if ((now.get(char) ?? 0) < count && living.has(char) && !removes.has(char))
          throw new Error(`${by} lost sight of ${char}`);
      }
    }
    this.#ledger.enter(
      person.session,
      desk.doc,
      before,
      { removes, adds, carries: CARRYING.has(name) },
      { shown: new Set(countCharacters(desk.state.doc).keys()) },
    );
    this.#checkRemarks(person);
  }

  history(by: string, way: "undo" | "redo"): void {
    const person = this.cast.person(by);
    const { desk } = person;
    const before = this.#ledger.read(desk.doc);
    const shown = desk.state.doc;
    this.#keep(() => ({ do: way, by }));
    const went = desk.history[way]();
    this.log.push(`${by} ${way} ${went}`, `    ${spell(shown)}`, `  = ${spell(desk.state.doc)}`);
    this.#check(person);
    this.#ledger.enter(person.session, desk.doc, before, {
      removes: null,
      adds: new Set(),
      carries: false,
    });
    this.#checkRemarks(person);
  }

  /** A composition begins or ends, an undo step is closed, a connection comes back. */
  sit(what: "stop" | "compose" | "settle" | "reconnect", by: string): void {
    const person = this.cast.person(by);
    this.#keep(() => ({ do: what, by }));
    this.log.push(`${by} ${what}`);
    if (what === "stop") person.desk.history.stop();
    if (what === "compose") {
      this.#tally.compositions++;
      person.desk.beginComposition();
    }
    if (what === "settle") {
      if (person.desk.binding.waiting) this.#tally.waited++;
      person.desk.endComposition();
    }
    if (what === "reconnect") {
      this.#tally.reconnections++;
      this.cast.reconnect(person);
    }
    this.#check(person);
  }

  deliver(by: string, line: string, n: number, keep: boolean): void {
    const person = this.cast.person(by);
    this.#keep(() => ({ do: "deliver", by, line, n, ...(keep ? { keep } : {}) }));
    this.log.push(`  ${by} ${line} ${n}${keep ? " (stays)" : ""}`);
    this.#tally.deliveries++;
    if (keep) this.#tally.repeated++;
    if (n > 0) this.#tally.reordered++;
    person.lines[line]?.deliver(n, keep);
    if (line === "down") this.#check(person);
  }

  drop(by: string, line: string, n: number): void {
    this.#keep(() => ({ do: "drop", by, line, n }));
    this.log.push(`  ${by} ${line} ${n} dropped`);
    this.#tally.dropped++;
    this.cast.person(by).lines[line]?.drop(n);
  }

  reload(by: string, from: "state" | "log", late: boolean): void {
    const person = this.cast.person(by);
    this.#keep(() => ({ do: "reload", by, from, late }));
    this.log.push(`${by} reloads from ${from}${late ? ", late" : ""}`);
    this.#tally.reloads++;
    const before = this.#ledger.read(person.desk.doc);
    person.reload(from, late);
    this.#ledger.follow(person.session, person.desk.doc);
    const now = this.#ledger.read(person.desk.doc);
    if ([...before.keys()].some((id) => !now.has(id) && !this.#ledger.wasTaken(id))) {
      throw new Error(`${by} has not loaded what was stored`);
    }
    this.#check(person);
  }

  restart(): void {
    this.#keep(() => ({ do: "restart" }));
    this.log.push("the server starts again");
    this.#tally.restarts++;
    this.cast.restart();
  }

  write(slot: string, operation: Extract<Act, { do: "write" }>["operation"]): void {
    this.#keep(() => ({ do: "write", slot, operation }));
    this.log.push(`an old client writes to ${slot}: ${JSON.stringify(operation)}`);
    this.#tally.foreignWrites++;
    const before = this.#ledger.read(this.cast.body);
    this.#ledger.enterForeign(before, this.cast.write(slot, operation));
  }

  /** One person works in the shared table, if there is one. */
  cells(by: string, operation: CellOperation): void {
    const person = this.cast.person(by);
    const { desk, session } = person;
    const before = this.#ledger.read(desk.doc);
    this.#keep(() => ({ do: "cells", by, operation }));
    const intent = operate(desk.doc, operation, () => `${session}t${this.#lines++}`);
    if (!intent) return;
    this.#tally.cells++;
    const { spelled } = shownInTable(desk.doc);
    this.log.push(`${by} in the table: ${JSON.stringify(operation)}`, `  = ${spelled}`);
    this.#check(person);
    this.#ledger.enter(session, desk.doc, before, { ...intent, carries: false });
  }

  /** A comment on a stretch of a slot's text, cut to what is there; none on nothing. */
  comment(by: string, id: string, slot: string, from: number, to: number): void {
    const person = this.cast.person(by);
    const words = slotText(person.desk.doc, slot).toJSON();
    const end = Math.min(to, words.length);
    if (words.slice(from, end).trim() === "") return;
    this.#keep(() => ({ do: "comment", by, id, slot, from, to: end }));
    const remark = new Remark(id, slot, SLOTS, person.desk.doc, from, end);
    this.log.push(`${by} comments on “${remark.quote}” of ${slot}: ${id}`);
    this.#tally.comments++;
    this.remarks.push(remark);
    this.#minutes.comment(person, remark);
    this.#checkRemarks(person);
  }

  decide(what: "propose" | "validate", by: string, comment: string, response: string): void {
    this.#keep(() => ({ do: what, by, comment, response }));
    this.log.push(`${by} ${what} ${comment}`);
    if (this.#minutes.decide(what, this.cast.person(by), comment, response)) this.#tally.decisions++;
  }

  /** Everybody meets everybody; the laws of the end are held. */
  finish(): void {
    const { cast } = this;
    for (const person of cast.people) person.desk.endComposition();
    cast.quiesce();
    const [first] = cast.people;
    if (!first) return;
    for (const person of cast.people) {
      const { desk } = person;
      this.#check(person);
      assertReloads(desk.state.doc, desk.doc, SLOTS);
      this.#closeTable(person, first);
      if (!desk.state.doc.eq(first.desk.state.doc)) throw new Error(`${first.name} and ${person.name} differ`);
    }
    const { spared, rewritten } = this.#ledger.close(cast.body);
    this.#tally.spared += spared;
    this.#tally.rewritten += rewritten;
    this.#tally.characters += this.#ledger.size;
    this.#minutes.close();
    this.#closeRemarks();
  }

  destroy(): void {
    this.cast.destroy();
  }

  /** All see the same table, a fresh load too, and in it everything that stands in any of its cells. */
  #closeTable({ name, desk }: Person, first: Person): void {
    const { spelled, chars } = shownInTable(desk.doc);
    const loaded = shownInTable(docFrom(Y.encodeStateAsUpdate(first.desk.doc)));
    if (spelled !== loaded.spelled) throw new Error(`${name} sees another table: ${spelled}, not ${loaded.spelled}`);
    for (const char of this.#ledger.readTables(desk.doc).values()) {
      if (!chars.has(char)) throw new Error(`${char} stands in a cell that is not shown`);
    }
  }

  #closeRemarks(): void {
    for (const remark of this.remarks) {
      const how = remark.check(this.cast.body, this.#charOf);
      if (how === "unknown") throw new Error(`nobody has the words of comment ${remark.id}`);
      this.#tally[how]++;
      const wanted = JSON.stringify(remark.resolve(this.cast.body));
      const apart = this.cast.people.filter(({ desk }) => JSON.stringify(remark.resolve(desk.doc)) !== wanted);
      if (apart.length > 0) throw new Error(`${apart.map(({ name }) => name).join()} see ${remark.id} elsewhere`);
    }
  }

  #checkRemarks(person: Person): void {
    for (const remark of this.remarks) remark.check(person.desk.doc, this.#charOf);
  }

  readonly #charOf = (id: string): string | undefined => this.#ledger.charOf(id);

  #check({ desk }: Person): void {
    this.#ledger.checkSpared();
    assertWhole(desk.state.doc, SLOTS);
    if (!desk.binding.waiting) assertFresh(desk.state.doc, desk.doc, SLOTS);
  }

  #keep(act: () => Act): void {
    this.#acts.push(act);
  }
}

function dispatchOf(transaction: Transaction): Dispatch {
  const { anchor, head } = transaction.selection;
  const event: unknown = transaction.getMeta("uiEvent");
  const steps = transaction.steps.map((step) => step.toJSON() as unknown);
  return { steps, anchor, head, ...(typeof event === "string" ? { event } : {}) };
}

/** Dispatches what was dispatched once. Tells what the steps take away and put in where the act does not. */
function replay(desk: Desk, act: Extract<Act, { do: "edit" }>): Done {
  const removes = new Set(act.removes);
  const adds = new Set(act.adds);
  for (const { steps, anchor, head, event } of act.dispatches) {
    const { tr } = desk.state;
    for (const step of steps) {
      try {
        tr.step(Step.fromJSON(reportSchema, step));
      } catch {
        continue;
      }
    }
    if (act.removes === undefined) {
      const replaced = tr.steps.map((step, i) => touched(step, tr.docs[i] ?? tr.doc));
      for (const { old } of replaced) for (const char of old) removes.add(char);
      for (const { fresh } of replaced) for (const char of fresh) adds.add(char);
    }
    const size = tr.doc.content.size;
    tr.setSelection(
      TextSelection.between(tr.doc.resolve(Math.min(anchor, size)), tr.doc.resolve(Math.min(head, size))),
    );
    if (event !== undefined) tr.setMeta("uiEvent", event);
    desk.dispatch(tr);
  }
  return { what: `as ${act.name}`, removes, adds: [...adds] };
}

/** The characters that a step replaces, and those that it puts there. */
function touched(step: Step, doc: Node): { old: string; fresh: string } {
  let old = "";
  step.getMap().forEach((from, to) => {
    old += doc.textBetween(from, to);
  });
  const { slice } = step as unknown as { slice?: unknown };
  return { old, fresh: slice instanceof Slice ? slice.content.textBetween(0, slice.content.size) : "" };
}
