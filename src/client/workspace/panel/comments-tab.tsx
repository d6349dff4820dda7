import { Filter, Merge } from "lucide-react";
import type { ReactElement, ReactNode } from "react";
import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { threadRows, threadsOfRow, threadState, titleInPlace, titlesAbove, unchangedFindings } from "#model";
import type { Outcome, ThreadRow } from "#model";
import { problemText } from "../../app/errors.ts";
import { useLanguage } from "../../language/use-language.ts";
import { useAnnounce } from "../../ui/announcer.tsx";
import { Button } from "../../ui/button.tsx";
import { EmptyState } from "../../ui/empty-state.tsx";
import { SearchField } from "../../ui/search-field.tsx";
import { useToast } from "../../ui/toast.tsx";
import { useCarriedOut } from "../carried-out.tsx";
import { useWorkspace } from "../workspace.tsx";
import type { Answering } from "./answering.ts";
import { BulkBar } from "./bulk-bar.tsx";
import { CommentComposer } from "./comment-composer.tsx";
import styles from "./comments-tab.module.css";
import { MentionChoice, TextChoice } from "./list-choices.tsx";
import { narrowness, ThreadFilters } from "./list-filters.tsx";
import { MergeDialog } from "./merge-dialog.tsx";
import type { Asked, ThreadActs } from "./thread-acts.ts";
import { AllRows, ThreadActsProvider, ThreadRowsProvider } from "./thread-acts.ts";
import { isRowWanted, nextWaiting, NO_FILTER } from "./thread-filter.ts";
import type { ThreadFilter } from "./thread-filter.ts";

import { ThreadList } from "./thread-list.tsx";
import { useThreadKeys } from "./use-thread-keys.ts";

