import { basename } from "node:path";
import { writeReportFile } from "#collab";
import { fileWithRecords } from "#comments";
import { WORD_LIMITS } from "#docx";
import type { Person } from "#model";
import type { ReadCopy, RefusedCopy, SettledCopy } from "#server";
import { CopyReading, findLibreOffice, takeReadCopies, WordReader } from "#server";
import { collectLines, collectData } from "../collect-lines.ts";
import type { Collected } from "../collect-lines.ts";
import type { Call, Command } from "../command.ts";
import { DATA, EXIT, OUTPUT } from "../command.ts";
import { usageFileMissing, usageOptionMissing, usageValueWrong } from "../errors.ts";
import { readBytes, writeBytes, writeOut } from "../files.ts";
import { findRuleSet, nameOf, openCatalogue, openReportFile, startTime } from "../report-source.ts";

/**
 * Takes what delegates said in Word files that come back into the notes of each. What has no place, whose author is not
 * known for sure, and which file is no copy, is listed; `--as FILE=PERSON` says who it is.
 */
export const collectCommand: Command = {
  name: "collect",
  summary: "summary.collect",
  operands: "files",
  options: [
    OUTPUT,
    { name: "as", placeholder: "placeholder.fileAs", about: "option.as.collect", multiple: true },
    { name: "round", placeholder: "placeholder.number", about: "option.round.collect" },
    { name: "json", about: "option.json.collect" },
    DATA,
  ],
  async run(call) {
    const output = call.values.get("output");
    const [source = "-", ...names] = call.files;
    if (names.length === 0) throw usageFileMissing();
    if (output === undefined) throw usageOptionMissing("-o");
    const catalogue = await openCatalogue(call);
    const file = await openReportFile(source, catalogue, call);
    const { people } = file.manifest;
    const owners = ownersOf(call, names, people);
    const round = roundOf(call);
    const reader = new WordReader({ office: findLibreOffice(call.environment) });
    const found: (ReadCopy | RefusedCopy)[] = [];
    const settled: SettledCopy[] = [];
    try {
      const ruleSet = findRuleSet(catalogue, file.manifest.ruleSet);
      const reading = new CopyReading(file, ruleSet, catalogue.ruleSets.values(), reader);
      for (const name of names) {
        const bytes = await readBytes(name, call.streams, WORD_LIMITS.parts);
        for (const one of await reading.read(nameOf(name, call), bytes, { round })) {
          found.push(one);
          if (!("refused" in one)) settled.push({ read: one, choices: choicesOf(one, owners.get(name)) });
        }
      }
    } finally {
      await reader.close();
    }
    const { records, copies } = takeReadCopies(file, settled, startTime(call).toISOString());
    await writeBytes(output, writeReportFile(fileWithRecords(file, records)), call.streams);
    const collected = found.map((one): Collected => {
      if ("refused" in one) return one;
      return { ...one, ...(copies[settled.findIndex(({ read }) => read === one)] ?? { fates: [], late: 0 }) };
    });
    const told = call.flags.has("json")
      ? `${JSON.stringify(collectData(collected, settled), null, 2)}\n`
      : `${collectLines(collected, settled, people, call.language).join("\n")}\n`;
    if (output === "-") call.streams.messages.write(told);
    else await writeOut(told, call.streams);
    return collected.some(isListed) ? EXIT.gaps : EXIT.done;
  },
};

/** True where something of a file has to be looked at by a person. */
function isListed(one: Collected): boolean {
  if ("refused" in one) return true;
  return one.fates.includes("left-out") || one.copy.remarks.some(({ placed }) => !placed);
}

function ownersOf(call: Call, names: readonly string[], people: readonly Person[]): Map<string, string> {
  const owners = new Map<string, string>();
  const known = people.filter(({ role }) => role !== "reader");
  for (const given of call.lists.get("as") ?? []) {
    const at = given.lastIndexOf("=");
    const [file, who] = [given.slice(0, Math.max(at, 0)), given.slice(at + 1).normalize("NFC")];
    const files = names.filter((name) => name === file || basename(name) === file);
    if (files.length === 0) throw usageValueWrong("--as", given, names.join(", "));
    const persons = known.filter(({ id, name }) => id === who || name.normalize("NFC") === who);
    const [person] = persons;
    if (!person || persons.length > 1) {
      throw usageValueWrong("--as", given, known.map(({ id, name }) => `${id} (${name})`).join(", "));
    }
    for (const name of files) owners.set(name, person.id);
  }
  return owners;
}

function roundOf(call: Call): number | undefined {
  const given = call.values.get("round");
  if (given === undefined) return undefined;
  if (!/^[1-9]\d{0,3}$/.test(given)) throw usageValueWrong("--round", given, "1, 2, 3 …");
  return Number(given);
}

/** Who is asked for is whom the call names; whoever is sure stays who they are. */
function choicesOf({ copy }: ReadCopy, owner: string | undefined): Record<string, string | null> {
  if (owner === undefined) return {};
  return Object.fromEntries(copy.authors.filter(({ sure }) => !sure).map(({ name }) => [name, owner]));
}
