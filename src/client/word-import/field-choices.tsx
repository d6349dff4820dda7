import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";
import type { FieldSpec, ImportPlan } from "#model";
import { useLocalised } from "../language/use-language.ts";
import styles from "./field-choices.module.css";
import { isFormer } from "./placing.ts";

/** The values that were read from head and signature, each to be taken or not. */
export function FieldChoices({
  plan,
  specs,
  chosen,
  reportYear,
  onChoose,
}: {
  readonly plan: ImportPlan;
  readonly specs: readonly FieldSpec[];
  readonly chosen: readonly string[];
  readonly reportYear: string;
  readonly onChoose: (ids: readonly string[]) => void;
}): ReactElement | null {
  const { t } = useTranslation("shell");
  const localised = useLocalised();
  const offered = specs.flatMap((spec) => {
    const field = plan.fields.find(({ id }) => id === spec.id);
    return field ? [{ spec, field }] : [];
  });
  if (offered.length === 0) return null;
  return (
    <fieldset className={styles["fields"]}>
      <legend>{t("word.fields")}</legend>
      <p className={styles["hint"]}>{t("word.fieldsText")}</p>
      {offered.map(({ spec, field }) => (
        <label key={spec.id} className={styles["field"]}>
          <input
            type="checkbox"
            checked={chosen.includes(spec.id)}
            onChange={(event) =>
              onChoose(event.currentTarget.checked ? [...chosen, spec.id] : chosen.filter((id) => id !== spec.id))
            }
          />
          <span>
            <strong>{localised(spec.label)}:</strong> {field.value.replaceAll("\n", "; ")}
            {isFormer(field, plan, reportYear) ? (
              <em className={styles["former"]}> ({t("word.former", { year: plan.year ?? "" })})</em>
            ) : null}
          </span>
        </label>
      ))}
    </fieldset>
  );
}
