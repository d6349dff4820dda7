import { ArrowDown, ArrowUp } from "lucide-react";
import type { KeyboardEvent, ReactElement, RefObject } from "react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { IconButton } from "../../ui/button.tsx";
import { isPressed } from "../../ui/keys.ts";
import { COMPARE_SHORTCUTS } from "../shortcuts.ts";
import styles from "./change-steps.module.css";

/** The way from change to change in what `list` holds: its elements with `data-change`, in their order. */
export interface ChangeSteps {
  /** The change one is at, from 1; 0 before the first step. */
  readonly at: number;
  readonly step: (by: 1 | -1) => void;
  readonly onKeyDown: (event: KeyboardEvent) => void;
}

/** Goes from change to change by buttons and keys. The change has the focus, so that it is read out. */
export function useChangeSteps(list: RefObject<HTMLElement | null>): ChangeSteps {
  const [at, setAt] = useState(0);
  const step = (by: 1 | -1): void => {
    const changes = [...(list.current?.querySelectorAll<HTMLElement>("[data-change]") ?? [])];
    if (changes.length === 0) return;
    const focused = changes.findIndex((change) => change.contains(document.activeElement));
    const from = focused >= 0 ? focused : Math.min(at, changes.length) - 1;
    const next = from < 0 ? (by > 0 ? 0 : changes.length - 1) : (from + by + changes.length) % changes.length;
    setAt(next + 1);
    changes[next]?.focus({ preventScroll: true });
    changes[next]?.scrollIntoView({ block: "center" });
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.target instanceof Element && event.target.matches("input, select, textarea")) return;
    const next = isPressed(event.nativeEvent, COMPARE_SHORTCUTS.nextChange);
    if (!next && !isPressed(event.nativeEvent, COMPARE_SHORTCUTS.previousChange)) return;
    event.preventDefault();
    step(next ? 1 : -1);
  };
  return { at, step, onKeyDown };
}

/** The buttons to the change before and the next one, and which one is at. */
export function ChangeStepper({
  steps,
  count,
}: {
  readonly steps: ChangeSteps;
  readonly count: number;
}): ReactElement | null {
  const { t } = useTranslation("workspace");
  if (count === 0) return null;
  return (
    <div className={styles["stepper"]}>
      <IconButton
        label={t("compare.previous")}
        shortcut={COMPARE_SHORTCUTS.previousChange}
        variant="plain"
        onClick={() => steps.step(-1)}
      >
        <ArrowUp />
      </IconButton>
      <span className={styles["place"]} aria-live="polite">
        {t("compare.place", { at: Math.min(steps.at, count), count })}
      </span>
      <IconButton
        label={t("compare.next")}
        shortcut={COMPARE_SHORTCUTS.nextChange}
        variant="plain"
        onClick={() => steps.step(1)}
      >
        <ArrowDown />
      </IconButton>
    </div>
  );
}
