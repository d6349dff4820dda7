import { afterAll, beforeAll, expect, it } from "vitest";
import * as Y from "yjs";
import { slotText } from "#collab";
import { updateOf } from "../attacks/attack.ts";
import { Intruder } from "../attacks/intruder.ts";
import { ATTACKS, besiege } from "../attacks/siege.ts";
import { Stage } from "../attacks/stage.ts";
import { openHall } from "./support.ts";

const SLOT = "opening";
let stage: Stage;

beforeAll(async () => {
  stage = await Stage.open();
});

afterAll(async () => {
  await stage.close();
});

it.each(ATTACKS)("refuses: $name", async (attack) => {
  const { faults, outcome } = await besiege(stage, attack);
  expect({ outcome, faults }).toEqual({ outcome: attack.outcome, faults: [] });
});

it("notices an attack that gets through", async () => {
  const { faults } = await besiege(stage, {
    name: "a drafter writes, as drafters may",
    as: "drafter",
    outcome: "no effect",
    run: async ({ body, enter }) => {
      const intruder = enter();
      await intruder.sit(body);
      intruder.update(
        body,
        updateOf(stage.at("body").doc, (doc) => slotText(doc, SLOT).insert(1, "x")),
      );
      await intruder.until(() => intruder.answers.length > 0);
      return "no effect";
    },
  });
  expect(faults).toContain("somebody else has written in the text");
});

it("keeps a Yjs client for the person who was seen with it first, also over a restart of the document", async () => {
  const hall = await openHall();
  const [victim, attacker] = [await hall.invite("drafter", "Nạn nhân"), await hall.invite("drafter", "Kẻ phá")];
  const name = `${hall.report}/body`;
  const body = await victim.browser.line().document(name);
  slotText(body.doc, SLOT).insert(1, "Lời của nạn nhân.");
  await body.saved();
  const client = body.doc.clientID;
  const state = new Y.Doc();
  Y.applyUpdate(state, Y.encodeStateAsUpdate(body.doc));
  body.provider.destroy();
  const intruder = new Intruder(attacker.browser);
  await intruder.sit(name);
  intruder.update(
    name,
    updateOf(state, (doc) => slotText(doc, SLOT).insert(1, "giả "), client),
  );
  expect(await intruder.closed).toEqual({ code: 4422, reason: "foreign-client" });
  const own = await victim.browser.line().document(name);
  expect(slotText(own.doc, SLOT).toJSON()).toContain("Lời của nạn nhân.");
  expect(slotText(own.doc, SLOT).toJSON()).not.toContain("giả");
});
