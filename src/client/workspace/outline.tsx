import { TriangleAlert } from "lucide-react";
import type { ReactElement } from "react";
import { memo, useMemo } from "react";
import { useTranslation } from "react-i18next";
import type { Finding, Language, Report } from "#model";
import { checkReport, isEmptySlot, say, threadState } from "#model";
import { useLanguage } from "../language/use-language.ts";
import { classNames } from "../ui/class-names.ts";
import styles from "./outline.module.css";
import { useEditor } from "./use-editor.ts";
import { useWorkspace } from "./workspace.tsx";

/** How many findings the outline shows; the rest are counted. */
const SHOWN = 8;

/** The skeleton with the state of every slot, and what still wants looking at. A click goes there. */
export function Outline({ onGo }: { readonly onGo?: () => void }): ReactElement {
  const { t } = useTranslation("workspace");
  const { outline, report, editor, committee, version, readVersion } = useWorkspace();
  const here = useEditor((snapshot) => snapshot.slot);
  // One text, so that the outline is not drawn again for every word.
  const empties = useEditor(({ slots }) =>
    Object.keys(slots)
      .filter((slot) => slots[slot]?.empty)
      .join(" "),
  );
  const comments = useMemo(() => {
    const open = new Map<string, number>();
    for (const thread of report.threads) {
      const { target } = thread.comment;
      const state = threadState(thread);
      if (target.scope === "report" || state === "withdrawn" || state === "validated") continue;
      open.set(target.slot, (open.get(target.slot) ?? 0) + 1);
    }
    return open;
  }, [report.threads]);
  const isEmpty = (slot: string): boolean =>
    empties === null ? isEmptySlot(report.slots[slot]) : empties.split(" ").includes(slot);
  const written = outline.filter(({ slot }) => !isEmpty(slot.id)).length;

  const go = (slot: string): void => {
    if (version !== null) readVersion(null);
    onGo?.();
    // After a sheet has closed and given the focus back.
    requestAnimationFrame(() => {
      editor?.reveal(slot);
      if (committee) editor?.focus();
    });
  };
  return (
    <div className={styles["outline"]}>
      <h2 className={styles["heading"]}>{t("outline.progress", { written, total: outline.length })}</h2>
      <div
        className={styles["bar"]}
        role="progressbar"
        aria-label={t("outline.progress", { written, total: outline.length })}
        aria-valuenow={written}
        aria-valuemin={0}
        aria-valuemax={outline.length}
      >
        <i style={{ width: `${outline.length === 0 ? 0 : (100 * written) / outline.length}%` }} />
      </div>
      <ul>
        {outline.map(({ slot, entry, before }) => (
          <li key={slot.id}>
            {before.map((group) => (
              <p key={group.node.id} className={group.node.type === "section" ? styles["section"] : styles["part"]}>
                {group.node.type === "section" || group.label === ""
                  ? `${group.label} ${group.title}`.trim()
                  : `${group.label}: ${group.title}`}
              </p>
            ))}
            <Entry
              title={`${entry.label} ${entry.title}`.trim()}
              depth={entry.path.length}
              empty={isEmpty(slot.id)}
              here={here === slot.id}
              comments={comments.get(slot.id) ?? 0}
              slot={slot.id}
              onGo={go}
            />
          </li>
        ))}
      </ul>
      {committee ? <Findings onGo={go} /> : null}
    </div>
  );
}

const Entry = memo(function Entry({
  title,
  depth,
  empty,
  here,
  comments,
  slot,
  onGo,
}: {
  readonly title: string;
  readonly depth: number;
  readonly empty: boolean;
  readonly here: boolean;
  readonly comments: number;
  readonly slot: string;
  readonly onGo: (slot: string) => void;
}): ReactElement {
  const { t } = useTranslation("workspace");
  return (
    <button
      type="button"
      className={classNames(styles["entry"], here && styles["here"], depth > 1 && styles["deep"])}
      aria-current={here ? "location" : undefined}
      data-slot-entry={slot}
      onClick={() => onGo(slot)}
    >
      <span className={classNames(styles["dot"], !empty && styles["written"])} aria-hidden="true" />
      <span className={styles["title"]}>{title}</span>
      <span className={styles["hidden"]}>{empty ? t("outline.empty") : t("outline.written")}</span>
      {comments > 0 ? (
        <span className={styles["count"]}>
          {comments}
          <span className={styles["hidden"]}> {t("outline.openComments")}</span>
        </span>
      ) : null}
    </button>
  );
});

/** What was found in a report: several places of the page ask for the same. */
const found = new WeakMap<Report, Map<Language, readonly Finding[]>>();

/** What {@link checkReport} finds. */
export function useFindings(): readonly Finding[] {
  const { report } = useWorkspace();
  const language = useLanguage();
  const known = found.get(report) ?? new Map<Language, readonly Finding[]>();
  found.set(report, known);
  const findings = known.get(language) ?? checkReport(report, language);
  known.set(language, findings);
  return findings;
}

/** A finding in words. */
export function findingText(language: Language, { code, values }: Finding): string {
  return say(language, `check.${code}`, values);
}

function Findings({ onGo }: { readonly onGo: (slot: string) => void }): ReactElement | null {
  const { t } = useTranslation("workspace");
  const language = useLanguage();
  const { activate } = useWorkspace();
  const findings = useFindings();
  // The outline itself shows which slots are empty.
  const shown = findings.filter(({ code }) => code !== "slot-empty");
  if (shown.length === 0) return null;
  return (
    <>
      <h2 className={styles["heading"]}>{t("outline.findings")}</h2>
      <ul>
        {shown.slice(0, SHOWN).map((finding, i) => (
          <li key={`${finding.code}-${finding.comment ?? finding.slot ?? i}`}>
            <button
              type="button"
              className={styles["finding"]}
              onClick={() => {
                if (finding.comment !== undefined) activate(finding.comment, "text");
                else if (finding.slot !== undefined) onGo(finding.slot);
              }}
            >
              <TriangleAlert aria-hidden="true" />
              <span>{findingText(language, finding)}</span>
            </button>
          </li>
        ))}
      </ul>
      {shown.length > SHOWN ? (
        <p className={styles["more"]}>{t("outline.more", { count: shown.length - SHOWN })}</p>
      ) : null}
    </>
  );
}
