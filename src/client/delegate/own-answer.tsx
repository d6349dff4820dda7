import type { ReactElement } from "react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { RuleSet, Stance, Voice } from "#model";
import { voiceWords } from "#model";
import { useLanguage } from "../language/use-language.ts";
import { Button } from "../ui/button.tsx";
import { ConfirmDialog, Dialog } from "../ui/dialog.tsx";
import { TextField } from "../ui/field.tsx";
import styles from "./own-answer.module.css";

/**
 * What a person answers to the round as a whole: that they agree without comment, and for whom they speak. Without
 * `onChange` it is only told.
 */
export function OwnAnswer({
  stance,
  comments,
  unit,
  ruleSet,
  onChange,
}: {
  readonly stance: Stance | null;
  /** How many comments of one's own stand in the round. */
  readonly comments: number;
  /** One's own unit, as it was entered with the invitation. */
  readonly unit: string;
  readonly ruleSet: RuleSet;
  readonly onChange: ((change: { readonly agrees?: boolean; readonly voice?: Voice | null }) => void) | undefined;
}): ReactElement {
  const { t } = useTranslation("delegate");
  const language = useLanguage();
  const [asking, setAsking] = useState(false);
  const [speaking, setSpeaking] = useState(false);
  const agreed = stance?.agrees === true && comments === 0;
  const voice = stance?.voice;
  return (
    <section className={styles["answer"]} aria-label={t("answerTitle")}>
      <h2>{t("answerTitle")}</h2>
      <p role="status">
        {agreed ? t("answerAgreed") : comments > 0 ? t("answerComments", { count: comments }) : t("answerNone")}
      </p>
      {onChange ? (
        agreed ? (
          <Button onClick={() => onChange({ agrees: false })}>{t("agreeBack")}</Button>
        ) : comments === 0 ? (
          <Button onClick={() => setAsking(true)}>{t("agree")}</Button>
        ) : null
      ) : null}
      <p>{voice ? t("voiceOf", { voice: voiceWords(language, voice, ruleSet) }) : t("voiceOwn")}</p>
      {onChange ? (
        <Button variant="quiet" onClick={() => setSpeaking(true)}>
          {voice ? t("voiceEdit") : t("voiceSet")}
        </Button>
      ) : null}
      <ConfirmDialog
        open={asking}
        onOpenChange={setAsking}
        title={t("agreeTitle")}
        confirm={t("agreeConfirm")}
        tone="primary"
        onConfirm={() => onChange?.({ agrees: true })}
      >
        {t("agreeText")}
      </ConfirmDialog>
      {speaking ? (
        <VoiceDialog
          voice={voice ?? null}
          unit={unit}
          onClose={() => setSpeaking(false)}
          onSave={(said) => {
            setSpeaking(false);
            onChange?.({ voice: said });
          }}
        />
      ) : null}
    </section>
  );
}

/** For whom one speaks: a unit, and how many people it has. */
function VoiceDialog({
  voice,
  unit,
  onClose,
  onSave,
}: {
  readonly voice: Voice | null;
  readonly unit: string;
  readonly onClose: () => void;
  readonly onSave: (voice: Voice | null) => void;
}): ReactElement {
  const { t } = useTranslation("delegate");
  const [name, setName] = useState(voice?.unit ?? unit);
  const [people, setPeople] = useState(voice?.people === undefined ? "" : String(voice.people));
  const [tried, setTried] = useState(false);
  const words = name.trim().normalize("NFC");
  const count = people.trim() === "" ? undefined : Number(people.trim());
  const wrong = count !== undefined && !(Number.isInteger(count) && count >= 1 && count <= 1_000_000);
  const save = (): void => {
    setTried(true);
    if (words === "" || wrong) return;
    onSave({ unit: words, ...(count === undefined ? {} : { people: count }) });
  };
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={t("voiceTitle")}
      description={t("voiceText")}
      size="s"
      footer={
        <div className={styles["actions"]}>
          {voice ? <Button onClick={() => onSave(null)}>{t("voiceDrop")}</Button> : null}
          <Button variant="primary" onClick={save}>
            {t("voiceSave")}
          </Button>
        </div>
      }
    >
      <form
        className={styles["form"]}
        onSubmit={(event) => {
          event.preventDefault();
          save();
        }}
      >
        <TextField
          label={t("voiceUnit")}
          value={name}
          maxLength={200}
          onChange={setName}
          error={tried && words === "" ? t("voiceUnitMissing") : undefined}
        />
        <TextField
          label={t("voicePeople")}
          value={people}
          inputMode="numeric"
          maxLength={7}
          onChange={setPeople}
          error={tried && wrong ? t("voicePeopleWrong") : undefined}
        />
        <button type="submit" hidden aria-hidden="true" tabIndex={-1} />
      </form>
    </Dialog>
  );
}
