import { FileUp, Plus, Trash2 } from "lucide-react";
import type { ReactElement, RefObject } from "react";
import { useEffect, useMemo, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Person, Role } from "#model";
import type { FreshLink } from "#protocol";
import { api } from "../app/api.ts";
import { problemText } from "../app/errors.ts";
import { useLanguage } from "../language/use-language.ts";
import { Button, IconButton } from "../ui/button.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { SelectField, TextField } from "../ui/field.tsx";
import { TabPanel, Tabs } from "../ui/tabs.tsx";
import { CandidateTable } from "./candidate-table.tsx";
import styles from "./invite-dialog.module.css";
import { decodeList, judgePeople, NAME_LENGTH, readPeople, UNIT_LENGTH } from "./people-list.ts";

/** As many as one request carries. */
const BATCH = 500;

type InvitedRole = Exclude<Role, "chair">;
const ROLES: readonly InvitedRole[] = ["delegate", "drafter", "reader"];

interface Typed {
  readonly key: number;
  readonly name: string;
  readonly unit: string;
}

/** Asks whom to invite, shows who that will be, and makes their links. */
export function InviteDialog({
  report,
  people,
  onClose,
  onInvited,
}: {
  readonly report: string;
  readonly people: readonly Person[];
  readonly onClose: () => void;
  readonly onInvited: (links: readonly FreshLink[]) => void;
}): ReactElement {
  const { t } = useTranslation("shell");
  const language = useLanguage();
  const [role, setRole] = useState<InvitedRole>("delegate");
  const [way, setWay] = useState<"typed" | "list">("typed");
  const [typed, setTyped] = useState<readonly Typed[]>([{ key: 0, name: "", unit: "" }]);
  const [list, setList] = useState("");
  const [chosen, setChosen] = useState<ReadonlyMap<number, boolean>>(new Map());
  const [error, setError] = useState<string | undefined>(undefined);
  const [busy, setBusy] = useState(false);
  const firstField = useRef<HTMLElement>(null);

  const candidates = useMemo(
    () => (way === "list" ? readPeople(list, people) : judgePeople(typed, people)),
    [way, list, typed, people],
  );
  const possible = candidates.filter(({ problem }) => problem !== "no-name" && problem !== "too-long");
  // A namesake is invited only when somebody says so; in the typed form, typing is saying so.
  const invited = possible.filter(({ line, problem }) => chosen.get(line) ?? (way === "typed" || problem === null));

  const invite = async (): Promise<void> => {
    if (invited.length === 0) {
      setError(t("invite.nobody"));
      firstField.current?.focus();
      return;
    }
    setBusy(true);
    const links: FreshLink[] = [];
    try {
      for (let from = 0; from < invited.length; from += BATCH) {
        const batch = invited.slice(from, from + BATCH).map(({ name, unit }) => ({ role, name, unit }));
        links.push(...(await api.invite(report, { people: batch })));
      }
      onInvited(links);
    } catch (reason) {
      // Links of an earlier batch exist and are told only once: they are not lost because a later batch failed.
      if (links.length > 0) onInvited(links);
      setError(problemText(language, reason));
      setBusy(false);
    }
  };

  return (
    <Dialog
      open
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
      size="l"
      title={t("invite.title")}
      description={t("invite.text")}
      initialFocus={firstField}
      footer={
        <>
          <output className={styles["error"]}>{error}</output>
          <Button onClick={onClose}>{t("cancel")}</Button>
          <Button variant="primary" type="submit" form="invite" busy={busy}>
            {t("invite.make", { count: invited.length })}
          </Button>
        </>
      }
    >
      <form
        id="invite"
        noValidate
        className={styles["form"]}
        onSubmit={(event) => {
          event.preventDefault();
          void invite();
        }}
      >
        <SelectField
          className={styles["role"]}
          label={t("invite.role")}
          hint={t(`role.${role}-may`)}
          value={role}
          onChange={(value) => setRole(ROLES.find((candidate) => candidate === value) ?? "delegate")}
          choices={ROLES.map((value) => ({ value, label: t(`role.${value}`) }))}
        />
        <Tabs
          label={t("invite.way")}
          value={way}
          onChange={(next) => {
            setWay(next);
            setChosen(new Map());
            setError(undefined);
          }}
          tabs={[
            { value: "typed", label: t("invite.typed") },
            { value: "list", label: t("invite.list") },
          ]}
        >
          <TabPanel value="typed" className={styles["panel"] ?? ""}>
            <TypedPeople typed={typed} firstField={firstField} onChange={setTyped} />
          </TabPanel>
          <TabPanel value="list" className={styles["panel"] ?? ""}>
            <PastedList list={list} onChange={setList} />
          </TabPanel>
        </Tabs>
        {way === "list" || candidates.some(({ problem }) => problem !== null) ? (
          <CandidateTable
            candidates={candidates}
            invited={new Set(invited.map(({ line }) => line))}
            onChoose={(line, invite) => setChosen((before) => new Map(before).set(line, invite))}
          />
        ) : null}
      </form>
    </Dialog>
  );
}

