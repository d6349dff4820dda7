import type { RefObject } from "react";
import { useEffect, useEffectEvent } from "react";
import type { Outcome } from "#model";
import { OUTCOMES } from "#model";
import { isPressed } from "../../ui/keys.ts";
import { LIST_SHORTCUTS } from "../shortcuts.ts";

/** What the keys of the list do. `card` is the comment that leads the row whose card has the focus, or null. */
export interface ThreadKeys {
  readonly step: (card: string | null, by: 1 | -1) => void;
  readonly waiting: (card: string | null, by: 1 | -1) => void;
  readonly ask: (card: string, outcome: Outcome | null, field: "response" | "phrases") => void;
  readonly validate: (card: string) => void;
  /** What stands ready in the card: its answer is given. */
  readonly send: (card: string) => void;
  readonly mergePrevious: (card: string) => void;
  readonly separate: (card: string) => void;
  readonly select: (card: string, slot: boolean) => void;
  readonly undo: () => void;
  readonly leave: () => void;
}

/** The keys of {@link LIST_SHORTCUTS}, as long as the list is there. What is typed into a field is none of them. */
export function useThreadKeys(list: RefObject<HTMLElement | null>, acts: ThreadKeys): void {
  const press = useEffectEvent((event: KeyboardEvent) => {
    const { target } = event;
    if (!(target instanceof HTMLElement)) return;
    const element = target.closest<HTMLElement>("[data-thread-card]");
    const act = typesIn(target) ? inField(event, element, target) : onList(event, element, target, acts);
    if (!act) return;
    event.preventDefault();
    event.stopPropagation();
    act();
  });
  useEffect(() => {
    const element = list.current;
    const listen = (event: KeyboardEvent): void => press(event);
    element?.addEventListener("keydown", listen);
    return () => element?.removeEventListener("keydown", listen);
  }, [list]);
}

function inField(event: KeyboardEvent, element: HTMLElement | null, field: HTMLElement): (() => void) | null {
  const answer = field.closest<HTMLElement>("[data-answer], [data-bulk]");
  if (answer && event.altKey && isPressed(event, LIST_SHORTCUTS.phrases)) {
    return () => answer.querySelector<HTMLElement>("[data-phrases] button")?.focus();
  }
  return isPressed(event, ["Escape"]) && element ? () => element.focus() : null;
}

function onList(
  event: KeyboardEvent,
  element: HTMLElement | null,
  target: HTMLElement,
  acts: ThreadKeys,
): (() => void) | null {
  const is = (name: keyof typeof LIST_SHORTCUTS): boolean => isPressed(event, LIST_SHORTCUTS[name]);
  const card = element?.dataset["threadCard"] ?? null;
  // In the choice of an outcome the arrow keys choose.
  if (target.matches("input[type=radio]") && event.key.startsWith("Arrow")) return null;
  if (is("nextThread")) return () => acts.step(card, 1);
  if (is("previousThread")) return () => acts.step(card, -1);
  if (is("nextOpen")) return () => acts.waiting(card, 1);
  if (is("previousOpen")) return () => acts.waiting(card, -1);
  if (is("undoDecision")) return acts.undo;
  if (isPressed(event, ["Escape"])) return element && target !== element ? () => element.focus() : acts.leave;
  return element && card !== null && target === element ? onCard(is, event, element, card, acts) : null;
}

/** The keys that need a card: those that would type or press something do so only where the card itself has the focus. */
function onCard(
  is: (name: keyof typeof LIST_SHORTCUTS) => boolean,
  event: KeyboardEvent,
  element: HTMLElement,
  card: string,
  acts: ThreadKeys,
): (() => void) | null {
  if (isPressed(event, ["Enter"])) return acts.leave;
  const outcome = OUTCOMES.find((one) => is(one));
  if (outcome !== undefined) return () => acts.ask(card, outcome, "response");
  if (is("response")) return () => acts.ask(card, null, "response");
  if (is("phrases")) return () => acts.ask(card, null, "phrases");
  if (is("validate")) return () => acts.validate(card);
  if (is("propose")) return () => acts.send(card);
  if (is("mergePrevious")) return () => acts.mergePrevious(card);
  if (is("separate")) return () => acts.separate(card);
  if (is("select")) return () => acts.select(card, false);
  if (is("selectSlot")) return () => acts.select(card, true);
  if (is("reply")) return () => element.querySelector<HTMLElement>("[data-reply] textarea")?.focus();
  return null;
}

function typesIn(target: HTMLElement): boolean {
  return target.matches("textarea, select, input:not([type=radio], [type=checkbox])");
}
