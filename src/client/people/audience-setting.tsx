import type { ReactElement } from "react";
import { useId, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Audience } from "#model";
import { AUDIENCES } from "#model";
import { api } from "../app/api.ts";
import { problemText } from "../app/errors.ts";
import { useOpenReport } from "../app/open-report.tsx";
import { useLanguage } from "../language/use-language.ts";
import { useToast } from "../ui/toast.tsx";
import styles from "./audience-setting.module.css";

/** What delegates see of each other's comments. It holds at once; what was sent before is shown no wider than was told then. */
export function AudienceSetting(): ReactElement {
  const { t } = useTranslation("shell");
  const language = useLanguage();
  const toast = useToast();
  const { info, refresh } = useOpenReport();
  const [asked, setAsked] = useState<Audience | null>(null);
  const title = useId();
  const choose = async (audience: Audience): Promise<void> => {
    setAsked(audience);
    try {
      await api.changeSettings(info.id, { audience });
      await refresh();
      toast({ title: t("audience.changed"), tone: "ok" });
    } catch (error) {
      setAsked(null);
      toast({ title: problemText(language, error), tone: "danger" });
    }
  };
  // Until the report says so itself, what was chosen stands.
  if (asked !== null && info.audience === asked) setAsked(null);
  const shown = asked ?? info.audience ?? "own";
  return (
    <section className={styles["setting"]} aria-labelledby={title}>
      <h2 id={title}>{t("audience.title")}</h2>
      <div role="radiogroup" aria-labelledby={title} className={styles["choices"]}>
        {AUDIENCES.map((audience) => (
          <label key={audience} className={styles["choice"]}>
            <input
              type="radio"
              name="audience"
              value={audience}
              checked={shown === audience}
              disabled={asked !== null}
              onChange={() => void choose(audience)}
            />
            <b>{t(`audience.${audience}`)}</b>
            <small>{t(`audience.${audience}-text`)}</small>
          </label>
        ))}
      </div>
      <p className={styles["note"]}>{t("audience.note")}</p>
    </section>
  );
}
