import { useEffect, useRef, useState } from "react";
import type { CopyAuthor } from "#model";
import type { CopyFate, CopyPreview, CopyRefusal, TakeCopiesRequest, TakenCopiesResponse } from "#protocol";
import { api } from "../../app/api.ts";
import { problemText } from "../../app/errors.ts";
import { newId } from "../../app/new-id.ts";
import { useLanguage } from "../../language/use-language.ts";

/** A file that was chosen, how far it is, and what was found in it. */
export interface ChosenFile {
  readonly key: string;
  readonly name: string;
  readonly state: "waiting" | "reading" | "read" | "failed";
  readonly found: readonly (CopyPreview | CopyRefusal)[];
  readonly problem?: string;
}

/** A copy on its way; `key` stays when it is read anew beside another draft. */
export interface CopyOnItsWay {
  readonly key: string;
  readonly file: string;
  readonly preview: CopyPreview;
  /** What becomes of each remark as things are settled, and how many would be marked as late. */
  readonly fates: readonly CopyFate[];
  readonly late: number;
}

/** Whom the secretary says that the authors of a copy are: by copy, then by name; empty for nobody. */
type Choices = Readonly<Record<string, Readonly<Record<string, string>>>>;

export interface Copies {
  readonly files: readonly ChosenFile[];
  readonly copies: readonly CopyOnItsWay[];
  /** With which draft copies are compared that do not name their round; null for the nearest. */
  readonly round: number | null;
  /** True while files are read, or it is not told yet what would become of them. */
  readonly busy: boolean;
  readonly taking: boolean;
  readonly taken: TakenCopiesResponse | null;
  readonly problem: string | null;
  /** The person a name in a copy stands for as things are; empty where nobody is settled. */
  readonly personOf: (copy: CopyOnItsWay, name: string) => string;
  /** Has files read, one after another. */
  readonly add: (files: readonly File[]) => void;
  readonly remove: (file: string) => void;
  readonly choosePerson: (copy: CopyOnItsWay, name: string, person: string) => void;
  /** Has one copy compared with another draft. */
  readonly chooseRound: (copy: CopyOnItsWay, round: number) => void;
  /** Has all copies compared with another draft that do not name theirs and were not given one by themselves. */
  readonly chooseRoundOfAll: (round: number | null) => void;
  readonly take: () => Promise<void>;
  readonly clear: () => void;
}

