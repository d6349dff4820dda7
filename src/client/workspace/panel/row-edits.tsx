import type { ReactElement } from "react";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import type { PlaceChange } from "#model";
import type { Edit, EditsRequest } from "#protocol";
import { api } from "../../app/api.ts";
import { formatDateTime, formatTime } from "../../language/format.ts";
import { useLanguage } from "../../language/use-language.ts";
import { useDesk } from "../workspace.tsx";
import styles from "./thread-card.module.css";

/** Who changed the text at the places of a row since the draft, and when; asked of the server when it is looked at. */
export function RowEdits({ changes }: { readonly changes: readonly PlaceChange[] }): ReactElement | null {
  const { t } = useTranslation("workspace");
  const language = useLanguage();
  const { info } = useDesk();
  const [edits, setEdits] = useState<readonly Edit[] | null>(null);
  const [failed, setFailed] = useState(false);
  const asked = JSON.stringify(requestOf(changes));
  useEffect(() => {
    let gone = false;
    const ask = async (): Promise<void> => {
      try {
        const found = await api.edits(info.id, JSON.parse(asked) as EditsRequest);
        if (!gone) setEdits(found);
        if (!gone) setFailed(false);
      } catch {
        if (!gone) setFailed(true);
      }
    };
    void ask();
    return () => {
      gone = true;
    };
  }, [asked, info.id]);
  if (failed) return <p className={styles["edits"]}>{t("carried.edits-unknown")}</p>;
  if (!edits || edits.length === 0) return null;
  const nameOf = (id: string): string => info.people.find((person) => person.id === id)?.name ?? t("carried.somebody");
  const timeOf = ({ from, until }: Edit): string => {
    if (from === undefined || until === undefined) return t("carried.edit-untimed");
    const [begun, ended] = [formatTime(language, from), formatTime(language, until)];
    const day = formatDateTime(language, until);
    return begun === ended ? day : t("carried.edit-span", { from: formatDateTime(language, from), until: ended });
  };
  return (
    <ul className={styles["edits"]} aria-label={t("carried.edits")}>
      {edits.map((edit, at) => (
        <li key={`${edit.person} ${edit.from ?? at}`}>
          <strong>{nameOf(edit.person)}</strong> · {timeOf(edit)} ·{" "}
          {t("carried.edit-size", { inserted: edit.inserted, deleted: edit.deleted })}
        </li>
      ))}
    </ul>
  );
}

function requestOf(changes: readonly PlaceChange[]): EditsRequest {
  const since = changes[0]?.since ?? "";
  const same = changes.filter((change) => change.since === since);
  const once = (places: EditsRequest["before"]): EditsRequest["before"] => [
    ...new Map(places.map((place) => [`${place.slot} ${place.block}`, place])).values(),
  ];
  return {
    since,
    before: once(same.flatMap(({ before }) => [...before])),
    after: once(same.flatMap(({ after }) => [...after])),
  };
}
