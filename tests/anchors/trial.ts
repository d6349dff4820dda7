import * as Y from "yjs";
import { docFrom, measureSlot, slotText } from "#collab";
import { placeRecords } from "#comments";
import type { Comment, Person, Place, Template } from "#model";
import { isUnplaced, quotation } from "#model";
import { COMMITTEE } from "../model/shipped.ts";
import { random } from "../support/random.ts";
import type { Random } from "../support/random.ts";
import { ANSWERS, METHODS } from "./methods.ts";
import type { Held, Method } from "./methods.ts";
import { ACTS, mixed, randomRange } from "./operations.ts";
import type { ActName } from "./operations.ts";
import { SLOTS } from "./prose.ts";
import { judge } from "./verdict.ts";
import type { Stretch, Supposition, Verdict } from "./verdict.ts";
import { World } from "./world.ts";
import type { Seat } from "./world.ts";

/** What happens to the words of a comment in one trial. */
export interface Operation {
  readonly people: number;
  readonly run: (world: World, r: Random) => void;
  /** How many of a hundred answers of ours must be exact, of comments whose words stand; null where it is only counted. */
  readonly limit: number | null;
}

/** The comment's words are at hand for somebody; they are before anything was done. */
function at(world: World, seat: Seat, act: ActName, r: Random): void {
  const aim = world.aim(seat.shown());
  if (aim) ACTS[act](seat, aim, r, world.about);
}

const single = (act: ActName, limit: number | null): Operation => ({
  people: 1,
  limit,
  run: (world, r) => at(world, seatOf(world, 0), act, r),
});

function seatOf(world: World, number: number): Seat {
  const seat = world.seats[number];
  if (!seat) throw new RangeError(`nobody sits at ${number}`);
  return seat;
}

const MOVING: readonly ActName[] = ["moving up", "moving down", "dragging", "cut, paste here", "cut, paste there"];
const WRITING: readonly ActName[] = [
  "typing inside",
  "typing before",
  "typing after",
  "split",
  "join",
  "deleting a part",
  "writing over a part",
  "marks",
];

export const OPERATIONS: Readonly<Record<string, Operation>> = {
  ...Object.fromEntries(
    (Object.keys(ACTS) as ActName[]).map((act) => [act, single(act, act.startsWith("cut") ? null : 99)]),
  ),
  "rewriting at once": {
    people: 2,
    limit: 99,
    run: (world, r) => {
      for (const seat of world.seats) for (let i = 0; i < 2; i++) at(world, seat, r.pick(WRITING), r);
      world.meet();
    },
  },
  "moving at once": {
    people: 2,
    limit: 99,
    run: (world, r) => {
      at(world, seatOf(world, 0), r.pick(MOVING), r);
      at(world, seatOf(world, 1), r() < 0.3 ? r.pick(MOVING) : r.pick(WRITING), r);
      world.meet();
    },
  },
  "three moving offline": {
    people: 3,
    limit: null,
    run: (world, r) => {
      for (const seat of world.seats) {
        const moves = 1 + r.int(3);
        for (let i = 0; i < moves; i++) {
          const aim = r() < 0.6 ? world.aim(seat.shown()) : randomRange(seat, r);
          if (aim) ACTS[r.pick(MOVING)](seat, aim, r, world.about);
        }
      }
      world.meet();
    },
  },
  "20 mixed": {
    people: 2,
    limit: 97,
    run: (world, r) => {
      for (let i = 0; i < 20; i++) {
        const seat = r.pick(world.seats);
        mixed(seat, () => world.aim(seat.shown()), r, world.about);
        if (r() < 0.25) world.meet();
      }
      world.meet();
    },
  },
};

/** What came of one trial. */
export interface Outcome {
  readonly verdicts: Readonly<Record<Method, Verdict>>;
  /** Where none of its words is left: whether it is supposed to be where they were written anew. */
  readonly supposition: Supposition | null;
  /** The trial in words. */
  readonly told: () => string;
}

/**
 * The trial of one operation under a seed: the same seed, the same trial. Throws where people, or a fresh load, see
 * different places, and where the comment is not in the list.
 */
export function runTrial(name: string, seed: number): Outcome {
  const operation = OPERATIONS[name];
  if (!operation) throw new RangeError(`no operation ${name}`);
  const r = random(seed * 7919 + 17);
  const world = new World(r, operation.people);
  try {
    operation.run(world, r);
    return outcome(world, `${name}, seed ${seed}`);
  } finally {
    world.destroy();
  }
}

function outcome(world: World, name: string): Outcome {
  const { body } = seatOf(world, 0);
  const { held, about, ledger } = world;
  const units = ledger.read(body);
  const verdicts: Record<Method, Verdict> = { ours: "lost", plain: "lost", marks: "lost", quote: "lost" };
  for (const method of METHODS) verdicts[method] = judge(units, about, ledger.first, ANSWERS[method](body, held));
  const ours = JSON.stringify(ANSWERS.ours(body, held));
  const loaded = docFrom(Y.encodeStateAsUpdate(body));
  for (const other of [...world.seats.map((seat) => seat.body), loaded]) {
    const there = JSON.stringify(ANSWERS.ours(other, held));
    if (there !== ours) throw new Error(`one sees the comment at ${ours}, another at ${there}`);
  }
  const place = listed(loaded, held, ours !== "null");
  const supposed = place?.uncertain ? rangeAt(loaded, place) : null;
  const told = (): string =>
    `${name}: “${held.quote.exact}” of ${held.slot} is ${verdicts.ours} at ${ours}\n${world.told(body)}`;
  return { verdicts, supposition: world.judgeSupposed(units, supposed), told };
}

function rangeAt(body: Y.Doc, { slot, from, to }: Place): Stretch {
  const measure = measureSlot(slotText(body, slot));
  return { slot, from: measure.indexAt(from) ?? 0, to: measure.indexAt(to) ?? 0 };
}

/** Law 7: the comment is in the list, with its quotation, and surely placed if and only if its words are found. */
function listed(body: Y.Doc, { slot, anchor, quote }: Held, placed: boolean): Place | null {
  const comment: Comment = {
    id: "c1",
    author: "p1",
    round: 1,
    target: { scope: "range", slot, anchor, quote },
    kind: "clarify",
    text: "Làm rõ ý này",
    createdAt: "2021-12-20T08:00:00.000Z",
    withdrawn: false,
  };
  const author: Person = { id: "p1", name: "Đại biểu mẫu", unit: "", role: "delegate" };
  const [thread] = placeRecords([{ comment, author, replies: [], decision: null }], TEMPLATE, body);
  if (!thread || quotation(thread.comment)?.exact !== quote.exact || isUnplaced(thread) === placed) {
    throw new Error("the comment is not listed as it should be");
  }
  return thread.place;
}

const TEMPLATE: Template = {
  ...COMMITTEE,
  outline: SLOTS.map((id) => ({
    type: "slot",
    id,
    role: "context",
    title: { vi: id, en: id },
    titled: true,
    guidance: { vi: "", en: "" },
    required: true,
  })),
};
