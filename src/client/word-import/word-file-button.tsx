import { FileInput } from "lucide-react";
import type { ReactElement, RefObject } from "react";
import { useRef } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "../ui/button.tsx";

/** What a Word file is, and what the server makes one of where it can. */
const WORD_FILES = ".docx,.doc,.odt,.rtf,application/vnd.openxmlformats-officedocument.wordprocessingml.document";

/** A button by which one chooses a Word file of one's own. */
export function WordFileButton({
  busy,
  onFile,
}: {
  readonly busy: boolean;
  readonly onFile: (file: File) => void;
}): ReactElement {
  const { t } = useTranslation("shell");
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <Button icon={<FileInput />} busy={busy} onClick={() => input.current?.click()}>
        {t("word.open")}
      </Button>
      <WordFileInput inputRef={input} onFile={onFile} />
    </>
  );
}

/** The unseen input behind a button or a menu's item: the same file may be chosen again. */
export function WordFileInput({
  inputRef,
  onFile,
}: {
  readonly inputRef: RefObject<HTMLInputElement | null>;
  readonly onFile: (file: File) => void;
}): ReactElement {
  const { t } = useTranslation("shell");
  return (
    <input
      ref={inputRef}
      type="file"
      accept={WORD_FILES}
      hidden
      aria-label={t("word.file")}
      onChange={(event) => {
        const [file] = event.currentTarget.files ?? [];
        if (file) onFile(file);
        event.currentTarget.value = "";
      }}
    />
  );
}
