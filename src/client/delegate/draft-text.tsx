import { MessageSquarePlus, MessagesSquare } from "lucide-react";
import type { ReactElement, ReactNode } from "react";
import { memo, useEffect, useMemo, useRef } from "react";
import { useTranslation } from "react-i18next";
import type { OutlineEntry, Table } from "#model";
import { blockText, titleInPlace, titlesAbove } from "#model";
import { Button } from "../ui/button.tsx";
import { classNames } from "../ui/class-names.ts";
import styles from "./draft-text.module.css";
import type { CellHighlight, Highlight, ReadingBlock, ReadingPiece, ReadingSlot, Stretch } from "./reading.ts";
import { blockStretch, piecesOf } from "./reading.ts";
import { TableText } from "./table-text.tsx";
import { blockAttributes } from "./text-selection.ts";

export interface DraftTextProps {
  readonly slots: readonly ReadingSlot[];
  readonly highlights: readonly Highlight[];
  readonly cells?: readonly CellHighlight[];
  /** Where other delegates' comments stand, as far as they are shown. */
  readonly others?: readonly Highlight[];
  readonly otherCells?: readonly CellHighlight[];
  readonly selection: Stretch | null;
  /** Absent where nothing can be commented now: the text is only read. */
  readonly onBlock?: ((stretch: Stretch) => void) | undefined;
  readonly onCell?: ((slot: string, table: Table, cell: string) => void) | undefined;
  readonly onSlot?: ((slot: string) => void) | undefined;
  readonly onHighlight: (comment: string) => void;
  readonly onOther?: (comment: string) => void;
}

/**
 * The frozen draft as it is read on a phone: titles, numbers, text, and one's own comments in yellow. A tap on a
 * paragraph is a tap on its button, which the keyboard reaches too.
 */
export function DraftText(props: DraftTextProps): ReactElement {
  const root = useRef<HTMLDivElement>(null);
  const { onHighlight } = props;
  useEffect(() => {
    const tapped = (event: MouseEvent): void => {
      // A tap that ends a selection of words is about those words.
      if (!(event.target instanceof Element) || window.getSelection()?.isCollapsed === false) return;
      if (event.target.closest("button")) return;
      const comment = event.target.closest<HTMLElement>("[data-comment]")?.dataset["comment"];
      const place = event.target.closest("[data-cell]") ?? event.target.closest("[data-start]")?.parentElement;
      if (comment !== undefined) onHighlight(comment);
      else place?.querySelector("button")?.click();
    };
    const element = root.current;
    element?.addEventListener("click", tapped);
    return () => element?.removeEventListener("click", tapped);
  }, [onHighlight]);
  const { slots } = props;
  const above = useMemo(() => titlesAbove(slots.map(({ numbered }) => numbered)), [slots]);
  return (
    <div className={styles["draft"]} ref={root}>
      {slots.map((slot) => (
        <SlotText
          key={slot.numbered.slot.id}
          {...props}
          slot={slot}
          above={above.get(slot.numbered.slot.id) ?? []}
          hasNamesake={slots.some((other) => other !== slot && titleOf(other) === titleOf(slot))}
        />
      ))}
    </div>
  );
}

function GroupTitle({ entry }: { readonly entry: OutlineEntry }): ReactElement {
  const part = entry.node.type !== "section";
  return (
    <h2 className={part ? styles["part"] : styles["section"]}>
      {part && entry.label !== "" ? <span className={styles["partLabel"]}>{entry.label}</span> : null}
      {part ? entry.title : `${entry.label} ${entry.title}`.trim()}
    </h2>
  );
}

function titleOf({ numbered: { entry } }: ReadingSlot): string {
  return `${entry.label} ${entry.title}`.trim();
}

interface SlotTextProps extends DraftTextProps {
  readonly slot: ReadingSlot;
  readonly above: readonly OutlineEntry[];
  /** Another slot of the draft has the same title: out of its place this one would be mistaken for it. */
  readonly hasNamesake: boolean;
}

function SlotText({ slot, above, hasNamesake, ...props }: SlotTextProps): ReactElement {
  const { t } = useTranslation("delegate");
  const { entry, before, slot: node } = slot.numbered;
  const title = titleOf(slot);
  const name = hasNamesake ? titleInPlace(entry, above) : title;
  const Title = above.length === 0 ? "h2" : "h3";
  const highlights = props.highlights.filter((one) => one.slot === node.id);
  const others = props.others?.filter((one) => one.slot === node.id);
  return (
    <>
      {before.map((group) => (
        <GroupTitle key={group.node.id} entry={group} />
      ))}
      <section className={styles["slot"]} id={`slot-${node.id}`} aria-label={name} tabIndex={-1}>
        <div className={styles["slotHead"]}>
          <Title className={node.titled ? styles["slotTitle"] : styles["slotTitleQuiet"]}>{title}</Title>
          {props.onSlot ? (
            <Button
              className={styles["slotButton"]}
              onClick={() => props.onSlot?.(node.id)}
              aria-label={t("commentOnSlot", { title: name })}
            >
              {t("commentOnSlotShort")}
            </Button>
          ) : null}
        </div>
        {slot.empty ? (
          <p className={styles["nothing"]}>{t("slotEmpty")}</p>
        ) : (
          slot.blocks.map((block) => (
            <BlockText
              key={block.block.id}
              slot={node.id}
              reading={block}
              highlights={highlights}
              others={others}
              otherCells={props.otherCells}
              selection={props.selection?.slot === node.id ? props.selection : null}
              cells={props.cells}
              onBlock={props.onBlock}
              onCell={props.onCell}
              onOther={props.onOther}
            />
          ))
        )}
      </section>
    </>
  );
}