/** Every comment, in the order of the draft, with what the committee does about it. */
export function CommentsTab({ answering }: { readonly answering: Answering | null }): ReactElement {
  const { t } = useTranslation("workspace");
  const language = useLanguage();
  const toast = useToast();
  const announce = useAnnounce();
  const { report, outline, composing, activeThread, activatedFrom, activation, activate, editor, chair } =
    useWorkspace();
  const [filter, setFilter] = useState<ThreadFilter>(NO_FILTER);
  const [filtering, setFiltering] = useState(false);
  const [merging, setMerging] = useState(false);
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  const [asked, setAsked] = useState<(Asked & { readonly of: string }) | null>(null);
  const tab = useRef<HTMLDivElement>(null);
  const changes = useCarriedOut();
  const rows = useMemo(() => threadRows(report.threads), [report.threads]);
  const all = useMemo(() => new AllRows(rows), [rows]);
  // What is commented on in the text may be a comment that stands in another's row.
  const activeRow = useMemo(
    () => rows.find((row) => threadsOfRow(row).some(({ comment }) => comment.id === activeThread)) ?? null,
    [rows, activeThread],
  );
  const active = activeRow?.leading.comment.id ?? null;
  const wanted = useMemo(
    () => rows.filter((row) => row === activeRow || isRowWanted(row, filter, changes)),
    [rows, filter, activeRow, changes],
  );
  const chosen = wanted.filter(({ leading }) => selected.has(leading.comment.id));
  // Sections of different parts may bear the same title.
  const places = useMemo(() => {
    const above = titlesAbove(outline);
    return new Map(outline.map(({ slot, entry }) => [slot.id, titleInPlace(entry, above.get(slot.id) ?? [])]));
  }, [outline]);
  useArrivals();

  const cardOf = useCallback(
    (leading: string) => tab.current?.querySelector<HTMLElement>(`[data-thread-card="${CSS.escape(leading)}"]`) ?? null,
    [],
  );
  useEffect(() => {
    if (active === null || activation === 0) return;
    const card = cardOf(active);
    card?.scrollIntoView({ block: "nearest" });
    if (activatedFrom === "text") card?.focus({ preventScroll: true });
  }, [active, activation, activatedFrom, cardOf]);

  const open = useCallback(
    (leading: string): void => {
      setAsked(null);
      activate(leading, "list");
    },
    [activate],
  );
  const go = (row: ThreadRow | null | undefined): void => {
    if (!row) return;
    const { id } = row.leading.comment;
    open(id);
    cardOf(id)?.focus({ preventScroll: true });
  };
  const attempt = useCallback(
    (act: (one: Answering) => void): boolean => {
      if (!answering) return false;
      try {
        act(answering);
        return true;
      } catch (error) {
        toast({ title: problemText(language, error), tone: "danger" });
        return false;
      }
    },
    [answering, toast, language],
  );
  const goOnRef = useRef<(from: string) => void>(() => undefined);
  useEffect(() => {
    goOnRef.current = (from) => {
      const next = nextWaiting(wanted, from, chair);
      if (next) go(next);
      else {
        cardOf(from)?.focus({ preventScroll: true });
        announce(t("panel.noneWaiting"));
      }
    };
  });
  const acts = useMemo<ThreadActs>(
    () => ({
      answering,
      attempt,
      goOn: (from) => goOnRef.current(from),
      select: (leading, on) =>
        setSelected((before) => {
          const next = new Set(before);
          for (const id of leading) {
            if (on) next.add(id);
            else next.delete(id);
          }
          return next;
        }),
    }),
    [answering, attempt],
  );

  const rowOf = (leading: string): ThreadRow | undefined => wanted.find((row) => row.leading.comment.id === leading);
  const ask = (of: string, outcome: Outcome | null, field: Asked["field"]): void => {
    if (of !== active && selected.size === 0) activate(of, "list");
    setAsked({ of: selected.size > 0 ? "" : of, outcome, field, turn: (asked?.turn ?? 0) + 1 });
  };
  useThreadKeys(tab, {
    step: (card, by) => {
      const at = wanted.findIndex(({ leading }) => leading.comment.id === card);
      go(wanted[Math.min(Math.max(at + by, 0), wanted.length - 1)]);
    },
    waiting: (card, by) => {
      const next = nextWaiting(wanted, card ?? active, chair, by);
      if (next) go(next);
      else announce(t("panel.noneWaiting"));
    },
    ask,
    validate: (card) => {
      const row = rowOf(card);
      if (!row || !chair) announce(t("decision.chairOnly"));
      else if (row.leading.decision === null) announce(t("decision.nothingProposed"));
      else if (attempt((one) => one.validate([row]))) acts.goOn(card);
    },
    send: (card) => {
      const form = cardOf(card)?.querySelector<HTMLFormElement>("[data-answer]");
      if (form) form.requestSubmit();
      else ask(card, null, "response");
    },
    mergePrevious: (card) => {
      const at = wanted.findIndex(({ leading }) => leading.comment.id === card);
      const [before, row] = [wanted[at - 1], wanted[at]];
      if (!before || !row) return;
      if (!attempt((one) => one.merge([row], before))) return;
      announce(t("merge.done", { name: before.leading.author.name }));
      go(before);
    },
    separate: (card) => {
      const row = rowOf(card);
      if (row && row.others.length > 0 && attempt((one) => one.separate(card))) announce(t("merge.separated"));
    },
    select: (card, slot) => {
      const row = rowOf(card);
      if (!row) return;
      const { target } = row.leading.comment;
      const here = wanted.filter(
        ({ leading: { comment } }) => JSON.stringify(slotOf(comment.target)) === JSON.stringify(slotOf(target)),
      );
      const ids = (slot ? here : [row])
        .filter((one) => !one.leading.comment.withdrawn)
        .map((one) => one.leading.comment.id);
      acts.select(ids, !ids.every((id) => selected.has(id)));
    },
    undo: () => {
      const undone = answering?.undo() ?? null;
      announce(undone === null ? t("decision.nothingToUndo") : t(`decision.${undone.result}`));
      if (undone) go(rows.find((row) => threadsOfRow(row).some(({ comment }) => comment.id === undone.comment)));
    },
    leave: () => {
      activate(null, "list");
      editor?.focus();
    },
  });

  const standing = report.threads.filter(({ comment }) => !comment.withdrawn);
  const undecided = standing.filter(({ decision }) => decision === null).length;
  const proposed = standing.filter((thread) => threadState(thread) === "proposed").length;
  const set = (change: Partial<ThreadFilter>): void => setFilter((before) => ({ ...before, ...change }));
  const narrowed = narrowness(filter);
  const unchanged = unchangedFindings(report.threads, changes).length;
  return (
    <ThreadActsProvider value={acts}>
      <div ref={tab} className={styles["tab"]}>
        {standing.length === 0 ? null : (
          <Progress total={standing.length} undecided={undecided} proposed={proposed}>
            {unchanged > 0 ? (
              <Button variant="quiet" onClick={() => set({ state: "unchanged" })}>
                {t("carried.warning", { count: unchanged })}
              </Button>
            ) : null}
            <Button variant="quiet" icon={<Merge />} onClick={() => setMerging(true)}>
              {t("merge.open")}
            </Button>
          </Progress>
        )}
        <div className={styles["tools"]}>
          <SearchField
            label={t("panel.search")}
            value={filter.text}
            onChange={(text) => set({ text })}
            found={t("panel.found", { count: wanted.flatMap(threadsOfRow).length })}
          />
          <Button icon={<Filter />} aria-expanded={filtering} onClick={() => setFiltering(!filtering)}>
            {narrowed > 0 ? t("panel.filterCount", { count: narrowed }) : t("panel.filter")}
          </Button>
        </div>
        <TextChoice />
        <MentionChoice mentioned={filter.mentioned} onChange={(mentioned) => set({ mentioned })} />
        {filtering ? <ThreadFilters filter={filter} onChange={setFilter} /> : null}
        {composing === null ? null : <CommentComposer target={composing} />}
        {report.threads.length === 0 && composing === null ? (
          <EmptyState title={t("panel.none")}>{t("panel.noneText")}</EmptyState>
        ) : wanted.length === 0 && composing === null ? (
          <EmptyState title={t("panel.nothingFound")} />
        ) : null}
        <ThreadRowsProvider value={all}>
          <ThreadList
            rows={wanted}
            active={active}
            selected={selected}
            asked={asked !== null && asked.of === active ? asked : null}
            titles={places}
            onOpen={open}
          />
        </ThreadRowsProvider>
        {chosen.length === 0 ? null : (
          <BulkBar
            rows={chosen}
            others={wanted.filter(({ leading }) => !leading.comment.withdrawn && !selected.has(leading.comment.id))}
            asked={asked?.of === "" ? asked : null}
            onDone={() => {
              setSelected(new Set());
              setAsked(null);
              if (active !== null) cardOf(active)?.focus({ preventScroll: true });
            }}
          />
        )}
        {merging ? <MergeDialog onClose={() => setMerging(false)} /> : null}
      </div>
    </ThreadActsProvider>
  );
}