/** Returned copies on their way into a report: chosen, read on the server one after another, looked at, taken. */
export function useCopies(report: string): Copies {
  const language = useLanguage();
  const [files, setFiles] = useState<readonly ChosenFile[]>([]);
  const [choices, setChoices] = useState<Choices>({});
  const [rounds, setRounds] = useState<Readonly<Record<string, number>>>({});
  const [round, setRound] = useState<number | null>(null);
  const [foretold, setForetold] = useState<{ readonly of: string; readonly told: TakenCopiesResponse } | null>(null);
  const [taking, setTaking] = useState(false);
  const [taken, setTaken] = useState<TakenCopiesResponse | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const line = useRef(Promise.resolve());
  const [reading, setReading] = useState(0);
  // What was chosen before the window was closed is nobody's any more.
  const sitting = useRef(0);
  const bytes = useRef(new Map<string, File>());
  // What waits in the line is read beside the draft that is chosen when its turn comes.
  const wanted = useRef<number | null>(null);

  const found = files.flatMap((file) =>
    file.found.flatMap((one) => ("error" in one ? [] : [{ key: keyOf(file.key, one.name), file: file.key, one }])),
  );
  const personOf = ({ key, preview: { read } }: Pick<CopyOnItsWay, "key" | "preview">, name: string): string => {
    const own = (of: CopyAuthor): string => choices[key]?.[of.name] ?? (of.sure ? (of.person ?? "") : "");
    const author = read.authors.find((each) => each.name === name);
    const person = author ? own(author) : "";
    // What bears no name is theirs who wrote all the rest, until somebody says otherwise.
    if (name !== "" || author?.sure !== false || choices[key]?.[""] !== undefined) return person;
    const [only = "", ...others] = new Set(read.authors.filter((each) => each.name !== "").map(own));
    return others.length === 0 ? only : "";
  };
  const request: TakeCopiesRequest = {
    copies: found.map(({ key, one: preview }) => ({
      copy: preview.copy,
      people: Object.fromEntries(
        preview.read.authors.map(({ name }) => [name, personOf({ key, preview }, name) || null]),
      ),
    })),
  };
  const asked = JSON.stringify(request);
  const told = foretold?.of === asked ? foretold.told : null;
  const copies = found.map(({ key, file, one: preview }, index): CopyOnItsWay => {
    const { fates, late } = told?.copies[index] ?? preview;
    return { key, file, preview, fates, late };
  });

  const isSettling = found.length > 0 && reading === 0 && taken === null && told === null;
  useEffect(() => {
    if (!isSettling) return undefined;
    const stop = new AbortController();
    const ask = async (): Promise<void> => {
      try {
        const answer = await api.previewCopies(report, JSON.parse(asked) as TakeCopiesRequest);
        if (!stop.signal.aborted) setForetold({ of: asked, told: answer });
      } catch (error) {
        if (!stop.signal.aborted) setProblem(problemText(language, error));
      }
    };
    void ask();
    return () => stop.abort();
  }, [isSettling, asked, report, language]);

  const change = (key: string, by: (file: ChosenFile) => Partial<ChosenFile>): void =>
    setFiles((before) => before.map((one) => (one.key === key ? { ...one, ...by(one) } : one)));

  /** Does something when all before it is done, unless the window was closed meanwhile. */
  const inLine = (act: () => Promise<void>): void => {
    const of = sitting.current;
    setReading((count) => count + 1);
    line.current = line.current
      .then(() => (sitting.current === of ? act() : undefined))
      .finally(() => setReading((count) => count - 1));
  };

  const readFile = async (key: string): Promise<void> => {
    const file = bytes.current.get(key);
    if (!file) return;
    change(key, () => ({ state: "reading" }));
    try {
      const read = await api.readCopy(report, file, wanted.current === null ? {} : { round: wanted.current });
      change(key, () => ({ state: "read", found: read }));
    } catch (error) {
      change(key, () => ({ state: "failed", problem: problemText(language, error) }));
    }
  };

  const readAnew = async (key: string, name: string, beside: number | null): Promise<void> => {
    const file = bytes.current.get(key);
    if (!file) return;
    try {
      const read = await api.readCopy(report, file, { only: name, ...(beside === null ? {} : { round: beside }) });
      change(key, (before) => ({
        found: before.found.map((one) => (one.name === name ? (read.find((each) => each.name === name) ?? one) : one)),
      }));
    } catch (error) {
      setProblem(problemText(language, error));
    }
  };

  return {
    files,
    copies,
    round,
    busy: reading > 0 || (isSettling && problem === null),
    taking,
    taken,
    problem,
    personOf,
    add(chosen) {
      const fresh = chosen.map((file) => ({ file, key: newId() }));
      for (const { file, key } of fresh) bytes.current.set(key, file);
      const waiting = fresh.map(({ file, key }): ChosenFile => ({ key, name: file.name, state: "waiting", found: [] }));
      setFiles((before) => [...before, ...waiting]);
      setProblem(null);
      for (const { key } of fresh) inLine(() => readFile(key));
    },
    remove(key) {
      bytes.current.delete(key);
      setFiles((before) => before.filter((one) => one.key !== key));
      setProblem(null);
    },
    choosePerson: ({ key }, name, person) => {
      setProblem(null);
      setChoices((before) => ({ ...before, [key]: { ...before[key], [name]: person } }));
    },
    chooseRound({ key, file, preview }, chosen) {
      setProblem(null);
      setRounds((before) => ({ ...before, [key]: chosen }));
      inLine(() => readAnew(file, preview.name, chosen));
    },
    chooseRoundOfAll(chosen) {
      setProblem(null);
      setRound(chosen);
      wanted.current = chosen;
      for (const { key, file, preview } of copies) {
        if (preview.roundBy !== "file" && rounds[key] === undefined) {
          inLine(() => readAnew(file, preview.name, chosen));
        }
      }
    },
    async take() {
      setTaking(true);
      setProblem(null);
      try {
        setTaken(await api.takeCopies(report, request));
      } catch (error) {
        setProblem(problemText(language, error));
      } finally {
        setTaking(false);
      }
    },
    clear() {
      sitting.current++;
      bytes.current.clear();
      wanted.current = null;
      setFiles([]);
      setChoices({});
      setRounds({});
      setRound(null);
      setForetold(null);
      setTaken(null);
      setProblem(null);
    },
  };
}

function keyOf(file: string, name: string): string {
  return `${file} ${name}`;
}
