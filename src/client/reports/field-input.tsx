import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";
import type { FieldSpec } from "#model";
import { useLocalised } from "../language/use-language.ts";
import { SelectField, TextField } from "../ui/field.tsx";
import styles from "./field-input.module.css";
import type { FieldProblem } from "./report-form.ts";

/** The control of one field of a report's form, by its kind. */
export function FieldInput({
  spec,
  value,
  problem,
  onChange,
  onLeave,
}: {
  readonly spec: FieldSpec;
  readonly value: string;
  readonly problem: FieldProblem | null;
  readonly onChange: (value: string) => void;
  /** The focus has left the field: from now on it may say what is wrong with it. */
  readonly onLeave: () => void;
}): ReactElement {
  const { t } = useTranslation("shell");
  const localised = useLocalised();
  const shared = {
    name: spec.id,
    label: localised(spec.label),
    required: spec.required,
    value,
    onChange,
    error: problem === null ? undefined : t(problem.key, { max: "max" in problem ? problem.max : 0 }),
    ...(spec.hint === undefined ? {} : { hint: localised(spec.hint) }),
  };
  if (spec.input === "choice") {
    const choices = (spec.choices ?? []).map((choice) => ({ value: choice.value, label: localised(choice.label) }));
    return <SelectField {...shared} choices={choices} />;
  }
  const text = { ...shared, maxLength: spec.maxLength, onBlur: onLeave, autoComplete: "off" as const };
  switch (spec.input) {
    case "lines":
      return <TextField {...text} rows={3} className={styles["wide"]} />;
    case "year":
      return <TextField {...text} inputMode="numeric" />;
    case "date":
      return <TextField {...shared} onBlur={onLeave} type="date" />;
    case "text":
      // What may be long gets the whole width.
      return <TextField {...text} className={spec.maxLength >= 150 ? styles["wide"] : undefined} />;
  }
}
