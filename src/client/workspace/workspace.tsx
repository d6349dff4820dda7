import type { ReactElement, ReactNode } from "react";
import { createContext, useCallback, useContext, useMemo, useState } from "react";
import { TextReader } from "#collab";
import { DraftOrder, readAnswers, readBoard, readBoardStances, readNotes } from "#comments";
import type { BoardRecord } from "#comments";
import type { ReportEditor } from "#editor";
import type { CommentTarget, CommentThread, NumberedSlot, Person, Report, Stance } from "#model";
import { numberOutline } from "#model";
import type { ReportInfo } from "#protocol";
import { documentRight } from "#protocol";
import * as Y from "yjs";
import { useOpenReport } from "../app/open-report.tsx";
import type { LiveReport } from "../live/live-report.ts";
import { useReading } from "../live/use-reading.ts";
import { keptComment } from "./panel/kept-comment.ts";
import { withOwnRecords } from "./own-records.ts";

/**
 * What of the workspace stays while one writes: whoever needs only this is not drawn again when the text or a comment
 * changes.
 */
export interface Desk {
  readonly info: ReportInfo;
  readonly live: LiveReport;
  readonly refresh: () => Promise<void>;
  readonly me: Person;
  /** True for the chair and drafters: they write, answer and export. A reader only reads. */
  readonly committee: boolean;
  readonly chair: boolean;
  readonly body: Y.Doc;
  /** The live documents of comments and answers; null for a reader. */
  readonly notes: Y.Doc | null;
  readonly decisions: Y.Doc | null;
  /** What people declare of the rounds: for whom they speak, and that they agree. */
  readonly stances: readonly Stance[];
  /** Null until the text is mounted. */
  readonly editor: ReportEditor | null;
  readonly setEditor: (editor: ReportEditor | null) => void;
  readonly activate: (thread: string | null, from: "text" | "list") => void;
  readonly compose: (target: CommentTarget | null) => void;
  readonly readVersion: (version: string | null) => void;
}

/** Everything the committee's page shows and does, for whatever stands inside it. */
export interface Workspace extends Desk {
  /** The whole report as plain data. Its text follows the editor a moment later. */
  readonly report: Report;
  readonly outline: readonly NumberedSlot[];
  readonly activeThread: string | null;
  /** Where the person came from decides what moves: the text to the words, or the list to the card. */
  readonly activatedFrom: "text" | "list";
  /** Counts the activations: the same thread may be asked for again. */
  readonly activation: number;
  /** What a new comment that is being written is about; null while none is. */
  readonly composing: CommentTarget | null;
  readonly titleOf: (slot: string) => string;
  /** The version that is read instead of the live text; null for the live text. */
  readonly version: string | null;
}

const DeskContext = createContext<Desk | null>(null);
const WorkspaceContext = createContext<Workspace | null>(null);

/** The part of the workspace that stays. Only inside {@link WorkspaceProvider}. */
export function useDesk(): Desk {
  const value = useContext(DeskContext);
  if (!value) throw new Error("useDesk outside WorkspaceProvider");
  return value;
}

/** The workspace. Only inside {@link WorkspaceProvider}. */
export function useWorkspace(): Workspace {
  const value = useContext(WorkspaceContext);
  if (!value) throw new Error("useWorkspace outside WorkspaceProvider");
  return value;
}

/** A reader has neither comments nor answers: an empty document stands for them. */
const NOTHING = new Y.Doc();

/** How long the text must rest before the plain report is made anew, in milliseconds: longer than between two keys. */
const LAG = 400;

