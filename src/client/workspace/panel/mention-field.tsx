import type { ReactElement, RefObject } from "react";
import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Person } from "#model";
import { Button } from "../../ui/button.tsx";
import { TextField } from "../../ui/field.tsx";
import styles from "./mention-field.module.css";
import { fold } from "./thread-filter.ts";

/** How many colleagues are offered at once. */
const MOST = 6;

/** Several lines of text in which `@` offers colleagues: arrow keys choose, Enter takes, Escape leaves it. */
export function MentionField({
  label,
  value,
  onChange,
  people,
  rows,
  maxLength,
  error,
  controlRef,
}: {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly people: readonly Person[];
  readonly rows: number;
  readonly maxLength: number;
  readonly error?: string | undefined;
  readonly controlRef?: RefObject<HTMLElement | null>;
}): ReactElement {
  const { t } = useTranslation("workspace");
  const own = useRef<HTMLElement>(null);
  const field = controlRef ?? own;
  const [asked, setAsked] = useState<{ readonly from: number; readonly words: string } | null>(null);
  const [at, setAt] = useState(0);
  const offered = asked ? people.filter(({ name }) => fold(name).includes(fold(asked.words))).slice(0, MOST) : [];
  const change = (text: string): void => {
    onChange(text);
    const caret = caretOf(field.current) ?? text.length;
    const begun = /(?:^|\s)@([\p{L}\p{M}\p{N} ]{0,40})$/u.exec(text.slice(0, caret))?.[1];
    setAsked(begun === undefined ? null : { from: caret - begun.length - 1, words: begun });
    setAt(0);
  };
  const take = ({ name }: Person): void => {
    if (!asked) return;
    const area = field.current;
    if (!(area instanceof HTMLTextAreaElement)) return;
    let end = asked.from + 1 + asked.words.length;
    while (value[end] === " ") end++;
    // In the field itself, with the caret behind it: the next key may come before anything is drawn again.
    area.focus();
    area.setRangeText(`@${name} `, asked.from, end, "end");
    onChange(area.value);
    setAsked(null);
  };
  return (
    <div
      className={styles["field"]}
      onKeyDownCapture={(event) => {
        const person = offered[at];
        if (!person || event.target !== field.current || event.nativeEvent.isComposing) return;
        if (event.key === "ArrowDown") setAt((at + 1) % offered.length);
        else if (event.key === "ArrowUp") setAt((at + offered.length - 1) % offered.length);
        else if (event.key === "Enter") take(person);
        else if (event.key === "Escape") setAsked(null);
        else return;
        event.preventDefault();
        event.stopPropagation();
      }}
    >
      <TextField
        label={label}
        value={value}
        onChange={change}
        rows={rows}
        maxLength={maxLength}
        error={error}
        controlRef={field}
      />
      {offered.length === 0 ? null : (
        <div role="group" aria-label={t("mention.offer")} className={styles["offer"]}>
          {offered.map((person, index) => (
            <Button
              key={person.id}
              variant="quiet"
              aria-pressed={index === at}
              onMouseDown={(event) => event.preventDefault()}
              onClick={() => take(person)}
            >
              @{person.name}
            </Button>
          ))}
        </div>
      )}
    </div>
  );
}

function caretOf(element: HTMLElement | null): number | null {
  return element instanceof HTMLTextAreaElement ? element.selectionStart : null;
}
