import {
  BetweenHorizontalEnd,
  BetweenHorizontalStart,
  BetweenVerticalEnd,
  BetweenVerticalStart,
  FoldHorizontal,
  Hash,
  PanelTop,
  Sigma,
  TableCellsMerge,
  TableCellsSplit,
  TableColumnsSplit,
  TableRowsSplit,
  TextAlignCenter,
  TextAlignEnd,
  TextAlignStart,
  Trash2,
  UnfoldHorizontal,
} from "lucide-react";
import type { ReactElement, ReactNode } from "react";
import { useRef } from "react";
import { useTranslation } from "react-i18next";
import type { TableCommand } from "#editor";
import { IconButton } from "../ui/button.tsx";
import { keysOf } from "./shortcuts.ts";
import styles from "./toolbar.module.css";
import { useEditor } from "./use-editor.ts";
import { useSteadyPaper } from "./use-steady-paper.ts";
import { useDesk } from "./workspace.tsx";

/** The buttons for rows, columns and cells: there while the caret is in a table. Each has a key as well. */
export function TableToolbar(): ReactElement | null {
  const { t } = useTranslation("workspace");
  const { editor } = useDesk();
  const table = useEditor((snapshot) => snapshot.table);
  const bar = useRef<HTMLDivElement>(null);
  useSteadyPaper(bar, table !== null);
  if (!table) return null;
  const button = (
    command: TableCommand,
    icon: ReactNode,
    state: { pressed?: boolean; disabled?: boolean } = {},
  ): ReactElement => (
    <IconButton
      label={t(`help.${command}`)}
      shortcut={keysOf(command)}
      // The caret must stay in its cell.
      onMouseDown={(event) => event.preventDefault()}
      onClick={() => editor?.run(command)}
      {...state}
    >
      {icon}
    </IconButton>
  );
  return (
    <div ref={bar} className={styles["bar"]} role="toolbar" aria-label={t("table.label")} aria-controls="report-text">
      {button("rowBefore", <BetweenHorizontalEnd />)}
      {button("rowAfter", <BetweenHorizontalStart />)}
      {button("columnBefore", <BetweenVerticalEnd />)}
      {button("columnAfter", <BetweenVerticalStart />)}
      <i className={styles["gap"]} />
      {button("removeRow", <TableRowsSplit />)}
      {button("removeColumn", <TableColumnsSplit />)}
      {button("mergeCells", <TableCellsMerge />, { disabled: !table.canMerge })}
      {button("splitCell", <TableCellsSplit />, { disabled: !table.canSplit })}
      <i className={styles["gap"]} />
      {button("headerRow", <PanelTop />, { pressed: table.header })}
      {button("totalRow", <Sigma />, { pressed: table.total })}
      {button("alignLeft", <TextAlignStart />, { pressed: table.align === "left" })}
      {button("alignCenter", <TextAlignCenter />, { pressed: table.align === "center" })}
      {button("alignRight", <TextAlignEnd />, { pressed: table.align === "right" })}
      {button("formatNumbers", <Hash />)}
      {button("columnNarrower", <FoldHorizontal />)}
      {button("columnWider", <UnfoldHorizontal />)}
      <i className={styles["gap"]} />
      {button("removeTable", <Trash2 />)}
    </div>
  );
}
