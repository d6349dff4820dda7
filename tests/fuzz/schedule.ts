import { slotText } from "#collab";
import { random } from "../support/random.ts";
import type { Random } from "../support/random.ts";
import type { Person } from "./cast.ts";
import { cellOperation } from "./edits/cells.ts";
import { EDITS, ENDING, WEIGHTS } from "./edits/every.ts";
import type { Hand } from "./edits/place.ts";
import type { Script } from "./script.ts";
import { SLOTS, Stage } from "./stage.ts";
import { oldWriting, storedBody } from "./stored-form.ts";
import type { Tally } from "./tally.ts";

/** A law that did not hold, with all one needs to see it again. */
export class LawBroken extends Error {
  /** What was played until then. */
  readonly script: Script;

  constructor(name: string, stage: Stage, cause: unknown) {
    const told = cause instanceof Error ? (cause.stack ?? cause.message) : String(cause);
    super(`${name}: ${told}\n${stage.log.join("\n")}`, { cause });
    this.name = "LawBroken";
    this.script = stage.script(cause instanceof Error ? cause.message : String(cause));
  }
}

/** Plays one random schedule and throws a {@link LawBroken} where a law does not hold. The same seed, the same play. */
export function runSchedule(seed: number, tally: Tally): void {
  const schedule = new Schedule(seed, tally);
  play(`seed ${seed}`, schedule.stage, () => schedule.run());
}

/** Plays what was kept, whatever chose it once. */
export function runScript(name: string, script: Script, tally: Tally): void {
  const stage = new Stage(script.people, Buffer.from(script.body, "base64"), tally);
  play(name, stage, () => {
    for (const act of script.acts) stage.perform(act);
  });
}

function play(name: string, stage: Stage, acts: () => void): void {
  try {
    acts();
    stage.finish();
  } catch (cause) {
    throw new LawBroken(name, stage, cause);
  } finally {
    stage.destroy();
  }
}

/** Chance, choosing what happens next on a stage. */
class Schedule {
  readonly stage: Stage;
  readonly #r: Random;
  readonly #tally: Tally;
  readonly #cuts = new Map<string, Hand["cut"]>();
  #next = 0;

  constructor(seed: number, tally: Tally) {
    this.#r = random(seed);
    this.#tally = tally;
    const body = storedBody(this.#r, this.#fresh);
    this.stage = new Stage(this.#r.pick([2, 2, 2, 3, 3, 3, 4, 5]), body, tally);
  }

  run(): void {
    const rounds = 2 + this.#r.int(3);
    for (let round = 0; round < rounds; round++) this.#round();
  }

  /** Every eighth is two UTF-16 units. */
  readonly #fresh = (): string => {
    const n = this.#next++;
    return String.fromCodePoint((n % 8 === 7 ? 0x20000 : 0x4e00) + n);
  };

  #round(): void {
    const r = this.#r;
    const { people } = this.stage.cast;
    let editors = 0;
    // Some are offline for the whole round: what they send and are sent waits.
    const offline = new Set(people.filter(() => r() < 0.4));
    // Now and then all compose at once.
    const composing = r() < 0.15 ? 0.9 : 0.25;
    for (const person of people) {
      const edits = r.int(6);
      if (edits > 0) editors++;
      if (r() < composing && !person.desk.composing()) this.stage.sit("compose", person.name);
      for (let i = 0; i < edits; i++) {
        this.#act(person);
        if (r() < 0.5) this.#traffic(offline);
      }
    }
    if (editors > 1) this.#tally.concurrentRounds++;
    for (let i = r.int(8); i > 0; i--) this.#traffic(offline);
    if (r() < 0.1) this.stage.write(r.pick(SLOTS), oldWriting(r, this.#fresh));
    if (r() < 0.05) this.stage.restart();
    for (const person of people) {
      if (person.desk.composing() && r() < 0.7) this.stage.sit("settle", person.name);
      if (r() < 0.12) this.stage.reload(person.name, r.pick(["state", "log"] as const), r() < 0.3);
      if (r() < 0.5) this.stage.sit("reconnect", person.name);
    }
  }

  /** One thing happens to one message that waits. */
  #traffic(offline: ReadonlySet<Person>): void {
    const r = this.#r;
    const person = r.pick(this.stage.cast.people);
    if (offline.has(person)) {
      this.#tally.held++;
      return;
    }
    const line = r.weighted({ up: 10, down: 10, "notes-up": 1, "decisions-up": 1, "decisions-down": 1 });
    const waiting = person.lines[line]?.waiting.length ?? 0;
    if (waiting === 0) return;
    const n = r() < 0.7 ? 0 : r.int(waiting);
    if (r() < 0.08) this.stage.drop(person.name, line, n);
    else this.stage.deliver(person.name, line, n, r() < 0.1);
  }

  #act(person: Person): void {
    const r = this.#r;
    const { name, desk } = person;
    if (r() < 0.05) this.#remark(person);
    if (r() < 0.03) this.#decide(person);
    if (r() < 0.12) this.stage.cells(name, cellOperation(r, this.#fresh));
    const edit = r.weighted(WEIGHTS);
    if (desk.composing() && ENDING.has(edit)) return;
    this.#tally.edits[edit]++;
    if (edit === "undo" || edit === "redo") this.stage.history(name, edit);
    else if (edit === "stop") this.stage.sit("stop", name);
    else {
      this.stage.edit(name, edit, () =>
        EDITS[edit]({
          desk,
          r,
          fresh: this.#fresh,
          cut: this.#cuts.get(name) ?? null,
          keepCut: (cut) => this.#cuts.set(name, cut),
          remarks: this.stage.remarks,
        }),
      );
    }
  }

  #remark({ name, desk }: Person): void {
    const r = this.#r;
    const slot = r.pick(SLOTS);
    const words = slotText(desk.doc, slot).toJSON();
    const [from = 0, to = 0] = [r.int(words.length + 1), r.int(words.length + 1)].sort((a, b) => a - b);
    this.stage.comment(name, `c${this.stage.remarks.length}`, slot, whole(words, from), whole(words, to));
  }

  #decide({ name }: Person): void {
    const r = this.#r;
    if (this.stage.remarks.length === 0) return;
    const { id } = r.pick(this.stage.remarks);
    this.stage.decide(r() < 0.7 ? "propose" : "validate", name, id, `answer ${r.int(100)} of ${name}`);
  }
}

/** An index moved off the middle of a surrogate pair. */
function whole(words: string, index: number): number {
  return /^[\uDC00-\uDFFF]/.test(words.slice(index)) ? index - 1 : index;
}