interface BlockTextProps {
  readonly slot: string;
  readonly reading: ReadingBlock;
  readonly highlights: readonly Highlight[];
  readonly others: readonly Highlight[] | undefined;
  readonly otherCells: DraftTextProps["otherCells"];
  readonly selection: Stretch | null;
  readonly cells: DraftTextProps["cells"];
  readonly onBlock: DraftTextProps["onBlock"];
  readonly onCell: DraftTextProps["onCell"];
  readonly onOther: DraftTextProps["onOther"];
}

const BlockText = memo(function BlockText({
  slot,
  reading,
  highlights,
  others,
  otherCells = [],
  selection,
  cells = [],
  onBlock,
  onCell,
  onOther,
}: BlockTextProps) {
  const { t } = useTranslation("delegate");
  const { block, label } = reading;
  const stretch = blockStretch(slot, reading);
  const chosen = selection !== null && stretch !== null && selection.from <= stretch.from && selection.to >= stretch.to;
  const { table } = block;
  const foreign = otherCells.filter((one) => one.slot === slot && one.block === block.id);
  const end = reading.start + blockText(block).length;
  const theirs = [...(others ?? []).filter((one) => one.from < end && one.to > reading.start), ...foreign];
  const [first] = theirs;
  const paragraph = (
    <div className={classNames(styles["row"], chosen && styles["chosen"], onBlock && stretch && styles["tappable"])}>
      <p
        className={classNames(
          styles["block"],
          styles[block.kind],
          block.kind !== "paragraph" && styles[`level${block.level}`],
        )}
        data-label={label}
        {...blockAttributes(slot, reading.start)}
      >
        {piecesOf(reading, highlights, selection, others).map((piece) => (
          <Piece key={piece.from} piece={piece} />
        ))}
      </p>
      {onBlock && stretch ? (
        <button
          type="button"
          className={styles["blockButton"]}
          onClick={() => onBlock(stretch)}
          aria-label={t("commentOnBlock", { words: shorten(blockText(block)) })}
        >
          <MessageSquarePlus aria-hidden="true" />
        </button>
      ) : null}
      {first && onOther ? (
        <button type="button" className={styles["theirs"]} onClick={() => onOther(first.comment)}>
          <MessagesSquare aria-hidden="true" />
          {t("othersHere", { count: theirs.length })}
        </button>
      ) : null}
    </div>
  );
  if (!table) return paragraph;
  const own = cells.filter((one) => one.slot === slot && one.block === block.id);
  return (
    <>
      {paragraph}
      <TableText
        table={table}
        caption={`${label} ${blockText(block)}`.trim()}
        comments={new Map(own.map(({ cell, comment }) => [cell, comment]))}
        others={new Map(foreign.map(({ cell, comment }) => [cell, comment]))}
        onCell={onCell && ((cell) => onCell(slot, table, cell))}
      />
    </>
  );
});

function Piece({ piece }: { readonly piece: ReadingPiece }): ReactNode {
  let shown: ReactNode = piece.text;
  if (piece.marks.includes("underline")) shown = <u>{shown}</u>;
  if (piece.marks.includes("em")) shown = <em>{shown}</em>;
  if (piece.marks.includes("strong")) shown = <strong>{shown}</strong>;
  const [comment] = piece.comments;
  const selected = piece.selected && styles["selected"];
  const [other] = piece.others;
  // A tap on them is a tap on the paragraph: one may have a word to say on what others have commented on.
  if (comment === undefined && other !== undefined) {
    return (
      <mark className={classNames(styles["other"], selected)} data-other={other}>
        {shown}
      </mark>
    );
  }
  if (comment === undefined) return selected ? <span className={selected}>{shown}</span> : shown;
  // Every comment is also in the list of one's own comments, where it is a button.
  if (piece.change) shown = <del className={styles["struck"]}>{shown}</del>;
  return (
    <>
      <mark className={classNames(styles["mark"], selected)} data-comment={comment}>
        {shown}
      </mark>
      {piece.change?.ends ? (
        // It is drawn and not text: what one selects here are the words of the draft.
        <ins className={styles["proposed"]} data-comment={comment} data-words={` ${piece.change.proposal}`} />
      ) : null}
    </>
  );
}

function shorten(text: string): string {
  const words = text.trim().split(/\s+/u);
  return words.length > 8 ? `${words.slice(0, 8).join(" ")}…` : words.join(" ");
}
