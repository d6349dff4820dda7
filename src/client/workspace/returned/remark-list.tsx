import type { KeyboardEvent, ReactElement } from "react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Remark, RemarkTarget } from "#model";
import { slotsOf } from "#model";
import type { CopyFate } from "#protocol";
import { useLanguage } from "../../language/use-language.ts";
import { useWorkspace } from "../workspace.tsx";
import styles from "./returned.module.css";

/** How much of what a remark stands on is shown. */
const LONGEST = 120;

/** A remark, and what becomes of it. */
export interface FatedRemark {
  readonly remark: Remark;
  readonly fate: CopyFate;
}

/** Remarks one below another; one of them is reached by Tab, the others from it by the arrow keys, Home and End. */
export function RemarkList({
  remarks,
  label,
}: {
  readonly remarks: readonly FatedRemark[];
  readonly label: string;
}): ReactElement {
  const [current, setCurrent] = useState(0);
  const walk = (event: KeyboardEvent<HTMLUListElement>): void => {
    const last = remarks.length - 1;
    const at = Math.min(current, last);
    const to = { ArrowDown: Math.min(at + 1, last), ArrowUp: Math.max(at - 1, 0), Home: 0, End: last }[event.key];
    if (to === undefined || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    setCurrent(to);
    const row = event.currentTarget.children[to];
    if (row instanceof HTMLElement) row.focus();
  };
  return (
    <ul className={styles["remarks"]} aria-label={label} onKeyDown={walk}>
      {remarks.map((one, index) => (
        <RemarkRow
          // Nothing tells two remarks of one file apart for sure but their place in it.
          key={index}
          {...one}
          isCurrent={index === Math.min(current, remarks.length - 1)}
          onFocus={() => setCurrent(index)}
        />
      ))}
    </ul>
  );
}

/** One remark: where it is, what becomes of it, the words it stands on, and what it says. */
function RemarkRow({
  remark,
  fate,
  isCurrent,
  onFocus,
}: FatedRemark & { readonly isCurrent: boolean; readonly onFocus: () => void }): ReactElement {
  const { t } = useTranslation("workspace");
  const language = useLanguage();
  const { report } = useWorkspace();
  const slot = slotOf(remark.target) ?? remark.guess?.slot;
  const title = slotsOf(report.template).find(({ id }) => id === slot)?.title[language];
  const place = remark.placed
    ? (title ?? t("returned.onReport"))
    : title === undefined
      ? t("returned.noPlace")
      : t("returned.nearest", { slot: title });
  return (
    <li tabIndex={isCurrent ? 0 : -1} onFocus={onFocus}>
      <span className={styles["place"]}>
        {place} · {t(fate === "left-out" ? "returned.fate_left" : `returned.fate_${fate}`)}
      </span>
      {remark.quote === "" ? null : <q>{cut(remark.quote)}</q>}
      {remark.proposal === undefined ? null : <span>→ {cut(remark.proposal)}</span>}
      {remark.text === "" ? null : <span>{remark.text}</span>}
    </li>
  );
}

function slotOf(target: RemarkTarget): string | undefined {
  if (target.scope === "report") return undefined;
  return target.scope === "range" ? target.stretch.slot : target.slot;
}

function cut(words: string): string {
  const line = words.replaceAll(/\s+/gu, " ");
  return line.length > LONGEST ? `${line.slice(0, LONGEST).replace(/\S*$/u, "").trimEnd()}…` : line;
}
