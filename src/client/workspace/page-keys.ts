import { useEffect, useEffectEvent } from "react";
import { useTranslation } from "react-i18next";
import { useStateWords } from "../live/state-line.tsx";
import { threadRows } from "#model";
import { isPressed } from "../ui/keys.ts";
import { useToast } from "../ui/toast.tsx";
import { nextWaiting } from "./panel/thread-filter.ts";
import { PAGE_SHORTCUTS } from "./shortcuts.ts";
import { useWorkspace } from "./workspace.tsx";

/** What the keys of the page open. */
export interface PageActs {
  readonly find: (how: "find" | "replace") => void;
  /** To the next place that was searched for, or the one before. */
  readonly step: (by: 1 | -1) => void;
  readonly help: () => void;
}

/** The keys of {@link PAGE_SHORTCUTS}, as long as the page is there. In a dialog only what needs no page works. */
export function usePageKeys({ find, step, help }: PageActs): void {
  const { t } = useTranslation("workspace");
  const { committee, chair, editor, compose, version, live, report, activate, activeThread } = useWorkspace();
  const stateWords = useStateWords(live);
  const toast = useToast();
  const actOf = (event: KeyboardEvent): (() => void) | null => {
    const is = (name: keyof typeof PAGE_SHORTCUTS): boolean => isPressed(event, PAGE_SHORTCUTS[name]);
    // People press it out of habit; the browser would offer to store the page.
    if (is("save")) return () => toast({ title: t("save.byItself"), text: stateWords() });
    if (event.target instanceof Element && event.target.closest("[role=dialog], [role=alertdialog]")) return null;
    if (is("help") && !(event.key === "?" && takesLetters(event.target))) return help;
    if (is("comment") && committee) return () => compose(editor?.target() ?? { scope: "report" });
    if (is("review") && committee) return review;
    // In a version that is read the browser's own search finds what is shown.
    if (version !== null) return null;
    if (is("find") || is("replace")) return () => find(is("find") ? "find" : "replace");
    if (is("findNext") || is("findPrevious")) return () => step(is("findNext") ? 1 : -1);
    return null;
  };
  const review = (): void => {
    const rows = threadRows(report.threads);
    const next = activeThread ?? (nextWaiting(rows, null, chair) ?? rows[0])?.leading.comment.id;
    if (next !== undefined) activate(next, "text");
  };
  const press = useEffectEvent((event: KeyboardEvent) => {
    const act = actOf(event);
    if (!act) return;
    event.preventDefault();
    act();
  });
  useEffect(() => {
    const listen = (event: KeyboardEvent): void => press(event);
    window.addEventListener("keydown", listen);
    return () => window.removeEventListener("keydown", listen);
  }, []);
}

function takesLetters(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || target.matches("input, textarea, select"));
}
