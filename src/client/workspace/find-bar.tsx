import { ChevronDown, ChevronUp, X } from "lucide-react";
import type { KeyboardEvent, ReactElement } from "react";
import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { Button, IconButton } from "../ui/button.tsx";
import { isComposed } from "../ui/keys.ts";
import { useToast } from "../ui/toast.tsx";
import styles from "./find-bar.module.css";
import { PAGE_SHORTCUTS } from "./shortcuts.ts";
import { useEditor } from "./use-editor.ts";
import { useSteadyPaper } from "./use-steady-paper.ts";
import { useDesk } from "./workspace.tsx";

/** Finds and replaces in the whole text. Enter goes on, Shift-Enter back, Escape closes. */
export function FindBar({
  replacing,
  query,
  setQuery,
  onClose,
}: {
  readonly replacing: boolean;
  readonly query: string;
  readonly setQuery: (query: string) => void;
  readonly onClose: () => void;
}): ReactElement {
  const { t } = useTranslation("workspace");
  const toast = useToast();
  const { editor, committee } = useDesk();
  const [replacement, setReplacement] = useState("");
  const [loose, setLoose] = useState(false);
  const [open, setOpen] = useState(replacing && committee);
  const field = useRef<HTMLInputElement>(null);
  const bar = useRef<HTMLElement>(null);
  useSteadyPaper(bar, true);
  const count = useEditor((snapshot) => snapshot.search?.count ?? 0) ?? 0;
  const index = useEditor((snapshot) => snapshot.search?.index ?? -1) ?? -1;

  useEffect(() => {
    field.current?.focus();
    field.current?.select();
  }, []);
  useEffect(() => {
    editor?.find(query, { matchMarks: !loose });
  }, [editor, query, loose]);

  const keys = (event: KeyboardEvent): void => {
    if (isComposed(event.nativeEvent)) return;
    if (event.key === "Escape") onClose();
    else if (event.key === "Enter" && event.shiftKey) editor?.findPrevious();
    else if (event.key === "Enter") editor?.findNext();
    else return;
    event.preventDefault();
  };
  const found = query === "" ? "" : count === 0 ? t("find.none") : t("find.count", { index: index + 1, count });
  return (
    <search ref={bar} className={styles["bar"]} aria-label={t("find.label")}>
      <div className={styles["row"]}>
        <input
          ref={field}
          className={styles["field"]}
          aria-label={t("find.query")}
          placeholder={t("find.query")}
          value={query}
          onChange={(event) => setQuery(event.currentTarget.value)}
          onKeyDown={keys}
        />
        <output className={styles["found"]}>{found}</output>
        <IconButton
          label={t("find.previous")}
          shortcut={["Shift-Enter", ...PAGE_SHORTCUTS.findPrevious]}
          disabled={count === 0}
          onClick={() => editor?.findPrevious()}
        >
          <ChevronUp />
        </IconButton>
        <IconButton
          label={t("find.next")}
          shortcut={["Enter", ...PAGE_SHORTCUTS.findNext]}
          disabled={count === 0}
          onClick={() => editor?.findNext()}
        >
          <ChevronDown />
        </IconButton>
        <label className={styles["option"]}>
          <input type="checkbox" checked={loose} onChange={(event) => setLoose(event.currentTarget.checked)} />
          {t("find.loose")}
        </label>
        {committee && !open ? <Button onClick={() => setOpen(true)}>{t("find.replace")}</Button> : null}
        <IconButton label={t("find.close")} shortcut={["Escape"]} onClick={onClose}>
          <X />
        </IconButton>
      </div>
      {open ? (
        <div className={styles["row"]}>
          <input
            className={styles["field"]}
            aria-label={t("find.replacement")}
            placeholder={t("find.replacement")}
            value={replacement}
            onChange={(event) => setReplacement(event.currentTarget.value)}
            onKeyDown={(event) => {
              if (event.key === "Escape" && !isComposed(event.nativeEvent)) onClose();
            }}
          />
          <Button disabled={count === 0} onClick={() => editor?.replaceCurrent(replacement)}>
            {t("find.replaceOne")}
          </Button>
          <Button
            disabled={count === 0}
            onClick={() => {
              const replaced = editor?.replaceAll(replacement) ?? 0;
              toast({
                title: t("find.replaced", { count: replaced }),
                action: { label: t("toolbar.undo"), onSelect: () => editor?.run("undo") },
              });
            }}
          >
            {t("find.replaceAll")}
          </Button>
        </div>
      ) : null}
    </search>
  );
}
