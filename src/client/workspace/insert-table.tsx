import { Popover } from "@base-ui/react/popover";
import { Table } from "lucide-react";
import type { KeyboardEvent, ReactElement } from "react";
import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { IconButton } from "../ui/button.tsx";
import { classNames } from "../ui/class-names.ts";
import styles from "./insert-table.module.css";
import { keysOf } from "./shortcuts.ts";
import { useDesk } from "./workspace.tsx";

const ROWS = 8;
const COLUMNS = 6;

const MOVES: Readonly<Record<string, readonly [number, number]>> = {
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
};

/** Puts in a table of so many rows and columns as one points at, with the mouse, a finger or the arrow keys. */
export function InsertTable(): ReactElement {
  const { t } = useTranslation("workspace");
  const { editor } = useDesk();
  const [open, setOpen] = useState(false);
  const [{ rows, columns }, setSize] = useState({ rows: 3, columns: 3 });
  const grid = useRef<HTMLDivElement>(null);
  const first = useRef<HTMLButtonElement>(null);
  const chosen = useRef(false);
  const insert = (): void => {
    chosen.current = true;
    setOpen(false);
  };
  const move = (event: KeyboardEvent): void => {
    const by = MOVES[event.key];
    if (!by) return;
    event.preventDefault();
    const row = Math.min(Math.max(rows + by[0], 1), ROWS);
    const column = Math.min(Math.max(columns + by[1], 1), COLUMNS);
    grid.current?.querySelector<HTMLElement>(`[data-size="${row}-${column}"]`)?.focus();
  };
  return (
    <Popover.Root
      open={open}
      onOpenChange={(wanted) => {
        if (wanted) setSize({ rows: 3, columns: 3 });
        setOpen(wanted);
      }}
      onOpenChangeComplete={(isOpen) => {
        if (isOpen || !chosen.current) return;
        chosen.current = false;
        editor?.insertTable(rows, columns);
      }}
    >
      <Popover.Trigger
        render={
          <IconButton label={t("help.insertTable")} shortcut={keysOf("insertTable")}>
            <Table />
          </IconButton>
        }
      />
      <Popover.Portal>
        <Popover.Positioner className={styles["positioner"]} sideOffset={4} collisionPadding={8}>
          <Popover.Popup
            className={styles["popup"]}
            aria-label={t("table.choose")}
            initialFocus={first}
            finalFocus={() => !chosen.current}
          >
            <div ref={grid} className={styles["grid"]} role="group" aria-label={t("table.choose")} onKeyDown={move}>
              {Array.from({ length: ROWS * COLUMNS }, (_, i) => {
                const row = Math.floor(i / COLUMNS) + 1;
                const column = (i % COLUMNS) + 1;
                const here = row === rows && column === columns;
                return (
                  <button
                    key={i}
                    type="button"
                    ref={row === 3 && column === 3 ? first : null}
                    data-size={`${row}-${column}`}
                    className={classNames(styles["place"], row <= rows && column <= columns && styles["in"])}
                    aria-label={t("table.size", { rows: row, columns: column })}
                    tabIndex={here ? 0 : -1}
                    onPointerEnter={() => setSize({ rows: row, columns: column })}
                    onFocus={() => setSize({ rows: row, columns: column })}
                    onClick={insert}
                  />
                );
              })}
            </div>
            <p className={styles["size"]} aria-hidden="true">
              {t("table.size", { rows, columns })}
            </p>
          </Popover.Popup>
        </Popover.Positioner>
      </Popover.Portal>
    </Popover.Root>
  );
}
