import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";
import type { Remark, RemarkTarget } from "#model";
import { compareNames, slotsOf } from "#model";
import type { CopyFate, CopyPreview } from "#protocol";
import { useLanguage } from "../../language/use-language.ts";
import { SelectField } from "../../ui/field.tsx";
import { useWorkspace } from "../workspace.tsx";
import styles from "./returned.module.css";
import type { Choices } from "./use-copies.ts";
import { settledPerson } from "./use-copies.ts";

/** How much of what a remark stands on is shown. */
const LONGEST = 120;

/** What one copy brings: whose it is, in numbers, and each remark with its place. */
export function CopyCard({
  preview,
  choices,
  onChoose,
}: {
  readonly preview: CopyPreview;
  readonly choices: Choices;
  readonly onChoose: (name: string, person: string) => void;
}): ReactElement {
  const { t } = useTranslation("workspace");
  const { report } = useWorkspace();
  const { name, round, read, fates } = preview;
  const people = report.people.filter(({ role }) => role !== "reader").toSorted((a, b) => compareNames(a.name, b.name));
  const personName = (id: string): string => people.find((person) => person.id === id)?.name ?? id;
  const choicesFor = (likely: readonly string[]): { value: string; label: string }[] => [
    { value: "", label: t("returned.nobody") },
    ...people
      .toSorted((a, b) => Number(likely.includes(b.id)) - Number(likely.includes(a.id)))
      .map(({ id, name: who, unit }) => ({ value: id, label: unit === "" ? who : `${who}, ${unit}` })),
  ];
  const settled = [...new Set(read.authors.map((author) => settledPerson(preview, author.name, choices)))];
  const known = settled.filter((person) => person !== "").map(personName);
  const remarks = read.remarks.map((remark, index) => ({ remark, fate: fates[index] ?? "left-out" }));
  const unplaced = remarks.filter(({ remark }) => !remark.placed);
  const count = (source: Remark["source"]): number => read.remarks.filter((one) => one.source === source).length;
  return (
    <section className={styles["card"]} aria-label={name}>
      <h3>{name}</h3>
      <p className={styles["who"]}>
        {known.length > 0 ? known.join(", ") : t("returned.unknown")} · {t("returned.round", { round })}
      </p>
      <p>
        {t("returned.counts", {
          comments: count("comment"),
          replies: count("reply"),
          tracked: count("tracked"),
          silent: count("silent"),
        })}{" "}
        {t("returned.fates", {
          fresh: fates.filter((fate) => fate === "new").length,
          changed: fates.filter((fate) => fate === "changed").length,
          known: fates.filter((fate) => fate === "known").length,
        })}
      </p>
      {(["older", "both"] as const).map((fate) => {
        const told = fates.filter((one) => one === fate).length;
        return told === 0 ? null : <p key={fate}>{t(`returned.${fate}`, { count: told })}</p>;
      })}
      {read.partial ? <p className={styles["note"]}>{t("returned.partial", read.blocks)}</p> : null}
      {read.authors
        .filter(({ sure }) => !sure)
        .map((author) => (
          <SelectField
            key={author.name}
            label={t(author.name === "" ? "returned.askSilent" : "returned.ask", {
              name: author.name,
              count: author.remarks,
            })}
            hint={
              author.person === null
                ? t("returned.askHint")
                : t("returned.askLikely", { name: personName(author.person) })
            }
            value={choices[preview.copy]?.[author.name] ?? ""}
            onChange={(person) => onChoose(author.name, person)}
            choices={choicesFor(author.candidates)}
          />
        ))}
      {unplaced.length > 0 ? (
        <>
          <p className={styles["note"]}>{t("returned.unplaced", { count: unplaced.length })}</p>
          <ul className={styles["remarks"]}>
            {unplaced.map((one) => (
              <RemarkLine key={remarkKey(one.remark)} {...one} />
            ))}
          </ul>
        </>
      ) : null}
      {read.remarks.length > 0 ? (
        <details>
          <summary>{t("returned.all", { count: read.remarks.length })}</summary>
          <ul className={styles["remarks"]}>
            {remarks.map((one) => (
              <RemarkLine key={remarkKey(one.remark)} {...one} />
            ))}
          </ul>
        </details>
      ) : null}
    </section>
  );
}

function remarkKey({ source, author, stamp, text, proposal, quote, target }: Remark): string {
  return JSON.stringify([source, author, stamp, text, proposal, quote, target]);
}

/** One remark: where it is, what becomes of it, the words it stands on, and what it says. */
function RemarkLine({ remark, fate }: { readonly remark: Remark; readonly fate: CopyFate }): ReactElement {
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
    <li>
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