function slotOf(target: ThreadRow["leading"]["comment"]["target"]): string | null {
  return target.scope === "report" ? null : target.slot;
}

/** How far the committee has come: how many comments still wait for an answer, and how many answers for the chair. */
function Progress({
  total,
  undecided,
  proposed,
  children,
}: {
  readonly total: number;
  readonly undecided: number;
  readonly proposed: number;
  /** What one does with all of them. */
  readonly children: ReactNode;
}): ReactElement {
  const { t } = useTranslation("workspace");
  return (
    <div className={styles["progress"]}>
      <div>
        <p>
          <b>{undecided === 0 ? t("panel.allAnswered") : t("panel.unanswered", { count: undecided })}</b>
          {proposed > 0 ? ` · ${t("panel.waiting", { count: proposed })}` : ""}
        </p>
        {children}
      </div>
      <progress max={total} value={total - undecided} aria-label={t("panel.progress")} />
    </div>
  );
}

/** Says what happens elsewhere: a comment that arrives, a decision that somebody else makes. */
function useArrivals(): void {
  const { t } = useTranslation("workspace");
  const { report, me } = useWorkspace();
  const announce = useAnnounce();
  const known = useRef<ReadonlyMap<string, string> | null>(null);
  useEffect(() => {
    const before = known.current;
    const now = new Map(report.threads.map((thread) => [thread.comment.id, threadState(thread)]));
    known.current = now;
    // What was there when the page opened is no news.
    if (before === null || before.size === 0) return;
    for (const { comment, author, decision } of report.threads) {
      const was = before.get(comment.id);
      const is = now.get(comment.id);
      if (was === undefined && author.id !== me.id) announce(t("panel.arrived", { name: author.name }));
      else if (was !== is && decision !== null && (decision.validatedBy ?? decision.proposedBy) !== me.id)
        announce(t("panel.decided", { name: author.name }));
    }
  }, [report.threads, me.id, announce, t]);
}