export function WorkspaceProvider({ children }: { readonly children: ReactNode }): ReactElement {
  const { info, live, refresh } = useOpenReport();
  const { me } = info;
  const committee = documentRight(me.role, me.id, { kind: "decisions", report: info.id }) === "write";
  const body = live.document("body").doc;
  const notes = committee ? live.document("notes").doc : null;
  const decisions = committee ? live.document("decisions").doc : null;
  const board = committee ? live.document("board").doc : NOTHING;
  const [editor, setEditor] = useState<ReportEditor | null>(null);
  const [active, setActive] = useState<{ thread: string | null; from: "text" | "list"; turn: number }>({
    thread: null,
    from: "list",
    turn: 0,
  });
  // What was half-written when the page was left is there again.
  const [composing, compose] = useState<CommentTarget | null>(
    () => (committee ? keptComment(`${info.id}.${me.id}`)?.target : null) ?? null,
  );
  const [version, readVersion] = useState<string | null>(null);

  // Fixed for the life of a report; every answer of the server brings equal ones, and what is made from them may stay.
  const [{ template, ruleSet }] = useState(info);
  const [reader] = useState(() => new TextReader(body, template));
  const [order] = useState(() => new DraftOrder<BoardRecord>(template, body));
  const text = useReading(
    body,
    useCallback(() => reader.read(), [reader]),
    LAG,
  );
  const received: BoardRecord[] = useReading(board, readBoard, 0);
  const stances = useSame(useReading(board, readBoardStances, 0));
  const own = useReading(
    notes ?? NOTHING,
    useCallback((doc: Y.Doc) => readNotes(doc, me.id), [me.id]),
    0,
  );
  const answers = useReading(decisions ?? NOTHING, readAnswers, 0);
  const records = useMemo(() => withOwnRecords(received, own, answers, me), [received, own, answers, me]);
  const fields = useSame(Object.keys(text.fields).length > 0 ? text.fields : info.fields);
  const [threads] = useState(() => new Unchanged<CommentThread>(({ comment, author }) => `${author.id}/${comment.id}`));
  const outline = useMemo(() => numberOutline(template, ruleSet, fields), [template, ruleSet, fields]);
  const report = useMemo<Report>(
    () => ({
      id: info.id,
      sample: info.sample,
      template,
      ruleSet,
      people: info.people,
      rounds: info.rounds,
      versions: info.versions,
      slots: text.slots,
      fields,
      threads: threads.of(order.of(records)),
      stances,
    }),
    [info, template, ruleSet, text, fields, records, order, threads, stances],
  );
  const activate = useCallback(
    (thread: string | null, from: "text" | "list") => setActive(({ turn }) => ({ thread, from, turn: turn + 1 })),
    [],
  );
  const titleOf = useCallback(
    (slot: string) => {
      const entry = outline.find((numbered) => numbered.slot.id === slot)?.entry;
      return entry ? `${entry.label} ${entry.title}`.trim() : slot;
    },
    [outline],
  );
  const desk = useMemo<Desk>(
    () => ({
      info,
      live,
      refresh,
      me,
      committee,
      chair: me.role === "chair",
      body,
      notes,
      decisions,
      stances,
      editor,
      setEditor,
      activate,
      compose,
      readVersion,
    }),
    [info, live, refresh, me, committee, body, notes, decisions, stances, editor, activate],
  );
  const value = useMemo<Workspace>(
    () => ({
      ...desk,
      report,
      outline,
      titleOf,
      activeThread: active.thread,
      activatedFrom: active.from,
      activation: active.turn,
      composing,
      version,
    }),
    [desk, report, outline, titleOf, active, composing, version],
  );
  return (
    <DeskContext value={desk}>
      <WorkspaceContext value={value}>{children}</WorkspaceContext>
    </DeskContext>
  );
}

/** The first of equal values: what is made from it may stay. */
function useSame<T>(value: T): T {
  const [kept, keep] = useState(value);
  if (kept === value || JSON.stringify(kept) === JSON.stringify(value)) return kept;
  keep(value);
  return value;
}

/** Gives equal items back as the very objects they were before, so that only what has changed is drawn again. */
class Unchanged<T> {
  private readonly keyOf: (item: T) => string;
  private known = new Map<string, { readonly given: T; readonly item: T; readonly json: string }>();

  constructor(keyOf: (item: T) => string) {
    this.keyOf = keyOf;
  }

  of(items: readonly T[]): T[] {
    const next = new Map<string, { given: T; item: T; json: string }>();
    const same = items.map((given) => {
      const key = this.keyOf(given);
      const before = this.known.get(key);
      if (before?.given === given) {
        next.set(key, before);
        return before.item;
      }
      const json = JSON.stringify(given);
      const item = before?.json === json ? before.item : given;
      next.set(key, { given, item, json });
      return item;
    });
    this.known = next;
    return same;
  }
}
