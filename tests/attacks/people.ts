import { slotText } from "#collab";
import type { Attack, Raid } from "./attack.ts";
import { ending, settled, updateOf } from "./attack.ts";
import { SLOT } from "./stage.ts";

/** The status and code of an answer to a request. */
async function answerTo(
  raid: Raid,
  method: string,
  path: string,
  headers: Record<string, string> = {},
): Promise<string> {
  const response = await raid.me.browser.fetch(path, { method, headers });
  const { error }: { error?: { code: string } } = await response.json().catch(() => ({}));
  return `HTTP ${response.status} ${error?.code ?? ""}`.trim();
}

function revoke(raid: Raid): Promise<unknown> {
  const path = `/api/reports/${raid.report}/people/${raid.me.person.id}/link`;
  return raid.stage.victims.chair.browser.ask("DELETE", path, undefined, 204);
}

function words(raid: Raid): Uint8Array {
  return updateOf(raid.stage.at("body").doc, (doc) => slotText(doc, SLOT).insert(1, "lén "));
}

async function present(
  raid: Raid,
  states: readonly { client: number; clock: number; state: unknown }[],
): Promise<string> {
  const intruder = raid.enter();
  await intruder.sit(raid.body);
  intruder.present(raid.body, states);
  return settled(intruder, raid.body);
}

/** Who one is: presence, sessions, links. */
export const PEOPLE_ATTACKS: readonly Attack[] = [
  {
    name: "presence under another's name",
    as: "drafter",
    outcome: "no effect",
    run: (raid) => {
      const { id, name } = raid.stage.victims.drafter.person;
      return present(raid, [
        { client: 31, clock: 1, state: { user: { id, name, color: "url(x)" }, cursor: { anchor: "x" } } },
      ]);
    },
  },
  {
    name: "presence by another's Yjs client",
    as: "drafter",
    outcome: "4422 foreign-client",
    run: (raid) =>
      present(raid, [
        { client: raid.stage.at("body").doc.clientID, clock: 1000, state: { cursor: { anchor: "forged" } } },
      ]),
  },
  {
    name: "another's Yjs client behind one's own",
    as: "drafter",
    outcome: "4422 foreign-client",
    run: (raid) =>
      present(raid, [
        { client: 32, clock: 1, state: { cursor: { anchor: "own" } } },
        { client: raid.stage.at("body").doc.clientID, clock: 1000, state: { cursor: { anchor: "forged" } } },
      ]),
  },
  {
    name: "another declared gone",
    as: "drafter",
    outcome: "no effect",
    run: (raid) => present(raid, [{ client: raid.stage.at("body").doc.clientID, clock: 100_000, state: null }]),
  },
  {
    name: "presence of a reader",
    as: "reader",
    outcome: "no effect",
    run: (raid) => present(raid, [{ client: 33, clock: 1, state: { cursor: { anchor: "x" } } }]),
  },
  {
    name: "cursor of 100,000 letters",
    as: "drafter",
    outcome: "no effect",
    run: (raid) => present(raid, [{ client: 34, clock: 1, state: { cursor: { anchor: "x".repeat(100_000) } } }]),
  },
  { name: "no session", as: "stranger", outcome: "4401 signed-out", run: (raid) => ending(raid.enter()) },
  {
    name: "session made up",
    as: "stranger",
    outcome: "4401 signed-out",
    run: (raid) => {
      raid.me.browser.cookie = `${raid.stage.victims.chair.browser.cookie.slice(0, -4)}AAAA`;
      return ending(raid.enter());
    },
  },
  {
    name: "socket from another site's page",
    as: "drafter",
    outcome: "1006",
    run: (raid) => ending(raid.enter({ origin: "https://example.org" })),
  },
  {
    name: "request from another site's page",
    as: "drafter",
    outcome: "HTTP 403 origin-foreign",
    run: (raid) => answerTo(raid, "POST", `/api/reports/${raid.report}/versions`, { origin: "https://example.org" }),
  },
  {
    name: "round closed by a delegate",
    as: "delegate",
    outcome: "HTTP 403 forbidden",
    run: (raid) => answerTo(raid, "POST", `/api/reports/${raid.report}/rounds/1/close`),
  },
  {
    name: "setting of who sees whose comments changed by a delegate",
    as: "delegate",
    outcome: "HTTP 403 forbidden",
    run: (raid) => answerTo(raid, "PATCH", `/api/reports/${raid.report}/settings`),
  },
  {
    name: "others' comments asked for by a reader",
    as: "reader",
    outcome: "HTTP 403 forbidden",
    run: (raid) => answerTo(raid, "GET", `/api/reports/${raid.report}/others`),
  },
  {
    name: "revoked link, going on at an open socket",
    as: "drafter",
    outcome: "4401 kicked",
    run: async (raid) => {
      const intruder = raid.enter();
      await intruder.sit(raid.body);
      const gone = revoke(raid);
      for (let i = 0; i < 20; i++) {
        intruder.ask(raid.body);
        await new Promise((resolve) => setImmediate(resolve));
      }
      await gone;
      for (let i = 0; i < 20; i++) intruder.update(raid.body, words(raid));
      return ending(intruder);
    },
  },
  {
    name: "revoked link, a new socket",
    as: "drafter",
    outcome: "4401 signed-out",
    run: async (raid) => {
      await revoke(raid);
      return ending(raid.enter());
    },
  },
  {
    name: "revoked link, by request",
    as: "drafter",
    outcome: "HTTP 403 link-revoked",
    run: async (raid) => {
      await revoke(raid);
      return answerTo(raid, "GET", `/api/reports/${raid.report}`);
    },
  },
  {
    name: "signed out elsewhere, going on at an open socket",
    as: "drafter",
    outcome: "4401 signed-out",
    run: async (raid) => {
      const intruder = raid.enter();
      await intruder.sit(raid.body);
      await raid.me.browser.ask("DELETE", "/api/session", undefined, 204);
      intruder.update(raid.body, words(raid));
      return ending(intruder);
    },
  },
];
