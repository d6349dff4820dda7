import { Ellipsis, Link2, Link2Off } from "lucide-react";
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";
import type { PersonRow } from "#protocol";
import { formatDateTime, formatRelative } from "../language/format.ts";
import { useLanguage } from "../language/use-language.ts";
import { useNow } from "../language/use-now.ts";
import { Avatar } from "../ui/avatar.tsx";
import { IconButton } from "../ui/button.tsx";
import { Menu, MenuItem } from "../ui/menu.tsx";
import { Pill } from "../ui/pill.tsx";
import styles from "./people-table.module.css";

/** People with the state of their links; on a phone each row is a card. */
export function PeopleTable({
  rows,
  onReplace,
  onRevoke,
}: {
  readonly rows: readonly PersonRow[];
  readonly onReplace: (row: PersonRow) => void;
  readonly onRevoke: (row: PersonRow) => void;
}): ReactElement {
  const { t } = useTranslation("shell");
  return (
    <table className={styles["table"]}>
      <thead>
        <tr>
          <th scope="col">{t("people.name")}</th>
          <th scope="col">{t("people.unit")}</th>
          <th scope="col">{t("people.role")}</th>
          <th scope="col">{t("people.link")}</th>
          <th scope="col" className={styles["number"]}>
            {t("people.comments")}
          </th>
          <th scope="col">
            <span className={styles["hidden"]}>{t("people.actions")}</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => {
          const { person } = row;
          return (
            <tr key={person.id}>
              <th scope="row" className={styles["who"]}>
                <span className={styles["name"]}>
                  <Avatar id={person.id} name={person.name} />
                  {person.name}
                </span>
              </th>
              <td className={styles["unit"]}>{person.unit}</td>
              <td className={styles["role"]}>{t(`role.${person.role}`)}</td>
              <td className={styles["link"]}>
                <LinkState row={row} />
              </td>
              <td className={styles["number"]}>
                <span className={styles["small-label"]}>{t("people.comments")}: </span>
                {row.comments}
              </td>
              <td className={styles["menu"]}>
                <Menu
                  trigger={
                    <IconButton label={t("people.menu", { name: person.name })}>
                      <Ellipsis />
                    </IconButton>
                  }
                >
                  <MenuItem icon={<Link2 />} onSelect={() => onReplace(row)}>
                    {row.link === null ? t("people.make-link") : t("people.replace")}
                  </MenuItem>
                  {row.link === null ? null : (
                    <MenuItem icon={<Link2Off />} tone="danger" onSelect={() => onRevoke(row)}>
                      {t("people.revoke")}
                    </MenuItem>
                  )}
                </Menu>
              </td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

function LinkState({ row }: { readonly row: PersonRow }): ReactElement {
  const { t } = useTranslation("shell");
  const language = useLanguage();
  const now = useNow();
  if (row.link === null) return <Pill tone="warn">{t("people.link-none")}</Pill>;
  if (row.link.openedAt === null) return <Pill>{t("people.link-unopened")}</Pill>;
  return (
    <span title={formatDateTime(language, row.link.openedAt)}>
      <Pill tone="ok">{t("people.link-opened", { when: formatRelative(language, row.link.openedAt, now) })}</Pill>
    </span>
  );
}
