import type { ReactElement } from "react";
import { Fragment } from "react";
import { useTranslation } from "react-i18next";
import type { ImportPiece, ImportPlan, NumberedSlot } from "#model";
import { hasText, printedTitle } from "#model";
import { usePieceTitle } from "./piece-row.tsx";
import type { Placing } from "./placing.ts";
import { slotOf } from "./placing.ts";
import styles from "./received.module.css";

/** The skeleton with what each section receives. */
export function Received({
  plan,
  placing,
  outline,
  taken,
}: {
  readonly plan: ImportPlan;
  readonly placing: Placing;
  readonly outline: readonly NumberedSlot[];
  readonly taken: ReadonlySet<string>;
}): ReactElement {
  const { t } = useTranslation("shell");
  return (
    <ol className={styles["skeleton"]}>
      {outline.map(({ slot, entry, before }) => {
        const pieces = plan.pieces.filter((piece) => hasText(piece) && slotOf(piece, placing) === slot.id);
        return (
          <Fragment key={slot.id}>
            {before.map((group) => (
              <li key={group.node.id} className={styles["group"]} data-depth={Math.min(group.depth, 3)}>
                {printedTitle(group)}
              </li>
            ))}
            <li className={styles["slot"]} data-slot={slot.id} data-depth={Math.min(entry.depth, 3)}>
              <span className={styles["title"]}>{printedTitle(entry)}</span>
              {taken.has(slot.id) ? (
                <span className={styles["state"]}>{t("word.hasText")}</span>
              ) : pieces.length === 0 ? (
                <span className={styles["state"]}>{t("word.empty")}</span>
              ) : (
                <ul>
                  {pieces.map((piece) => (
                    <Piece key={piece.id} piece={piece} />
                  ))}
                </ul>
              )}
            </li>
          </Fragment>
        );
      })}
    </ol>
  );
}

function Piece({ piece }: { readonly piece: ImportPiece }): ReactElement {
  const { t } = useTranslation("shell");
  return (
    <li className={styles["piece"]}>
      {usePieceTitle(piece)} · {t("word.words", { count: piece.words })}
    </li>
  );
}
