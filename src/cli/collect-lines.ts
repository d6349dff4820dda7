import type { CopyOutcome, RemarkFate } from "#comments";
import type { Language, Person, Remark } from "#model";
import { say } from "#model";
import type { ReadCopy, RefusedCopy, SettledCopy } from "#server";
import { tell } from "./words.ts";

/** What came of one file. */
export type Collected = RefusedCopy | (ReadCopy & CopyOutcome);

/** Words are quoted up to here. */
const LONGEST = 80;

/** What came of each file, for people: numbers, then what has to be looked at. */
export function collectLines(
  all: readonly Collected[],
  settled: readonly SettledCopy[],
  people: readonly Person[],
  language: Language,
): string[] {
  const nameOf = (id: string | null): string => people.find((person) => person.id === id)?.name ?? id ?? "";
  const lines = all.flatMap((one) => {
    if ("refused" in one) {
      return [
        tell(language, "collect.refused", {
          file: one.name,
          problem: say(language, `error.${one.refused.code}`, one.refused.details),
        }),
      ];
    }
    const choices = settled.find(({ read }) => read.name === one.name)?.choices ?? {};
    const authors = one.copy.authors.map(({ name, person, sure }) => ({
      name,
      person: choices[name] ?? (sure ? person : null),
      likely: person,
    }));
    const who = [...new Set(authors.flatMap(({ person }) => (person === null ? [] : [nameOf(person)])))].join(", ");
    const { remarks, partial } = one.copy;
    const count = (fate: RemarkFate): number => one.fates.filter((known) => known === fate).length;
    return [
      tell(language, "collect.file", {
        file: one.name,
        who: who === "" ? "?" : who,
        round: one.round.number,
        comments: remarks.filter(({ source }) => source === "comment").length,
        replies: remarks.filter(({ source }) => source === "reply").length,
        tracked: remarks.filter(({ source }) => source === "tracked").length,
        silent: remarks.filter(({ source }) => source === "silent").length,
      }),
      `  ${tell(language, "collect.fates", { fresh: count("new"), changed: count("changed"), known: count("known"), left: count("left-out") })}`,
      ...(one.roundBy === "words"
        ? [`  ${tell(language, "collect.roundByWords", { file: one.name, round: one.round.number })}`]
        : []),
      ...(one.late > 0 ? [`  ${tell(language, "collect.late", { count: one.late })}`] : []),
      ...(["older", "both"] as const).flatMap((fate) =>
        count(fate) === 0 ? [] : [`  ${tell(language, `collect.${fate}`, { count: count(fate) })}`],
      ),
      ...(partial ? [`  ${tell(language, "collect.partial", one.copy.blocks)}`] : []),
      ...authors
        .filter(({ person }) => person === null)
        .map(
          ({ name, likely }) =>
            `  ${tell(language, likely === null ? "collect.unknown" : "collect.unsure", { name: name === "" ? tell(language, "collect.noName") : name, likely: nameOf(likely), file: one.name })}`,
        ),
      ...remarks.filter(({ placed }) => !placed).map((remark) => `  ${unplacedLine(remark, language)}`),
    ];
  });
  const read = all.flatMap((one) => ("refused" in one ? [] : [one]));
  const total = (fate: RemarkFate): number =>
    read.flatMap(({ fates }) => fates).filter((known) => known === fate).length;
  lines.push(
    tell(language, "collect.total", {
      files: read.length,
      fresh: total("new"),
      changed: total("changed"),
      known: total("known"),
      left: total("left-out"),
    }),
  );
  return lines;
}

function unplacedLine({ author, text, guess }: Remark, language: Language): string {
  const said = tell(language, "collect.unplaced", { author, text: cut(text) });
  return guess ? `${said} ${tell(language, "collect.guess", { slot: guess.slot, words: cut(guess.text) })}` : said;
}

function cut(text: string): string {
  const line = text.replaceAll(/\s+/gu, " ").trim();
  return line.length > LONGEST
    ? `${line
        .slice(0, LONGEST)
        .replace(/[\uD800-\uDBFF]$/u, "")
        .trimEnd()}…`
    : line;
}

/** The same for programs: for each file its authors, its remarks with what became of each, or why it was refused. */
export function collectData(all: readonly Collected[], settled: readonly SettledCopy[]): unknown {
  return {
    files: all.map((one) => {
      if ("refused" in one)
        return { file: one.name, refused: { code: one.refused.code, details: one.refused.details } };
      const choices = settled.find(({ read }) => read.name === one.name)?.choices ?? {};
      return {
        file: one.name,
        round: one.round.number,
        roundBy: one.roundBy,
        late: one.late,
        partial: one.copy.partial,
        blocks: one.copy.blocks,
        authors: one.copy.authors.map((author) => ({
          ...author,
          taken: choices[author.name] ?? (author.sure ? author.person : null),
        })),
        remarks: one.copy.remarks.map((remark, index) => ({ ...remark, fate: one.fates[index] ?? "left-out" })),
      };
    }),
  };
}
