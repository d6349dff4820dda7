import { planImport, readWordFile } from "#docx";
import type { ImportPlan } from "#model";
import { placedSlots } from "#model";
import { expect, it } from "vitest";
import { shippedCatalogue } from "../support/catalogue.ts";
import { LAST_YEARS } from "../support/last-years-drafts.ts";
import { convertWithOffice } from "../support/office.ts";
import { placesOf } from "../support/plan-words.ts";

it("last year's drafts go to the same places, with the same text, when LibreOffice has saved them", async () => {
  const catalogue = await shippedCatalogue();
  const kinds = Object.keys(LAST_YEARS) as (keyof typeof LAST_YEARS)[];
  const drafts = kinds.map((kind) => LAST_YEARS[kind]());
  const saved = await convertWithOffice(drafts, "docx");
  for (const [index, kind] of kinds.entries()) {
    const template = catalogue.templates.get(kind);
    const ruleSet = template && catalogue.ruleSets.get(template.ruleSet);
    const [draft, again] = [drafts[index], saved[index]];
    if (!template || !ruleSet || !draft || !again) throw new Error(`${kind} is shipped, and saved`);
    const plan = (bytes: Uint8Array): ImportPlan =>
      planImport(readWordFile(bytes), { template, ruleSet, titleWords: catalogue.titleWords });
    const [before, after] = [plan(draft), plan(again)];
    expect(placesOf(after), kind).toEqual(placesOf(before));
    const words = (each: ImportPlan): Record<string, number> =>
      Object.fromEntries(
        each.pieces.map(({ label, title, origin, words: count }) => [`${label} ${title} ${origin}`, count]),
      );
    expect(words(after), kind).toEqual(words(before));
    expect(Object.keys(placedSlots(after)), kind).toEqual(Object.keys(placedSlots(before)));
    expect(
      after.fields.map(({ id, value }) => [id, value]),
      kind,
    ).toEqual(before.fields.map(({ id, value }) => [id, value]));
  }
});
