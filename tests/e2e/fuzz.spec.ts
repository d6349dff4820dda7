import { fromBase64, toBase64 } from "lib0/buffer";
import type { Browser, CDPSession, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import * as Y from "yjs";
import { docFrom, ORIGIN } from "#collab";
import { bodyOf } from "../editor/body.ts";
import { Ledger } from "../fuzz/laws/ledger.ts";
import { PARTY_RULES } from "../model/shipped.ts";
import { launchChromium } from "../support/chromium.ts";
import { LABELS } from "../support/editor-labels.ts";
import { freshParse, spell } from "../support/laws.ts";
import { random } from "../support/random.ts";
import type { Random } from "../support/random.ts";
import { Typist } from "../support/typist.ts";
import { OUTLINE } from "./editor-page/report.ts";
import { serveEditorPage } from "./editor-page/served.ts";
import type { Shown } from "./editor-page/shared.ts";

/** More with `FUZZ_PAGES=200 FUZZ_SEED=1000 npx vitest run --project browser tests/e2e/fuzz.spec.ts`. */
const SCHEDULES = Number(process.env["FUZZ_PAGES"] ?? "25");
const FIRST_SEED = Number(process.env["FUZZ_SEED"] ?? "1");
const ACTIONS = 40;
const SLOTS = OUTLINE.map(({ slot }) => slot.id);

let browser: Browser;
let url = "";
let close: () => Promise<void>;
const desks: { page: Page; devtools: CDPSession; typist: Typist }[] = [];
const errors: string[] = [];

beforeAll(async () => {
  ({ url, close } = await serveEditorPage());
  browser = await launchChromium();
  for (let i = 0; i < 3; i++) {
    const context = await browser.newContext({ viewport: { width: 900, height: 700 } });
    await context.grantPermissions(["clipboard-read", "clipboard-write"]);
    const page = await context.newPage();
    page.on("pageerror", (error) => errors.push(String(error)));
    const devtools = await context.newCDPSession(page);
    await page.goto(url);
    await page.waitForFunction(() => "shared" in window);
    desks.push({ page, devtools, typist: new Typist(devtools) });
  }
});

afterAll(async () => {
  await browser?.close();
  await close?.();
});

/** What one person does at the keyboard, and how often. */
const ACTS = {
  type: 26,
  caret: 8,
  arrows: 6,
  selection: 6,
  Enter: 12,
  Backspace: 10,
  Delete: 5,
  "Control+Backspace": 2,
  Tab: 3,
  "Shift+Tab": 2,
  "Control+b": 3,
  "Control+a": 1,
  "Alt+Shift+ArrowUp": 2,
  "Alt+Shift+ArrowDown": 2,
  cut: 3,
  paste: 4,
  pasteLines: 2,
  undo: 8,
  redo: 4,
  compose: 8,
} as const;

type Act = keyof typeof ACTS;

/** A person at a page, and this side's copy of the page's body, kept in step with it message by message. */
class Guest {
  readonly name: string;
  readonly page: Page;
  readonly client: number;
  readonly mirror: Y.Doc;
  /** What the server has sent and has not arrived. */
  readonly down: string[] = [];
  /** What was written and has not reached the server. */
  readonly up: string[] = [];
  cut = "";
  readonly #desk: (typeof desks)[number];

  constructor(desk: (typeof desks)[number], number: number, state: Uint8Array) {
    this.#desk = desk;
    this.page = desk.page;
    this.name = String.fromCharCode(65 + number);
    this.mirror = docFrom(state);
    this.client = 100 + number;
  }

  async join(): Promise<void> {
    await this.page.evaluate((joined) => window.shared.join(joined), {
      outline: OUTLINE,
      ruleSet: PARTY_RULES,
      labels: LABELS,
      state: toBase64(Y.encodeStateAsUpdate(this.mirror)),
      client: this.client,
    });
  }

  shown(): Promise<Shown> {
    return this.page.evaluate(() => window.shared.shown());
  }

  /** Takes what the page has written; its mirror then is what the page holds. */
  async collect(): Promise<void> {
    for (const { update, lineage } of await this.page.evaluate(() => window.shared.sent())) {
      Y.applyUpdate(this.mirror, fromBase64(update), lineage ? ORIGIN.lineage : null);
      this.up.push(update);
    }
  }

  async receive(updates: readonly string[]): Promise<void> {
    for (const update of updates) Y.applyUpdate(this.mirror, fromBase64(update));
    await this.page.evaluate((given) => window.shared.receive(given), updates);
    await this.collect();
  }

  async compose(stages: readonly string[], during: () => Promise<void>): Promise<void> {
    for (const [i, stage] of stages.entries()) {
      await this.#desk.typist.preview(stage);
      if (i === 0) await during();
    }
    await this.#desk.typist.commit(stages.at(-1) ?? "");
    await this.page.waitForFunction(() => !window.shared.editor.view.composing);
  }

  press(text: string): Promise<void> {
    return this.#desk.typist.press(text);
  }
}

/** One schedule: people at their keyboards, a server in between, and a network that holds, reorders and repeats. */
class Meeting {
  readonly #r: Random;
  readonly #server: Y.Doc;
  readonly #guests: readonly Guest[];
  readonly #ledger: Ledger;
  readonly #log: string[] = [];
  #next = 0;

  constructor(seed: number) {
    this.#r = random(seed);
    this.#server = bodyOf({ a: [this.#word(4), this.#word(3)], b: [this.#word(5)], c: [] });
    const state = Y.encodeStateAsUpdate(this.#server);
    this.#ledger = new Ledger(SLOTS, this.#server);
    const count = this.#r() < 0.7 ? 2 : 3;
    this.#guests = desks.slice(0, count).map((desk, i) => new Guest(desk, i, state));
    for (const { name, mirror } of this.#guests) this.#ledger.follow(name, mirror);
  }

  get log(): string {
    return this.#log.join("\n");
  }

  /** New letters: no two are alike. */
  #word(length: number): string {
    return Array.from({ length }, () => String.fromCodePoint(0x4e00 + this.#next++)).join("");
  }

  async run(): Promise<void> {
    for (const guest of this.#guests) await guest.join();
    for (let i = 0; i < ACTIONS; i++) {
      await this.#act(this.#r.pick(this.#guests));
      for (let n = this.#r.int(3); n > 0; n--) await this.#traffic();
      if (this.#r() < 0.06) await this.#reconnect(this.#r.pick(this.#guests));
    }
    await this.#finish();
  }

  async #act(guest: Guest): Promise<void> {
    const r = this.#r;
    const act = r.weighted(ACTS);
    const before = await guest.shown();
    await guest.collect();
    const books = this.#ledger.read(guest.mirror);
    this.#log.push(`${guest.name} ${act}`, `    ${before.text}`);
    const { removes, adds, history, carries } = await this.#do(guest, act, before);
    await guest.collect();
    const after = await guest.shown();
    this.#log.push(`  = ${after.text}`);
    expect(after.broken).toEqual([]);
    const intent = { removes: history ? null : new Set(removes), adds: new Set(adds), carries };
    this.#ledger.enter(guest.name, guest.mirror, books, intent, { client: guest.client });
  }

  async #do(
    guest: Guest,
    act: Act,
    { selected, before, after, block }: Shown,
  ): Promise<{ removes: string; adds: string; history: boolean; carries: boolean }> {
    const r = this.#r;
    const { keyboard } = guest.page;
    const done = (removes: string, adds = "", carries = false) => ({ removes, adds, history: false, carries });
    switch (act) {
      case "type": {
        const letters = this.#word(1 + r.int(3));
        for (const letter of letters) await guest.press(letter);
        return done(selected, letters);
      }
      case "caret":
      case "selection": {
        const [anchor, head] = [r.int(60), r.int(60)];
        await guest.page.evaluate(([a, b]) => window.shared.select(a, b), [
          anchor,
          act === "caret" ? anchor : head,
        ] as const);
        return done("");
      }
      case "arrows":
        for (let n = 1 + r.int(4); n > 0; n--) {
          const key = r.pick(["ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown", "Home", "End"]);
          await keyboard.press(r() < 0.4 ? `Shift+${key}` : key);
        }
        return done("");
      case "Backspace":
        await keyboard.press(act);
        return done(selected === "" ? before : selected);
      case "Delete":
        await keyboard.press(act);
        return done(selected === "" ? after : selected);
      case "Control+Backspace":
        await keyboard.press(act);
        return done(selected === "" ? block : selected);
      case "Alt+Shift+ArrowUp":
      case "Alt+Shift+ArrowDown":
        await keyboard.press(act);
        return done(
          guest.mirror.share.size > 0 ? [...this.#ledger.read(guest.mirror).values()].join("") : "",
          "",
          true,
        );
      case "cut":
        if (selected === "") return done("");
        guest.cut = selected;
        await keyboard.press("Control+x");
        return done(selected, "", true);
      case "paste": {
        // What stands again meanwhile would be a copy.
        const standing = new Set(this.#ledger.read(guest.mirror).values());
        if (guest.cut === "" || Array.from(guest.cut).some((char) => standing.has(char))) return done("");
        const moved = guest.cut;
        guest.cut = "";
        await keyboard.press("Control+v");
        return done(selected + moved, "", true);
      }
      case "pasteLines": {
        const lines = [this.#word(2), this.#word(1 + r.int(2))];
        await guest.page.evaluate((text) => navigator.clipboard.writeText(text), lines.join("\n"));
        guest.cut = "";
        await keyboard.press("Control+v");
        return done(selected, lines.join(""));
      }
      case "undo":
      case "redo":
        await keyboard.press(act === "undo" ? "Control+z" : "Control+y");
        return { removes: "", adds: "", history: true, carries: false };
      case "compose": {
        const letters = this.#word(3);
        await guest.compose([letters.slice(0, 1), letters.slice(0, 2), letters], () => this.#traffic(guest));
        return done(selected, letters);
      }
      default:
        await keyboard.press(act);
        return done(act === "Enter" ? selected : "");
    }
  }

  /** One message comes through, maybe out of order, maybe twice; or it is lost until the next reconnection. */
  async #traffic(to?: Guest): Promise<void> {
    const r = this.#r;
    const guest = to ?? r.pick(this.#guests);
    const isUp = to === undefined && r() < 0.5;
    const line = isUp ? guest.up : guest.down;
    if (line.length === 0) return;
    const n = r() < 0.7 ? 0 : r.int(line.length);
    const chance = r();
    const [update] = chance < 0.1 ? line.slice(n, n + 1) : line.splice(n, 1);
    if (update === undefined) return;
    this.#log.push(`  ${guest.name} ${isUp ? "up" : "down"} ${n}${chance > 0.95 ? " lost" : ""}`);
    if (chance > 0.95) return;
    if (isUp) this.#toServer(update);
    else await guest.receive([update]);
  }

  #toServer(update: string): void {
    const before = Y.encodeStateVector(this.#server);
    Y.applyUpdate(this.#server, fromBase64(update));
    const news = toBase64(Y.encodeStateAsUpdate(this.#server, before));
    for (const guest of this.#guests) guest.down.push(news);
  }

  async #reconnect(guest: Guest): Promise<void> {
    this.#log.push(`${guest.name} reconnects`);
    await guest.collect();
    guest.up.length = 0;
    guest.down.length = 0;
    this.#toServer(toBase64(Y.encodeStateAsUpdate(guest.mirror, Y.encodeStateVector(this.#server))));
    guest.down.length = 0;
    await guest.receive([toBase64(Y.encodeStateAsUpdate(this.#server, Y.encodeStateVector(guest.mirror)))]);
  }

  async #finish(): Promise<void> {
    for (let round = 0; round < 4; round++) for (const guest of this.#guests) await this.#reconnect(guest);
    const wanted = spell(freshParse(docFrom(Y.encodeStateAsUpdate(this.#server)), SLOTS));
    for (const guest of this.#guests) {
      const { text, broken } = await guest.shown();
      expect(broken, guest.name).toEqual([]);
      expect(text, guest.name).toBe(wanted);
      const state = docFrom(fromBase64(await guest.page.evaluate(() => window.shared.state())));
      expect(Y.equalSnapshots(Y.snapshot(state), Y.snapshot(this.#server)), guest.name).toBe(true);
    }
    this.#ledger.close(this.#server);
  }
}

describe("several pages on a bad network", () => {
  it(
    `loses, doubles and forks nothing that people type, compose, paste and undo (seeds ${FIRST_SEED} to ${FIRST_SEED + SCHEDULES - 1})`,
    { timeout: 20_000 * SCHEDULES },
    async () => {
      for (let seed = FIRST_SEED; seed < FIRST_SEED + SCHEDULES; seed++) {
        const meeting = new Meeting(seed);
        try {
          await meeting.run();
        } catch (cause) {
          throw new Error(`seed ${seed}: ${cause instanceof Error ? cause.message : String(cause)}\n${meeting.log}`, {
            cause,
          });
        }
        expect(errors.splice(0)).toEqual([]);
      }
    },
  );
});
