import { useRef, useState } from "react";
import type { CopyPreview, CopyRefusal, TakenCopiesResponse } from "#protocol";
import { api } from "../../app/api.ts";
import { problemText } from "../../app/errors.ts";
import { newId } from "../../app/new-id.ts";
import { useLanguage } from "../../language/use-language.ts";

/** A file that was chosen, and how far it is. */
export interface ChosenFile {
  readonly key: string;
  readonly name: string;
  readonly state: "waiting" | "reading" | "read" | "failed";
  readonly found: readonly (CopyPreview | CopyRefusal)[];
  readonly problem?: string;
}

/** Whom the secretary says that the authors of a copy are: by copy, then by name; empty for nobody. */
export type Choices = Readonly<Record<string, Readonly<Record<string, string>>>>;

export interface Copies {
  readonly files: readonly ChosenFile[];
  readonly choices: Choices;
  readonly busy: boolean;
  readonly taken: TakenCopiesResponse | null;
  readonly problem: string | null;
  /** Has files read, one after another. */
  readonly add: (files: readonly File[]) => void;
  readonly choose: (copy: string, name: string, person: string) => void;
  readonly take: () => Promise<void>;
  readonly clear: () => void;
}

/** The person a name in a copy stands for as things are; empty where nobody is settled. */
export function settledPerson(
  { copy, read }: Pick<CopyPreview, "copy" | "read">,
  name: string,
  choices: Choices,
): string {
  const author = read.authors.find((one) => one.name === name);
  return choices[copy]?.[name] ?? (author?.sure ? (author.person ?? "") : "");
}

/** The copies that were read. */
export function previewsOf(files: readonly ChosenFile[]): CopyPreview[] {
  return files.flatMap(({ found }) => found.flatMap((one) => ("error" in one ? [] : [one])));
}

/** Returned copies on their way into a report: chosen, read on the server one after another, looked at, taken. */
export function useCopies(report: string): Copies {
  const language = useLanguage();
  const [files, setFiles] = useState<readonly ChosenFile[]>([]);
  const [choices, setChoices] = useState<Choices>({});
  const [taking, setTaking] = useState(false);
  const [taken, setTaken] = useState<TakenCopiesResponse | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const line = useRef(Promise.resolve());
  // What was chosen before the window was closed is nobody's any more.
  const sitting = useRef(0);

  const change = (key: string, by: Partial<ChosenFile>): void =>
    setFiles((before) => before.map((one) => (one.key === key ? { ...one, ...by } : one)));

  const read = async (key: string, file: File, of: number): Promise<void> => {
    if (sitting.current !== of) return;
    change(key, { state: "reading" });
    try {
      change(key, { state: "read", found: await api.readCopy(report, file) });
    } catch (error) {
      change(key, { state: "failed", problem: problemText(language, error) });
    }
  };

  return {
    files,
    choices,
    busy: taking || files.some(({ state }) => state === "waiting" || state === "reading"),
    taken,
    problem,
    add(chosen) {
      const fresh = chosen.map((file) => ({ file, key: newId() }));
      const waiting = fresh.map(({ file, key }): ChosenFile => ({ key, name: file.name, state: "waiting", found: [] }));
      setFiles((before) => [...before, ...waiting]);
      setProblem(null);
      const of = sitting.current;
      for (const { file, key } of fresh) line.current = line.current.then(() => read(key, file, of));
    },
    choose: (copy, name, person) =>
      setChoices((before) => ({ ...before, [copy]: { ...before[copy], [name]: person } })),
    async take() {
      setTaking(true);
      setProblem(null);
      try {
        const copies = previewsOf(files).map((preview) => ({
          copy: preview.copy,
          people: Object.fromEntries(
            preview.read.authors.map(({ name }) => [name, settledPerson(preview, name, choices) || null]),
          ),
        }));
        setTaken(await api.takeCopies(report, { copies }));
      } catch (error) {
        setProblem(problemText(language, error));
      } finally {
        setTaking(false);
      }
    },
    clear() {
      sitting.current++;
      setFiles([]);
      setChoices({});
      setTaken(null);
      setProblem(null);
    },
  };
}
