import type { KeyboardEvent, ReactElement } from "react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { GridCell, Table, TableCell, TextRun } from "#model";
import { cellText, columnTitle, headerRows, readNumber, tableGrid } from "#model";
import { classNames } from "../ui/class-names.ts";
import styles from "./table-text.module.css";

/** How the arrow keys go through the cells of a table. */
const STEPS: Readonly<Record<string, readonly [rows: number, columns: number]>> = {
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
};

/**
 * What a table holds, to be read. A tap on a cell is a tap on its button, which the keyboard reaches too: one stop for
 * the whole table, then the arrow keys. `comments` are one's own, `others` other
 * delegates', by the cell they are on.
 */
export function TableText({
  table,
  caption,
  comments,
  others,
  onCell,
}: {
  readonly table: Table;
  readonly caption: string;
  readonly comments: ReadonlyMap<string, string>;
  readonly others?: ReadonlyMap<string, string>;
  /** Absent where nothing can be commented now. */
  readonly onCell: ((cell: string) => void) | undefined;
}): ReactElement {
  const { rows } = tableGrid(table);
  const headers = headerRows(table);
  const [stop, setStop] = useState<string | null>(null);
  const first = rows.flat().find(({ cell }) => cell)?.cell?.id;
  const move = (event: KeyboardEvent<HTMLTableElement>, at: GridCell): void => {
    const step = STEPS[event.key];
    if (!step) return;
    const row = step[0] > 0 ? at.row + at.rowspan : at.row + step[0];
    const column = step[1] > 0 ? at.column + at.colspan : at.column + step[1];
    const next = rows.flat().find((each) => covers(each, row, column))?.cell;
    if (!next) return;
    event.preventDefault();
    setStop(next.id);
    event.currentTarget.querySelector<HTMLElement>(`[data-cell-button="${CSS.escape(next.id)}"]`)?.focus();
  };
  return (
    <div className={styles["scroll"]}>
      <table
        className={styles["table"]}
        aria-label={caption}
        onKeyDown={(event) => {
          const at = rows.flat().find(({ cell }) => cell?.id === (stop ?? first));
          if (at) move(event, at);
        }}
      >
        <tbody>
          {rows.map((row, index) => (
            <tr key={index} className={classNames(table.rows[index]?.total && styles["total"])}>
              {row.map((at) => (
                <Cell
                  key={at.column}
                  table={table}
                  at={at}
                  inHeader={index < headers}
                  comment={at.cell ? comments.get(at.cell.id) : undefined}
                  other={at.cell ? others?.get(at.cell.id) : undefined}
                  stop={(stop ?? first) === at.cell?.id}
                  onFocus={setStop}
                  onCell={onCell}
                />
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function covers(at: GridCell, row: number, column: number): boolean {
  return at.row <= row && row < at.row + at.rowspan && at.column <= column && column < at.column + at.colspan;
}

interface CellProps {
  readonly table: Table;
  readonly at: GridCell;
  readonly inHeader: boolean;
  readonly comment: string | undefined;
  readonly other: string | undefined;
  /** True where the tab key stops at this cell. */
  readonly stop: boolean;
  readonly onFocus: (cell: string) => void;
  readonly onCell: ((cell: string) => void) | undefined;
}

function Cell({ table, at, inHeader, comment, other, stop, onFocus, onCell }: CellProps): ReactElement {
  const { t } = useTranslation("delegate");
  const { cell, rowspan, colspan } = at;
  const Tag = cell?.header ? "th" : "td";
  const place = { row: at.row + 1, column: columnTitle(table, at.column) || String(at.column + 1) };
  return (
    <Tag
      {...(rowspan > 1 ? { rowSpan: rowspan } : {})}
      {...(colspan > 1 ? { colSpan: colspan } : {})}
      {...(cell?.header ? { scope: inHeader ? "col" : "row" } : {})}
      className={classNames(
        styles["cell"],
        cell && onCell && styles["tappable"],
        comment ? styles["mark"] : other && styles["other"],
      )}
      data-cell=""
      data-comment={comment}
      data-other={other}
      style={{ textAlign: alignOf(cell, inHeader) }}
    >
      {cell?.paragraphs.map((runs, index) => (
        <p key={index}>
          {runs.map((run, n) => (
            <Run key={n} run={run} />
          ))}
        </p>
      ))}
      {cell && onCell ? (
        <button
          type="button"
          className={styles["button"]}
          data-cell-button={cell.id}
          tabIndex={stop ? 0 : -1}
          onFocus={() => onFocus(cell.id)}
          onClick={() => onCell(cell.id)}
        >
          <span className={styles["hidden"]}>{t("commentOnCell", { ...place, words: cellText(cell) })}</span>
        </button>
      ) : null}
    </Tag>
  );
}

function alignOf(cell: TableCell | null, inHeader: boolean): "left" | "center" | "right" {
  if (cell?.align) return cell.align;
  if (inHeader) return "center";
  return cell && readNumber(cellText(cell)) ? "right" : "left";
}

function Run({ run: { text, marks } }: { readonly run: TextRun }): ReactElement {
  let shown = <>{text}</>;
  if (marks.includes("underline")) shown = <u>{shown}</u>;
  if (marks.includes("em")) shown = <em>{shown}</em>;
  return marks.includes("strong") ? <strong>{shown}</strong> : shown;
}
