import {
  ArrowDown,
  ArrowUp,
  Bold,
  Italic,
  ListIndentDecrease,
  ListIndentIncrease,
  MessageSquarePlus,
  Minus,
  Plus,
  Redo2,
  RemoveFormatting,
  Search,
  Underline,
  Undo2,
} from "lucide-react";
import type { ReactElement, ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { BlockCommand, EditorCommand } from "#editor";
import { BLOCK_COMMANDS } from "#editor";
import { IconButton } from "../ui/button.tsx";
import { InsertTable } from "./insert-table.tsx";
import { keysOf } from "./shortcuts.ts";
import styles from "./toolbar.module.css";
import { useEditor } from "./use-editor.ts";
import { useDesk } from "./workspace.tsx";

const KINDS = Object.keys(BLOCK_COMMANDS) as BlockCommand[];

/** The buttons over the text. Each has a key as well, shown in its tooltip. */
export function Toolbar({ onFind }: { readonly onFind: () => void }): ReactElement {
  const { t } = useTranslation("workspace");
  const { editor, compose } = useDesk();
  const kind = useEditor((snapshot) => snapshot.kind) ?? "paragraph";
  const level = useEditor((snapshot) => snapshot.level) ?? 0;
  const marks = useEditor((snapshot) => snapshot.marks.join()) ?? "";
  const canUndo = useEditor((snapshot) => snapshot.canUndo) ?? false;
  const canRedo = useEditor((snapshot) => snapshot.canRedo) ?? false;
  const current = KINDS.find((name) => BLOCK_COMMANDS[name].kind === kind && BLOCK_COMMANDS[name].level === level);
  const button = (
    command: EditorCommand,
    label: string,
    icon: ReactNode,
    state: { pressed?: boolean; disabled?: boolean } = {},
  ): ReactElement => (
    <IconButton
      label={label}
      shortcut={keysOf(command)}
      // The selection in the text must survive the press.
      onMouseDown={(event) => event.preventDefault()}
      onClick={() => editor?.run(command)}
      {...state}
    >
      {icon}
    </IconButton>
  );
  return (
    <div className={styles["bar"]} role="toolbar" aria-label={t("toolbar.label")} aria-controls="report-text">
      {button("undo", t("toolbar.undo"), <Undo2 />, { disabled: !canUndo })}
      {button("redo", t("toolbar.redo"), <Redo2 />, { disabled: !canRedo })}
      <i className={styles["gap"]} />
      <select
        className={styles["kind"]}
        aria-label={t("toolbar.kind")}
        value={current ?? "paragraph"}
        onChange={(event) => {
          const chosen = KINDS.find((name) => name === event.currentTarget.value);
          if (chosen) editor?.run(chosen);
        }}
      >
        {KINDS.map((name) => (
          <option key={name} value={name}>
            {t(`kind.${name}`)}
          </option>
        ))}
      </select>
      <i className={styles["gap"]} />
      {button("strong", t("toolbar.strong"), <Bold />, { pressed: marks.includes("strong") })}
      {button("em", t("toolbar.em"), <Italic />, { pressed: marks.split(",").includes("em") })}
      {button("underline", t("toolbar.underline"), <Underline />, { pressed: marks.includes("underline") })}
      {button("clearMarks", t("toolbar.clearMarks"), <RemoveFormatting />)}
      <i className={styles["gap"]} />
      {button("item1", t("toolbar.item1"), <Minus />, { pressed: kind === "item" && level === 1 })}
      {button("item2", t("toolbar.item2"), <Plus />, { pressed: kind === "item" && level === 2 })}
      {button("outdent", t("toolbar.outdent"), <ListIndentDecrease />)}
      {button("indent", t("toolbar.indent"), <ListIndentIncrease />)}
      {button("moveUp", t("toolbar.moveUp"), <ArrowUp />)}
      {button("moveDown", t("toolbar.moveDown"), <ArrowDown />)}
      <i className={styles["gap"]} />
      <InsertTable />
      <IconButton
        label={t("toolbar.comment")}
        shortcut={keysOf("comment")}
        onMouseDown={(event) => event.preventDefault()}
        onClick={() => compose(editor?.target() ?? { scope: "report" })}
      >
        <MessageSquarePlus />
      </IconButton>
      <IconButton label={t("toolbar.find")} shortcut={keysOf("find")} onClick={onFind}>
        <Search />
      </IconButton>
    </div>
  );
}
