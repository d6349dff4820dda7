import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "../ui/button.tsx";
import { Dialog } from "../ui/dialog.tsx";
import styles from "./delegate-page.module.css";
import type { ReadingSlot } from "./reading.ts";
import { slotTitle } from "./reading.ts";

/** The titles of the draft; one of them is gone to. */
export function OutlineSheet({
  open,
  slots,
  onClose,
  onGo,
}: {
  readonly open: boolean;
  readonly slots: readonly ReadingSlot[];
  readonly onClose: () => void;
  readonly onGo: (slot: string) => void;
}): ReactElement {
  const { t } = useTranslation("delegate");
  return (
    <Dialog open={open} onOpenChange={onClose} title={t("outline")}>
      <ul className={styles["outline"]}>
        {slots.map(({ numbered }) => (
          <li key={numbered.slot.id}>
            {numbered.before.map((group) => (
              <p key={group.node.id} className={styles["group"]}>
                {`${group.label} ${group.title}`.trim()}
              </p>
            ))}
            <Button variant="quiet" onClick={() => onGo(numbered.slot.id)}>
              {slotTitle(slots, numbered.slot.id)}
            </Button>
          </li>
        ))}
      </ul>
    </Dialog>
  );
}
