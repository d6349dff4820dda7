import { planImport } from "#docx";
import type { WordFile } from "#docx";
import type { ImportPlan, ReportInput } from "#model";
import {
  comparedWords,
  fieldsOf,
  initialFields,
  isUnsettled,
  numberOutline,
  placedSlots,
  slotsOf,
  standingYears,
} from "#model";
import type { Catalogue } from "#server";
import { findLibreOffice, WordReader } from "#server";
import type { Call } from "./command.ts";
import {
  placeHeadingAmbiguous,
  placeHeadingUnknown,
  placeSlotUnknown,
  usageOptionMissing,
  usageValueWrong,
} from "./errors.ts";
import { givenFields } from "./given-fields.ts";
import { importLines } from "./import-lines.ts";
import { findRuleSet, findTemplate } from "./report-source.ts";

/** A Word file as a report to be made, with what is to be told of it. */
export interface WordImport {
  readonly input: ReportInput;
  /** The placing, as lines or as JSON. */
  readonly told: string;
  /** True where something of the file has no place yet. */
  readonly open: boolean;
}

/**
 * Reads a Word file, whoever made it, into the skeleton of the template that the call names. What reading it costs is
 * bounded as it is in the server.
 */
export async function importWord(bytes: Uint8Array, catalogue: Catalogue, call: Call): Promise<WordImport> {
  const name = call.values.get("template");
  if (name === undefined) throw usageOptionMissing("--template");
  const template = findTemplate(catalogue, name);
  const ruleSet = findRuleSet(catalogue, template.ruleSet);
  const specs = fieldsOf(template, ruleSet);
  const given = givenFields(call, specs);
  const { year } = given;
  const plan = planImport(await readBounded(bytes, call), {
    template,
    ruleSet,
    titleWords: catalogue.titleWords,
    ...(year === undefined ? {} : { year }),
  });
  const slots = slotsOf(template).map((slot) => slot.id);
  const places = givenPlaces(call, plan, slots);
  const read = Object.fromEntries(plan.fields.flatMap((field) => (field.former ? [] : [[field.id, field.value]])));
  const fields = initialFields(specs, { ...read, ...given });
  const placed = placedSlots(plan, places);
  const reportYear = fields["year"] ?? "";
  const years = standingYears(placed, plan.year, reportYear);
  const told = call.flags.has("json")
    ? `${JSON.stringify({ plan, places, standingYears: years }, null, 2)}\n`
    : `${importLines({ plan, places, outline: numberOutline(template, ruleSet, fields), reportYear, years }, call.language).join("\n")}\n`;
  return {
    input: {
      template: template.id,
      fields,
      slots: Object.fromEntries(slots.map((slot) => [slot, placed[slot] ?? []])),
    },
    told,
    open: plan.pieces.some((piece) => isUnsettled(piece, places)),
  };
}

/** A Word file read in a thread of its own, which is ended where the file costs more than any report does. */
async function readBounded(bytes: Uint8Array, call: Call): Promise<WordFile> {
  const reader = new WordReader({ office: findLibreOffice(call.environment) });
  try {
    return await reader.read(bytes);
  } finally {
    await reader.close();
  }
}

/** Where `--place` puts headings: by their words, or by their ids. */
function givenPlaces(call: Call, plan: ImportPlan, slots: readonly string[]): Record<string, string> {
  const places: Record<string, string> = {};
  for (const setting of call.lists.get("place") ?? []) {
    const sign = setting.lastIndexOf("=");
    if (sign < 1) throw usageValueWrong("--place", setting, "heading=slot");
    const heading = setting.slice(0, sign).normalize("NFC").trim();
    const slot = setting.slice(sign + 1).trim();
    if (!slots.includes(slot)) throw placeSlotUnknown(slot, slots.join(", "));
    const words = comparedWords(heading).join(" ");
    const found = plan.pieces.filter(
      ({ id, label, title }) =>
        id === heading ||
        (title !== "" && [title, `${label} ${title}`].some((each) => comparedWords(each).join(" ") === words)),
    );
    const [piece, other] = found;
    if (!piece) {
      const open = plan.pieces.filter((each) => isUnsettled(each)).map((each) => each.title || each.id);
      throw placeHeadingUnknown(heading, open.join(", "));
    }
    if (other) throw placeHeadingAmbiguous(heading, found.map((each) => each.id).join(", "));
    places[piece.id] = slot;
  }
  return places;
}
