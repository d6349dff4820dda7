import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";
import type { CellChange, LineChange, TableChange } from "#model";
import { classNames } from "../../ui/class-names.ts";
import { PieceText } from "./piece-text.tsx";
import styles from "./table-changes.module.css";

/** A table with what came and went in it: whole rows and columns, and the words of each cell. */
export function TableChanges({ table: { rows, columns } }: { readonly table: TableChange }): ReactElement {
  return (
    <div className={styles["scroll"]}>
      <table className={styles["table"]} lang="vi">
        <tbody>
          {rows.map(({ kind, total, cells }, row) => (
            <tr key={row} className={classNames(total && styles["total"])}>
              {cells.map((cell, column) => (
                <Cell
                  key={column}
                  cell={cell}
                  row={column === 0 ? kind : "same"}
                  column={row === 0 ? columns[column] : "same"}
                />
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** `row` is said at the first cell of a row, `column` at the first of a column: a line of empty cells is seen too. */
function Cell({
  cell: { kind, header, pieces },
  row,
  column = "same",
}: {
  readonly cell: CellChange;
  readonly row: LineChange;
  readonly column: LineChange | undefined;
}): ReactElement {
  const { t } = useTranslation("workspace");
  const notes = [row === "same" ? "" : t(`compare.row.${row}`), column === "same" ? "" : t(`compare.column.${column}`)];
  const Tag = header ? "th" : "td";
  return (
    <Tag className={classNames(kind === "inserted" && styles["inserted"], kind === "deleted" && styles["deleted"])}>
      {notes
        .filter((note) => note !== "")
        .map((note) => (
          <span key={note} className={styles["note"]}>
            {note}
          </span>
        ))}
      {pieces.map((piece, at) => (
        <PieceText key={at} piece={piece} />
      ))}
    </Tag>
  );
}
