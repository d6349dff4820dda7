import { Filter } from "lucide-react";
import type { ReactElement } from "react";
import { useEffect, useMemo, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { COMMENT_KINDS, threadState, titleInPlace, titlesAbove } from "#model";
import type { ThreadState } from "#model";
import { Button } from "../../ui/button.tsx";
import { useAnnounce } from "../../ui/announcer.tsx";
import { EmptyState } from "../../ui/empty-state.tsx";
import { SelectField } from "../../ui/field.tsx";
import { isPressed } from "../../ui/keys.ts";
import { SearchField } from "../../ui/search-field.tsx";
import { LIST_SHORTCUTS } from "../shortcuts.ts";
import { useWorkspace } from "../workspace.tsx";
import styles from "./comments-tab.module.css";
import { CommentComposer } from "./comment-composer.tsx";
import { ThreadCard } from "./thread-card.tsx";
import { bySlot, isWanted, NO_FILTER } from "./thread-filter.ts";
import type { ThreadFilter } from "./thread-filter.ts";

const STATES: readonly (ThreadState | "unplaced")[] = ["open", "proposed", "validated", "unplaced", "withdrawn"];

/** Every comment, in the order of the draft, with what the committee does about it. */
export function CommentsTab(): ReactElement {
  const { t } = useTranslation("workspace");
  const { report, titleOf, outline, composing, activeThread, activatedFrom, activate, editor } = useWorkspace();
  const [filter, setFilter] = useState<ThreadFilter>(NO_FILTER);
  const [filtering, setFiltering] = useState(false);
  const list = useRef<HTMLDivElement>(null);
  const wanted = useMemo(
    () => report.threads.filter((thread) => thread.comment.id === activeThread || isWanted(thread, filter)),
    [report.threads, filter, activeThread],
  );
  const groups = useMemo(() => bySlot(wanted), [wanted]);
  // Sections of different parts may bear the same title.
  const places = useMemo(() => {
    const above = titlesAbove(outline);
    return new Map(outline.map(({ slot, entry }) => [slot.id, titleInPlace(entry, above.get(slot.id) ?? [])]));
  }, [outline]);
  useArrivals();

  useEffect(() => {
    if (activeThread === null || activatedFrom !== "text") return;
    const card = list.current?.querySelector<HTMLElement>(`[data-thread-card="${CSS.escape(activeThread)}"]`);
    card?.scrollIntoView({ block: "nearest" });
    card?.focus({ preventScroll: true });
  }, [activeThread, activatedFrom]);

  useEffect(() => {
    const element = list.current;
    /** Keys that work on the list as a whole; what is typed into a field is none of them. */
    const keys = (event: KeyboardEvent): void => {
      const { target } = event;
      if (!(target instanceof HTMLElement) || target.closest("input, textarea, select")) return;
      const next = isPressed(event, LIST_SHORTCUTS.nextThread);
      if (next || isPressed(event, LIST_SHORTCUTS.previousThread)) {
        const cards = [...(element?.querySelectorAll<HTMLElement>("[data-thread-card]") ?? [])];
        const at = cards.findIndex((card) => card.contains(document.activeElement));
        const card = cards[Math.min(Math.max(at + (next ? 1 : -1), 0), cards.length - 1)];
        card?.focus();
        if (card) activate(card.dataset["threadCard"] ?? null, "list");
        event.preventDefault();
      } else if (isPressed(event, ["Escape"])) {
        activate(null, "list");
        editor?.focus();
      }
    };
    element?.addEventListener("keydown", keys);
    return () => element?.removeEventListener("keydown", keys);
  }, [activate, editor]);

  const people = useMemo(() => {
    const authors = new Map(report.threads.map(({ author }) => [author.id, author]));
    return [...authors.values()].sort((a, b) => a.name.localeCompare(b.name, "vi"));
  }, [report.threads]);
  const units = [...new Set(people.map((person) => person.unit).filter((unit) => unit !== ""))].sort((a, b) =>
    a.localeCompare(b, "vi"),
  );
  const any = { value: "", label: t("panel.any") };
  const set = (change: Partial<ThreadFilter>): void => setFilter((before) => ({ ...before, ...change }));
  const narrowed = Object.entries(filter).filter(([name, value]) => name !== "text" && value !== "").length;
  return (
    <div className={styles["tab"]}>
      <div className={styles["tools"]}>
        <SearchField
          label={t("panel.search")}
          value={filter.text}
          onChange={(text) => set({ text })}
          found={t("panel.found", { count: wanted.length })}
        />
        <Button icon={<Filter />} aria-expanded={filtering} onClick={() => setFiltering(!filtering)}>
          {narrowed > 0 ? t("panel.filterCount", { count: narrowed }) : t("panel.filter")}
        </Button>
      </div>
      {filtering ? (
        <div className={styles["filters"]}>
          <SelectField
            label={t("panel.state")}
            value={filter.state}
            onChange={(state) => set({ state: STATES.find((known) => known === state) ?? "" })}
            choices={[any, ...STATES.map((state) => ({ value: state, label: t(`thread.state.${state}`) }))]}
          />
          <SelectField
            label={t("panel.slot")}
            value={filter.slot}
            onChange={(slot) => set({ slot })}
            choices={[any, ...outline.map(({ slot }) => ({ value: slot.id, label: titleOf(slot.id) }))]}
          />
          <SelectField
            label={t("panel.person")}
            value={filter.person}
            onChange={(person) => set({ person })}
            choices={[any, ...people.map((person) => ({ value: person.id, label: person.name }))]}
          />
          <SelectField
            label={t("panel.unit")}
            value={filter.unit}
            onChange={(unit) => set({ unit })}
            choices={[any, ...units.map((unit) => ({ value: unit, label: unit }))]}
          />
          <SelectField
            label={t("panel.kind")}
            value={filter.kind}
            onChange={(kind) => set({ kind: COMMENT_KINDS.find((known) => known === kind) ?? "" })}
            choices={[any, ...COMMENT_KINDS.map((kind) => ({ value: kind, label: t(`thread.kind.${kind}`) }))]}
          />
          <Button disabled={narrowed === 0} onClick={() => setFilter({ ...NO_FILTER, text: filter.text })}>
            {t("panel.filterOff")}
          </Button>
        </div>
      ) : null}
      {composing === null ? null : <CommentComposer target={composing} />}
      {report.threads.length === 0 && composing === null ? (
        <EmptyState title={t("panel.none")}>{t("panel.noneText")}</EmptyState>
      ) : wanted.length === 0 && composing === null ? (
        <EmptyState title={t("panel.nothingFound")} />
      ) : null}
      <div ref={list} role="group" aria-label={t("panel.comments")} className={styles["list"]}>
        {groups.map(({ slot, threads }) => (
          <section
            key={slot ?? ""}
            aria-label={slot === null ? t("panel.wholeReport") : places.get(slot)}
            className={styles["group"]}
          >
            <h3>
              <span>{slot === null ? t("panel.wholeReport") : places.get(slot)}</span>
              <span className={styles["count"]}>{threads.length}</span>
            </h3>
            {threads.map((thread) => (
              <ThreadCard
                key={`${thread.author.id}/${thread.comment.id}`}
                thread={thread}
                active={thread.comment.id === activeThread}
              />
            ))}
          </section>
        ))}
      </div>
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
