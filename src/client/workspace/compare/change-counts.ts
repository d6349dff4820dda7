import { useTranslation } from "react-i18next";
import type { ChangeCounts } from "./shown-changes.ts";

/** Counts as people say them, those of nothing left out: *3 đoạn sửa, 1 đoạn chuyển*. */
export function useCountsText(): (counts: Omit<ChangeCounts, "slots">) => string {
  const { t } = useTranslation("workspace");
  return ({ inserted, deleted, changed, moved, left }) =>
    [
      changed > 0 ? t("compare.countChanged", { count: changed }) : "",
      inserted > 0 ? t("compare.countInserted", { count: inserted }) : "",
      deleted > 0 ? t("compare.countDeleted", { count: deleted }) : "",
      moved > 0 ? t("compare.countMoved", { count: moved }) : "",
      left > 0 ? t("compare.countLeft", { count: left }) : "",
    ]
      .filter((part) => part !== "")
      .join(", ");
}
