import { Search, UserPlus, Users } from "lucide-react";
import type { ReactElement } from "react";
import { useEffect, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Role } from "#model";
import { compareNames, fillIn } from "#model";
import type { FreshLink, PersonRow } from "#protocol";
import { api } from "../app/api.ts";
import { isUnreachable, problemText } from "../app/errors.ts";
import { useOpenReport } from "../app/open-report.tsx";
import { PageHeading } from "../app/page-heading.tsx";
import { Resource, useResource } from "../app/resource.ts";
import { Link } from "../app/router.tsx";
import { useLanguage } from "../language/use-language.ts";
import { plainText } from "../reports/search.ts";
import { Button } from "../ui/button.tsx";
import { ConfirmDialog } from "../ui/dialog.tsx";
import { EmptyState } from "../ui/empty-state.tsx";
import { SearchField } from "../ui/search-field.tsx";
import { Skeleton } from "../ui/spinner.tsx";
import { TabPanel, Tabs } from "../ui/tabs.tsx";
import { useToast } from "../ui/toast.tsx";
import { AudienceSetting } from "./audience-setting.tsx";
import { FreshLinks } from "./fresh-links.tsx";
import { InviteDialog } from "./invite-dialog.tsx";
import { PeopleTable } from "./people-table.tsx";
import styles from "./people-page.module.css";

/** From this many people on there is a search. */
const MANY = 10;

type Shown = "all" | Exclude<Role, "chair">;

/** Who takes part in a report, and the links by which they come in. For the chair. */
export function PeoplePage(): ReactElement {
  const { t } = useTranslation("shell");
  const language = useLanguage();
  const toast = useToast();
  const { info, live } = useOpenReport();
  const resource = useMemo(() => new Resource(() => api.people(info.id)), [info.id]);
  const { value: rows, error } = useResource(resource);
  // Somebody has opened a link or commented, perhaps.
  useEffect(() => live.onReportChanged(() => void resource.refresh()), [live, resource]);
  const [inviting, setInviting] = useState(false);
  const [fresh, setFresh] = useState<readonly FreshLink[]>([]);
  const [revoking, setRevoking] = useState<PersonRow | null>(null);
  const [replacing, setReplacing] = useState<PersonRow | null>(null);
  const subject = fillIn(info.template.subject, info.fields);
  const title = `${info.fields["organisation"] ?? ""} · ${info.fields["year"] ?? ""}`;

  const tell = (reason: unknown): void => toast({ title: problemText(language, reason), tone: "danger" });
  const revoke = async ({ person }: PersonRow): Promise<void> => {
    try {
      await api.revokeLinks(info.id, person.id);
      await resource.refresh();
      toast({ title: t("people.revoked", { name: person.name }), tone: "ok" });
    } catch (reason) {
      tell(reason);
    }
  };
  const replace = async ({ person }: PersonRow): Promise<void> => {
    try {
      setFresh([await api.freshLink(info.id, person.id)]);
      await resource.refresh();
    } catch (reason) {
      tell(reason);
    }
  };

  return (
    <>
      <nav aria-label={t("way")} className={styles["way"]}>
        <Link to={{ page: "reports" }}>{t("reports.title")}</Link>
        <span aria-hidden="true">›</span>
        <Link to={{ page: "report", report: info.id }}>{title}</Link>
      </nav>
      <div className={styles["top"]}>
        <div>
          <PageHeading>{t("people.title")}</PageHeading>
          <p className={styles["lead"]}>{t("people.lead")}</p>
        </div>
        <Button variant="primary" icon={<UserPlus />} onClick={() => setInviting(true)}>
          {t("people.invite")}
        </Button>
      </div>
      <AudienceSetting />
      {fresh.length > 0 ? (
        <FreshLinks
          key={fresh[0]?.url}
          links={fresh}
          title={`${info.fields["organisation"] ?? ""}: ${subject}`}
          onClose={() => setFresh([])}
        />
      ) : null}
      {rows === null ? (
        error === null ? (
          <Skeleton lines={6} label={t("loading")} />
        ) : (
          <EmptyState
            title={isUnreachable(error) ? t("offline.title") : t("failed.title")}
            actions={<Button onClick={() => void resource.refresh()}>{t("again")}</Button>}
          >
            {problemText(language, error)}
          </EmptyState>
        )
      ) : (
        <PeopleLists
          rows={rows.filter(({ person }) => person.role !== "chair")}
          onInvite={() => setInviting(true)}
          onReplace={(row) => (row.link === null ? void replace(row) : setReplacing(row))}
          onRevoke={setRevoking}
        />
      )}
      {inviting ? (
        <InviteDialog
          report={info.id}
          people={rows?.map(({ person }) => person) ?? info.people}
          onClose={() => setInviting(false)}
          onInvited={(links) => {
            setInviting(false);
            setFresh(links);
            void resource.refresh();
          }}
        />
      ) : null}
      <ConfirmDialog
        open={revoking !== null}
        onOpenChange={() => setRevoking(null)}
        title={t("people.revoke-title", { name: revoking?.person.name ?? "" })}
        confirm={t("people.revoke")}
        onConfirm={async () => {
          if (revoking) await revoke(revoking);
        }}
      >
        {t("people.revoke-text")}
      </ConfirmDialog>
      <ConfirmDialog
        open={replacing !== null}
        onOpenChange={() => setReplacing(null)}
        title={t("people.replace-title", { name: replacing?.person.name ?? "" })}
        confirm={t("people.replace")}
        tone="primary"
        onConfirm={async () => {
          if (replacing) await replace(replacing);
        }}
      >
        {t("people.replace-text")}
      </ConfirmDialog>
    </>
  );
}

function PeopleLists({
  rows,
  onInvite,
  onReplace,
  onRevoke,
}: {
  readonly rows: readonly PersonRow[];
  readonly onInvite: () => void;
  readonly onReplace: (row: PersonRow) => void;
  readonly onRevoke: (row: PersonRow) => void;
}): ReactElement {
  const { t } = useTranslation("shell");
  const [shown, setShown] = useState<Shown>("all");
  const [query, setQuery] = useState("");
  if (rows.length === 0) {
    return (
      <EmptyState
        icon={<Users />}
        title={t("people.none")}
        actions={
          <Button variant="primary" icon={<UserPlus />} onClick={onInvite}>
            {t("people.invite")}
          </Button>
        }
      >
        {t("people.none-text")}
      </EmptyState>
    );
  }
  const words = plainText(query);
  const of = (which: Shown): PersonRow[] => rows.filter(({ person }) => which === "all" || person.role === which);
  const found = of(shown)
    .filter(({ person }) => plainText(`${person.name} ${person.unit}`).includes(words))
    .toSorted((a, b) => compareNames(a.person.name, b.person.name));
  const tabs: readonly Shown[] = ["all", "delegate", "drafter", "reader"];
  return (
    <Tabs
      className={styles["lists"] ?? ""}
      label={t("people.by-role")}
      value={shown}
      onChange={setShown}
      tabs={tabs.map((which) => ({
        value: which,
        label: which === "all" ? t("people.all") : t(`role.${which}`),
        count: of(which).length,
      }))}
    >
      <TabPanel value={shown}>
        {rows.length >= MANY ? (
          <div className={styles["search"]}>
            <SearchField label={t("people.search")} value={query} onChange={setQuery} />
          </div>
        ) : null}
        {found.length === 0 ? (
          <EmptyState icon={<Search />} title={t("people.nobody-found")} />
        ) : (
          <PeopleTable rows={found} onReplace={onReplace} onRevoke={onRevoke} />
        )}
      </TabPanel>
    </Tabs>
  );
}
