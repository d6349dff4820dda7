import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";
import type { LeftOut } from "#comments";
import { leftOutText } from "#comments";
import { useLanguage } from "../language/use-language.ts";
import { Button } from "../ui/button.tsx";
import { Dialog } from "../ui/dialog.tsx";

/** A merged file of which something was left out. */
export interface Incomplete {
  readonly file: File;
  readonly leftOut: readonly LeftOut[];
}

/** What was not taken from delegates' copies, each with whose it is; it can be taken all the same. */
export function LeftOutDialog({
  left,
  onClose,
  onEverything,
}: {
  readonly left: readonly Incomplete[];
  readonly onClose: () => void;
  readonly onEverything: () => void;
}): ReactElement {
  const { t } = useTranslation("workspace");
  const language = useLanguage();
  return (
    <Dialog
      open={left.length > 0}
      onOpenChange={onClose}
      title={t("leftOut.title")}
      description={t("leftOut.text")}
      footer={
        <>
          <Button
            onClick={() => {
              onClose();
              onEverything();
            }}
          >
            {t("leftOut.everything")}
          </Button>
          <Button variant="primary" onClick={onClose}>
            {t("leftOut.enough")}
          </Button>
        </>
      }
    >
      <ul>
        {left.flatMap(({ file, leftOut }) =>
          leftOut.map((one) => (
            <li key={`${file.name} ${one.what}`}>
              {file.name}: {leftOutText(language, one)}
            </li>
          )),
        )}
      </ul>
    </Dialog>
  );
}
