import { Field as BaseField } from "@base-ui/react/field";
import type { ComponentProps, ReactElement, ReactNode, Ref } from "react";
import { classNames } from "./class-names.ts";
import styles from "./field.module.css";

/** From this length on a field that fills up says how much room is left. */
const COUNTED = 50;

interface FieldText {
  readonly label: ReactNode;
  readonly hint?: ReactNode;
  /** What is wrong with the value, in words; absent where nothing is. */
  readonly error?: string | undefined;
  readonly required?: boolean;
  readonly className?: string | undefined;
}

/** A control with its label above, a hint below, and the error in place of nothing: all tied together for screen readers. */
export function Field({
  label,
  hint,
  error,
  required,
  className,
  name,
  after,
  children,
}: FieldText & { readonly name?: string; readonly after?: ReactNode; readonly children: ReactNode }): ReactElement {
  return (
    <BaseField.Root
      className={classNames(styles["field"], className)}
      invalid={error !== undefined}
      {...(name === undefined ? {} : { name })}
    >
      <div className={styles["top"]}>
        <BaseField.Label className={styles["label"]}>
          {label}
          {required ? (
            <span className={styles["required"]} aria-hidden="true">
              {" "}
              *
            </span>
          ) : null}
        </BaseField.Label>
        {after}
      </div>
      {children}
      {hint === undefined ? null : <BaseField.Description className={styles["hint"]}>{hint}</BaseField.Description>}
      <BaseField.Error match={error !== undefined} className={styles["error"]}>
        {error}
      </BaseField.Error>
    </BaseField.Root>
  );
}

type InputProps = Pick<
  ComponentProps<"input">,
  | "type"
  | "inputMode"
  | "autoComplete"
  | "placeholder"
  | "maxLength"
  | "min"
  | "max"
  | "disabled"
  | "autoFocus"
  | "onBlur"
  | "spellCheck"
>;

/** A line of text, or several where `rows` is given: then it is prose, which people write in Vietnamese. */
export function TextField({
  label,
  hint,
  error,
  required,
  className,
  name,
  value,
  onChange,
  rows,
  controlRef,
  ...input
}: FieldText &
  InputProps & {
    readonly name?: string;
    readonly value: string;
    readonly onChange: (value: string) => void;
    readonly rows?: number;
    readonly controlRef?: Ref<HTMLElement>;
  }): ReactElement {
  const near = input.maxLength !== undefined && input.maxLength >= COUNTED && value.length > input.maxLength * 0.8;
  return (
    <Field
      {...{ label, error, className }}
      {...(hint === undefined ? {} : { hint })}
      {...(required === undefined ? {} : { required })}
      {...(name === undefined ? {} : { name })}
      after={
        near ? (
          <span className={styles["counter"]}>
            {value.length}/{input.maxLength}
          </span>
        ) : null
      }
    >
      <BaseField.Control
        className={classNames(styles["control"], rows !== undefined && styles["lines"])}
        value={value}
        onValueChange={onChange}
        required={required}
        {...(controlRef === undefined ? {} : { ref: controlRef })}
        {...(rows === undefined ? {} : { render: <textarea rows={rows} lang="vi" spellCheck /> })}
        {...input}
      />
    </Field>
  );
}

/** One value out of a few, as the platform's own list: on a phone it opens the phone's wheel. */
export function SelectField({
  label,
  hint,
  error,
  required,
  className,
  name,
  value,
  onChange,
  choices,
  disabled,
}: FieldText & {
  readonly name?: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly choices: readonly { readonly value: string; readonly label: string }[];
  readonly disabled?: boolean;
}): ReactElement {
  return (
    <Field
      {...{ label, error, className }}
      {...(hint === undefined ? {} : { hint })}
      {...(required === undefined ? {} : { required })}
      {...(name === undefined ? {} : { name })}
    >
      <BaseField.Control
        className={classNames(styles["control"], styles["select"])}
        value={value}
        onValueChange={onChange}
        disabled={disabled ?? false}
        render={
          <select>
            {choices.map((choice) => (
              <option key={choice.value} value={choice.value}>
                {choice.label}
              </option>
            ))}
          </select>
        }
      />
    </Field>
  );
}
