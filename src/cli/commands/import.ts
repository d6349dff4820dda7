import { writeReportFile } from "#collab";
import { composeReportFile } from "#comments";
import { WORD_LIMITS } from "#docx";
import type { Call, Command } from "../command.ts";
import { DATA, EXIT, ID, OUTPUT, SET, TEMPLATE } from "../command.ts";
import { fileNotJson, usageOptionMissing } from "../errors.ts";
import { parseJson, readBytes, writeBytes, writeOut } from "../files.ts";
import { about, composerFor, errorAbout, findRuleSet, findTemplate, nameOf, openCatalogue } from "../report-source.ts";
import type { WordImport } from "../word-import.ts";
import { importWord } from "../word-import.ts";

/**
 * Makes a report from a JSON file with text, persons, rounds, comments and decisions, or from a Word file whose headings
 * are laid on the skeleton of a template. Of a Word file it prints what went where and what has no place yet.
 */
export const importCommand: Command = {
  name: "import",
  summary: "summary.import",
  operands: "file",
  options: [
    { ...TEMPLATE, about: "option.template.import" },
    SET,
    { name: "place", placeholder: "placeholder.place", about: "option.place", multiple: true },
    { name: "json", about: "option.json.import" },
    { ...OUTPUT, about: "option.output.import" },
    ID,
    DATA,
  ],
  async run(call) {
    const [source = "-"] = call.files;
    const output = call.values.get("output");
    const catalogue = await openCatalogue(call);
    const bytes = await readBytes(source, call.streams, WORD_LIMITS.file);
    const name = nameOf(source, call);
    const word = isWord(bytes, call) ? await readNamed(name, importWord(bytes, catalogue, call)) : null;
    if (output === undefined && !word) throw usageOptionMissing("-o");
    if (!word && bytes.length > WORD_LIMITS.file) throw fileNotJson(name, new Error(`> ${WORD_LIMITS.file} B`));
    if (output !== undefined) {
      const file = about(name, () => {
        const input = catalogue.check("report", word ? word.input : parseJson(source, bytes), name);
        const template = findTemplate(catalogue, input.template);
        findRuleSet(catalogue, input.ruleSet ?? template.ruleSet);
        const { id, composer } = composerFor(call);
        return composeReportFile(input, template, id, composer);
      });
      await writeBytes(output, writeReportFile(file), call.streams);
    }
    return word ? await tellWord(word, call) : EXIT.done;
  },
};

async function readNamed(name: string, word: Promise<WordImport>): Promise<WordImport> {
  try {
    return await word;
  } catch (error) {
    throw errorAbout(name, error);
  }
}

/** What came of a Word file; on the other stream where the report itself goes to standard output. */
async function tellWord({ told, open }: WordImport, call: Call): Promise<number> {
  if (call.values.get("output") === "-") call.streams.messages.write(told);
  else await writeOut(told, call.streams);
  return open ? EXIT.gaps : EXIT.done;
}

/** True for a package or an old binary file of Word, and for every file where a template is named. */
function isWord(bytes: Uint8Array, call: Call): boolean {
  const starts = (...signs: readonly number[]): boolean => signs.every((sign, index) => bytes[index] === sign);
  return call.values.has("template") || starts(0x50, 0x4b) || starts(0xd0, 0xcf, 0x11, 0xe0);
}
