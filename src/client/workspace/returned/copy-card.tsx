import { X } from "lucide-react";
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";
import type { Remark } from "#model";
import { compareNames } from "#model";
import { formatDateTime } from "../../language/format.ts";
import { useLanguage } from "../../language/use-language.ts";
import { IconButton } from "../../ui/button.tsx";
import { SelectField } from "../../ui/field.tsx";
import { useWorkspace } from "../workspace.tsx";
import { RemarkList } from "./remark-list.tsx";
import { toldFates } from "./told-fates.ts";
import styles from "./returned.module.css";
import type { Copies, CopyOnItsWay } from "./use-copies.ts";

const SOURCES: readonly Remark["source"][] = ["comment", "reply", "tracked", "silent"];

/** What one copy brings: whose it is, in numbers, and each remark with its place. */
export function CopyCard({
  copy,
  copies,
  onRemove,
}: {
  readonly copy: CopyOnItsWay;
  readonly copies: Copies;
  readonly onRemove: () => void;
}): ReactElement {
  const { t } = useTranslation("workspace");
  const { report } = useWorkspace();
  const { preview, fates } = copy;
  const { name, round, roundBy, read } = preview;
  const people = report.people.filter(({ role }) => role !== "reader").toSorted((a, b) => compareNames(a.name, b.name));
  const personName = (id: string): string => people.find((person) => person.id === id)?.name ?? id;
  const choicesFor = (likely: readonly string[]): { value: string; label: string }[] => [
    { value: "", label: t("returned.nobody") },
    ...people
      .toSorted((a, b) => Number(likely.includes(b.id)) - Number(likely.includes(a.id)))
      .map(({ id, name: who, unit }) => ({ value: id, label: unit === "" ? who : `${who}, ${unit}` })),
  ];
  const settled = [...new Set(read.authors.map((author) => copies.personOf(copy, author.name)))];
  const known = settled.filter((person) => person !== "").map(personName);
  const remarks = read.remarks.map((remark, index) => ({ remark, fate: fates[index] ?? ("left-out" as const) }));
  const unplaced = remarks.filter(({ remark }) => !remark.placed);
  const said = SOURCES.flatMap((source) => {
    const count = read.remarks.filter((one) => one.source === source).length;
    return count === 0 ? [] : [t(`returned.n_${source}`, { count })];
  });
  const tell: Parameters<typeof toldFates>[1] = (key, count) => t(`returned.n_${key}`, { count });
  const fated = (fate: (typeof fates)[number]): number => fates.filter((one) => one === fate).length;
  return (
    <section className={styles["card"]} aria-label={name}>
      <div className={styles["top"]}>
        <h3>{name}</h3>
        <IconButton label={t("returned.remove", { name })} onClick={onRemove}>
          <X />
        </IconButton>
      </div>
      <p className={styles["who"]}>
        {known.length > 0 ? known.join(", ") : t("returned.unknown")} · {t("returned.round", { round })}
      </p>
      <p>{said.length === 0 ? t("returned.nothing") : `${said.join(", ")}: ${toldFates(fates, tell)}.`}</p>
      {(["older", "both"] as const).map((fate) =>
        fated(fate) === 0 ? null : <p key={fate}>{t(`returned.${fate}`, { count: fated(fate) })}</p>,
      )}
      <Lateness copy={copy} />
      {read.partial ? <p className={styles["note"]}>{t("returned.partial", read.blocks)}</p> : null}
      {roundBy === "file" ? null : (
        <SelectField
          label={t("returned.askRound")}
          hint={t(roundBy === "words" ? "returned.roundByWords" : "returned.roundAsked")}
          value={String(round)}
          onChange={(chosen) => copies.chooseRound(copy, Number(chosen))}
          choices={report.rounds.map(({ number }) => ({
            value: String(number),
            label: t("returned.round", { round: number }),
          }))}
        />
      )}
      {read.authors
        .filter(({ sure }) => !sure)
        .map((author) => (
          <div key={author.name} data-unsettled={copies.personOf(copy, author.name) === ""}>
            <SelectField
              label={t(author.name === "" ? "returned.askSilent" : "returned.ask", {
                name: author.name,
                count: author.remarks,
              })}
              hint={
                author.person === null
                  ? t("returned.askHint")
                  : t("returned.askLikely", { name: personName(author.person) })
              }
              value={copies.personOf(copy, author.name)}
              onChange={(person) => copies.choosePerson(copy, author.name, person)}
              choices={choicesFor(author.candidates)}
            />
          </div>
        ))}
      {unplaced.length > 0 ? (
        <>
          <p className={styles["note"]}>{t("returned.unplaced", { count: unplaced.length })}</p>
          <RemarkList remarks={unplaced} label={t("returned.unplacedIn", { name })} />
        </>
      ) : null}
      {remarks.length > 0 ? (
        <details>
          <summary>{t("returned.all", { count: remarks.length })}</summary>
          <RemarkList remarks={remarks} label={t("returned.allIn", { name })} />
        </details>
      ) : null}
    </section>
  );
}

/** Of a copy whose round is closed: what of it was written in time, and what is marked as late. */
function Lateness({ copy: { preview, late, fates } }: { readonly copy: CopyOnItsWay }): ReactElement | null {
  const { t } = useTranslation("workspace");
  const language = useLanguage();
  const { report } = useWorkspace();
  const round = report.rounds.find(({ number }) => number === preview.round);
  const end = round?.closedAt ?? round?.deadline;
  if (!preview.closed || end === undefined) return null;
  const time = formatDateTime(language, end);
  // Of what is nobody's yet it is not told how much of it is late.
  const told = fates.includes("left-out") ? t("returned.closed", { time }) : t("returned.closedInTime", { time });
  return <p className={styles["note"]}>{late > 0 ? t("returned.closedLate", { time, count: late }) : told}</p>;
}