function TypedPeople({
  typed,
  firstField,
  onChange,
}: {
  readonly typed: readonly Typed[];
  readonly firstField: RefObject<HTMLElement | null>;
  readonly onChange: (typed: readonly Typed[]) => void;
}): ReactElement {
  const { t } = useTranslation("shell");
  const nextKey = Math.max(...typed.map(({ key }) => key)) + 1;
  return (
    <div className={styles["typed"]}>
      {typed.map((person, index) => (
        <TypedPerson
          key={person.key}
          person={person}
          number={index + 1}
          {...(index === 0 ? { field: firstField } : {})}
          onChange={(change) => onChange(typed.map((other) => (other === person ? { ...person, ...change } : other)))}
          onRemove={typed.length > 1 ? () => onChange(typed.filter((other) => other !== person)) : null}
        />
      ))}
      <Button
        icon={<Plus />}
        className={styles["add"]}
        onClick={() => onChange([...typed, { key: nextKey, name: "", unit: typed.at(-1)?.unit ?? "" }])}
      >
        {t("invite.add")}
      </Button>
    </div>
  );
}

function TypedPerson({
  person,
  number,
  field,
  onChange,
  onRemove,
}: {
  readonly person: Typed;
  readonly number: number;
  readonly field?: RefObject<HTMLElement | null>;
  readonly onChange: (change: Partial<Typed>) => void;
  readonly onRemove: (() => void) | null;
}): ReactElement {
  const { t } = useTranslation("shell");
  const own = useRef<HTMLElement>(null);
  const name = field ?? own;
  useEffect(() => name.current?.focus(), [name]);
  return (
    <fieldset className={styles["person"]}>
      <legend className={styles["legend"]}>{t("invite.person", { number })}</legend>
      <TextField
        className={styles["name"]}
        label={t("people.name")}
        value={person.name}
        maxLength={NAME_LENGTH}
        autoComplete="off"
        onChange={(value) => onChange({ name: value })}
        controlRef={name}
      />
      <TextField
        label={t("people.unit")}
        value={person.unit}
        maxLength={UNIT_LENGTH}
        autoComplete="off"
        onChange={(unit) => onChange({ unit })}
      />
      {onRemove === null ? null : (
        <IconButton label={t("invite.remove", { number })} onClick={onRemove}>
          <Trash2 />
        </IconButton>
      )}
    </fieldset>
  );
}

function PastedList({
  list,
  onChange,
}: {
  readonly list: string;
  readonly onChange: (list: string) => void;
}): ReactElement {
  const { t } = useTranslation("shell");
  const file = useRef<HTMLInputElement>(null);
  return (
    <div className={styles["list"]}>
      <TextField
        label={t("invite.paste")}
        hint={t("invite.paste-hint")}
        rows={6}
        value={list}
        onChange={onChange}
        placeholder={"Nguyễn Văn A\tChi bộ 1\nTrần Thị B\tChi bộ 2"}
        autoComplete="off"
        spellCheck={false}
      />
      <input
        ref={file}
        type="file"
        accept=".csv,.tsv,.txt,text/csv,text/plain"
        hidden
        aria-label={t("invite.file")}
        onChange={(event) => {
          const [chosen] = event.currentTarget.files ?? [];
          event.currentTarget.value = "";
          if (chosen) void chosen.arrayBuffer().then((bytes) => onChange(decodeList(new Uint8Array(bytes))));
        }}
      />
      <Button icon={<FileUp />} className={styles["add"]} onClick={() => file.current?.click()}>
        {t("invite.file")}
      </Button>
    </div>
  );
}
