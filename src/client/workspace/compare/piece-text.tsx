import { Fragment } from "react";
import type { ReactElement } from "react";
import type { Piece } from "#model";
import styles from "./piece-text.module.css";

/** A stretch of words as it was left, added or taken out. */
export function PieceText({ piece: { text, kind } }: { readonly piece: Piece }): ReactElement {
  if (kind === "inserted") return <ins className={styles["inserted"]}>{text}</ins>;
  if (kind === "deleted") return <del className={styles["deleted"]}>{text}</del>;
  return <Fragment>{text}</Fragment>;
}
