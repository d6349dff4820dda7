import { ChevronDown, LogOut, UserPen } from "lucide-react";
import type { ReactElement } from "react";
import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { chooseLanguage } from "../language/i18n.ts";
import { useLanguage } from "../language/use-language.ts";
import { Avatar } from "../ui/avatar.tsx";
import { Button } from "../ui/button.tsx";
import { ConfirmDialog, Dialog } from "../ui/dialog.tsx";
import { TextField } from "../ui/field.tsx";
import { Menu, MenuChoice, MenuGroup, MenuItem, MenuSeparator } from "../ui/menu.tsx";
import { useToast } from "../ui/toast.tsx";
import styles from "./account-menu.module.css";
import { api } from "./api.ts";
import { problemText } from "./errors.ts";
import { useSession } from "./session.tsx";

/** The longest name the server takes. */
const NAME_LENGTH = 120;

/** Who one is, the language, and the way out. */
export function AccountMenu(): ReactElement {
  const { t } = useTranslation("shell");
  const { session, signOut } = useSession();
  const language = useLanguage();
  const toast = useToast();
  const [naming, setNaming] = useState(false);
  const [leaving, setLeaving] = useState(false);
  const [first] = session.memberships;
  const name = session.chair ? session.chairName || t("role.chair") : (first?.person.name ?? t("account"));
  const leave = async (): Promise<void> => {
    try {
      await signOut();
    } catch (error) {
      toast({ title: problemText(language, error), tone: "danger" });
    }
  };
  return (
    <>
      <Menu
        trigger={
          <Button variant="quiet" className={styles["trigger"] ?? ""} aria-label={t("account.of", { name })}>
            <Avatar id={session.chair ? "chair" : (first?.person.id ?? "")} name={name} />
            <span className={styles["name"]}>{name}</span>
            <ChevronDown aria-hidden="true" />
          </Button>
        }
      >
        {session.chair ? (
          <>
            <MenuItem icon={<UserPen />} onSelect={() => setNaming(true)}>
              {t("account.chair-name")}
            </MenuItem>
            <MenuSeparator />
          </>
        ) : null}
        <MenuGroup label={t("account.language")}>
          <MenuChoice
            label={t("account.language")}
            value={language}
            choices={[
              { value: "vi", label: "Tiếng Việt" },
              { value: "en", label: "English" },
            ]}
            onChange={(value) => void chooseLanguage(value === "en" ? "en" : "vi")}
          />
        </MenuGroup>
        <MenuSeparator />
        <MenuItem icon={<LogOut />} onSelect={() => setLeaving(true)}>
          {t("account.sign-out")}
        </MenuItem>
      </Menu>
      {naming ? <ChairNameDialog onClose={() => setNaming(false)} /> : null}
      <ConfirmDialog
        open={leaving}
        onOpenChange={setLeaving}
        title={t("account.sign-out-title")}
        confirm={t("account.sign-out")}
        onConfirm={leave}
      >
        {t("account.sign-out-text")}
      </ConfirmDialog>
    </>
  );
}

/** Asks for the name under which the chair appears on comments, decisions and in the list of people. */
function ChairNameDialog({ onClose }: { readonly onClose: () => void }): ReactElement {
  const { t } = useTranslation("shell");
  const { session, refresh } = useSession();
  const language = useLanguage();
  const [name, setName] = useState(session.chairName);
  const [error, setError] = useState<string | undefined>(undefined);
  const [busy, setBusy] = useState(false);
  const field = useRef<HTMLElement>(null);
  const save = async (): Promise<void> => {
    if (name.trim() === "") {
      setError(t("invalid.required"));
      field.current?.focus();
      return;
    }
    setBusy(true);
    try {
      await api.setChairName(name.trim());
      await refresh();
      onClose();
    } catch (reason) {
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
      size="s"
      title={t("account.chair-name")}
      description={t("account.chair-name-text")}
      initialFocus={field}
      footer={
        <>
          <Button onClick={onClose}>{t("cancel")}</Button>
          <Button variant="primary" type="submit" form="chair-name" busy={busy}>
            {t("save")}
          </Button>
        </>
      }
    >
      <form
        id="chair-name"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          void save();
        }}
      >
        <TextField
          label={t("people.name")}
          value={name}
          onChange={setName}
          error={error}
          maxLength={NAME_LENGTH}
          autoComplete="name"
          controlRef={field}
          required
        />
      </form>
    </Dialog>
  );
}
