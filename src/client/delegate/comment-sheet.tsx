import { Plus, X } from "lucide-react";
import type { ReactElement } from "react";
import { useEffect, useId, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Audience } from "#model";
import { COMMENT_KINDS } from "#model";
import { Button, IconButton } from "../ui/button.tsx";
import { classNames } from "../ui/class-names.ts";
import { Dialog } from "../ui/dialog.tsx";
import { SelectField, TextField } from "../ui/field.tsx";
import styles from "./comment-sheet.module.css";
import type { CommentSubject, CommentWords } from "./comment-words.ts";
import { shortened } from "../ui/shortened.ts";
import { forgetDraft, keptDraft, keepDraft } from "./kept-draft.ts";

const EMPTY: CommentWords = { kind: "clarify", text: "" };

/** The longest text and wording the server takes, in characters. */
const LONGEST = 10_000;

/**
 * The sheet in which a comment is written. Half-written words stay on the device until they are sent or the person
 * clears them, whatever happens to the page.
 */
export function CommentSheet({
  subject,
  audience,
  onClose,
  onSend,
  onMore,
}: {
  readonly subject: CommentSubject;
  /** Who will see it: said before it is sent. */
  readonly audience: Audience;
  readonly onClose: () => void;
  readonly onSend: (words: CommentWords) => void;
  /** Goes back to the text for one more place; absent where the subject cannot have another. */
  readonly onMore: ((words: CommentWords) => void) | undefined;
}): ReactElement {
  const { t } = useTranslation("delegate");
  const [words, setWords] = useState<CommentWords>(
    () => subject.begun ?? keptDraft(subject.key) ?? subject.words ?? EMPTY,
  );
  const [missing, setMissing] = useState(false);
  const area = useRef<HTMLTextAreaElement>(null);
  const quoted = subject.quote ?? subject.cell;
  const kindLabel = useId();
  useEffect(() => keepDraft(subject.key, words, subject.words ?? EMPTY), [subject, words]);

  const places =
    subject.quote === undefined ? [] : [subject.quote, ...(words.also ?? []).map(({ quote }) => quote.exact)];
  const wordingFor = places[words.part ?? 0] ?? subject.quote ?? "";
  const choosePart = (part: number): void => {
    // A wording that nobody has changed yet is that of the place it is for.
    const untouched = words.proposal?.trim() === wordingFor.trim();
    setWords({ ...words, part, ...(untouched ? { proposal: places[part] ?? "" } : {}) });
  };
  const removePlace = (index: number): void => {
    const { part = 0, ...rest } = words;
    const also = words.also?.filter((_, at) => at !== index) ?? [];
    setWords({ ...rest, also, part: part === index + 1 ? 0 : part > index + 1 ? part - 1 : part });
  };

  const send = (): void => {
    const proposal = words.proposal?.trim();
    const proposes =
      subject.quote !== undefined && proposal !== undefined && proposal !== "" && proposal !== wordingFor.trim();
    if (words.text.trim() === "" && !proposes) {
      setMissing(true);
      area.current?.focus();
      return;
    }
    forgetDraft(subject.key);
    onSend({
      kind: words.kind,
      text: words.text.trim().normalize("NFC"),
      ...(proposes ? { proposal: proposal.normalize("NFC"), part: words.part ?? 0 } : {}),
      ...(words.also && words.also.length > 0 ? { also: words.also } : {}),
    });
  };

  return (
    <Dialog
      open
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
      title={subject.heading}
      initialFocus={area}
      footer={
        <div className={styles["actions"]}>
          <p className={styles["audience"]}>{t(`audience_${audience}`)}</p>
          <Button onClick={onClose}>{t("cancel")}</Button>
          <Button variant="primary" onClick={send} className={styles["send"]}>
            {subject.words ? t("save") : t("send")}
          </Button>
        </div>
      }
    >
      <form
        className={styles["form"]}
        onSubmit={(event) => {
          event.preventDefault();
          send();
        }}
      >
        {quoted === undefined ? null : <blockquote className={styles["quote"]}>{quoted}</blockquote>}
        {subject.also?.map((quote, index) => (
          <blockquote key={index} className={styles["quote"]}>
            {quote}
          </blockquote>
        ))}
        {words.also?.map((place, index) => (
          <div key={place.anchor.start + place.anchor.end} className={styles["place"]}>
            <blockquote className={styles["quote"]}>{place.quote.exact}</blockquote>
            <IconButton label={t("removePlace", { number: index + 2 })} onClick={() => removePlace(index)}>
              <X />
            </IconButton>
          </div>
        ))}
        {onMore ? (
          <Button variant="quiet" icon={<Plus />} onClick={() => onMore(words)}>
            {t("morePlaces")}
          </Button>
        ) : null}
        <div role="radiogroup" aria-labelledby={kindLabel} className={styles["kinds"]}>
          <span id={kindLabel} className={styles["hidden"]}>
            {t("kindLabel")}
          </span>
          {COMMENT_KINDS.map((kind) => (
            <label key={kind} className={classNames(styles["kind"], words.kind === kind && styles["on"])}>
              <input
                type="radio"
                name="kind"
                value={kind}
                checked={words.kind === kind}
                onChange={() => setWords({ ...words, kind })}
              />
              {t(`kind_${kind}`)}
            </label>
          ))}
        </div>
        <TextField
          label={t("text")}
          value={words.text}
          rows={4}
          maxLength={LONGEST}
          placeholder={t("textPlaceholder")}
          error={missing && words.text.trim() === "" ? t("textMissing") : undefined}
          onChange={(text) => setWords({ ...words, text })}
          controlRef={area}
        />
        {subject.quote === undefined ? null : words.proposal === undefined ? (
          <Button onClick={() => setWords({ ...words, proposal: wordingFor, kind: "wording" })}>
            {t("proposeWording")}
          </Button>
        ) : (
          <>
            {places.length > 1 ? (
              <SelectField
                label={t("proposalFor")}
                value={String(words.part ?? 0)}
                onChange={(part) => choosePart(Number(part))}
                choices={places.map((quote, part) => ({
                  value: String(part),
                  label: t("proposalPlace", { number: part + 1, quote: shortened(quote) }),
                }))}
              />
            ) : null}
            <TextField
              label={(subject.also ?? []).length > 0 ? t("proposalFirst") : t("proposal")}
              value={words.proposal}
              rows={3}
              maxLength={LONGEST}
              onChange={(proposal) => setWords({ ...words, proposal })}
            />
            <Button
              variant="quiet"
              onClick={() => {
                const { proposal: _dropped, ...rest } = words;
                setWords(rest);
              }}
            >
              {t("removeWording")}
            </Button>
          </>
        )}
      </form>
    </Dialog>
  );
}
