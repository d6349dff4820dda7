import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";
import type { ImportPiece, NumberedSlot } from "#model";
import { hasText, inputTexts, titleInPlace, titlesAbove } from "#model";
import { Pill } from "../ui/pill.tsx";
import type { Placing } from "./placing.ts";
import { slotOf, stateOf } from "./placing.ts";
import styles from "./piece-row.module.css";

/** How much of a text is shown, so that one knows it again. */
const EXCERPT = 140;

/** The values of the choice that are no slot. */
const UNSETTLED = "?";
const OUTSIDE = "-";

/** One heading of the file: what stands under it, and where that goes. */
export function PieceRow({
  piece,
  placing,
  outline,
  taken,
  onPlace,
}: {
  readonly piece: ImportPiece;
  readonly placing: Placing;
  readonly outline: readonly NumberedSlot[];
  readonly taken: ReadonlySet<string>;
  /** With a slot, with an empty text to leave it out, or with null for what the plan says. */
  readonly onPlace: (slot: string | null) => void;
}): ReactElement {
  const { t } = useTranslation("shell");
  const state = stateOf(piece, placing, taken);
  const title = usePieceTitle(piece);
  const excerpt = piece.blocks.flatMap(inputTexts).join(" ").slice(0, EXCERPT);
  const over = piece.node === null ? t("word.isOver") : t("word.isGroup", { title: groupTitle(piece.node, outline) });
  return (
    <li className={styles["piece"]} data-piece={piece.id} data-state={state} data-depth={Math.min(piece.depth, 3)}>
      <p className={styles["title"]}>
        <span className={styles["name"]}>{title}</span>
        {hasText(piece) ? (
          <Pill tone={TONES[state]}>{t(`word.${state}`)}</Pill>
        ) : (
          <span className={styles["group"]}>{over}</span>
        )}
      </p>
      {excerpt === "" ? null : (
        <p className={styles["excerpt"]}>
          {excerpt}
          {excerpt.length === EXCERPT ? "…" : ""}
          <span className={styles["words"]}> · {t("word.words", { count: piece.words })}</span>
        </p>
      )}
      {hasText(piece) ? (
        <PlaceChoice
          piece={piece}
          label={t("word.place", { title })}
          value={state === "unsettled" ? UNSETTLED : (slotOf(piece, placing) ?? OUTSIDE)}
          outline={outline}
          taken={taken}
          onPlace={onPlace}
        />
      ) : null}
    </li>
  );
}

const TONES = {
  exact: "ok",
  likely: "info",
  chosen: "ok",
  unsettled: "warn",
  taken: "none",
  outside: "none",
} as const;

function PlaceChoice({
  piece,
  label,
  value,
  outline,
  taken,
  onPlace,
}: {
  readonly piece: ImportPiece;
  readonly label: string;
  readonly value: string;
  readonly outline: readonly NumberedSlot[];
  readonly taken: ReadonlySet<string>;
  readonly onPlace: (slot: string | null) => void;
}): ReactElement {
  const { t } = useTranslation("shell");
  const above = titlesAbove(outline);
  const suggested = outline.filter(({ slot }) => piece.suggestions.includes(slot.id) && !taken.has(slot.id));
  const option = ({ slot, entry }: NumberedSlot): ReactElement => {
    const title = titleInPlace(entry, above.get(slot.id) ?? []);
    const closed = taken.has(slot.id);
    return (
      <option key={slot.id} value={slot.id} disabled={closed}>
        {closed ? t("word.slotTaken", { title }) : title}
      </option>
    );
  };
  const choose = (chosen: string): void => {
    if (chosen === UNSETTLED) onPlace(null);
    else if (chosen === OUTSIDE) onPlace("");
    else onPlace(chosen === piece.slot ? null : chosen);
  };
  return (
    <select
      className={styles["choice"]}
      aria-label={label}
      value={value}
      onChange={(event) => choose(event.currentTarget.value)}
    >
      {piece.slot === null ? <option value={UNSETTLED}>{t("word.choose")}</option> : null}
      {suggested.length > 0 ? <optgroup label={t("word.suggested")}>{suggested.map(option)}</optgroup> : null}
      <optgroup label={t("word.slots")}>{outline.filter((slot) => !suggested.includes(slot)).map(option)}</optgroup>
      <option value={OUTSIDE}>{t("word.leaveOut")}</option>
    </select>
  );
}

/** What a piece is called: its heading with its number, or where in the file it stands. */
export function usePieceTitle(piece: ImportPiece): string {
  const { t } = useTranslation("shell");
  if (piece.title !== "") return `${piece.label} ${piece.title}`.trim();
  return piece.origin === "text" ? t("word.start") : t(`word.from.${piece.origin}`);
}

function groupTitle(node: string, outline: readonly NumberedSlot[]): string {
  const entries = outline.flatMap(({ before, entry }) => [...before, entry]);
  return entries.find((entry) => entry.node.id === node)?.title ?? "";
}
