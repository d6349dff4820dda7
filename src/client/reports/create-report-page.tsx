import type { FormEvent, ReactElement } from "react";
import { useMemo, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { fieldsOf } from "#model";
import type { CreateReportRequest, TemplateChoice } from "#protocol";
import { api } from "../app/api.ts";
import { problemText } from "../app/errors.ts";
import { PageHeading } from "../app/page-heading.tsx";
import { Resource, useResource } from "../app/resource.ts";
import { Link, navigate } from "../app/router.tsx";
import { useLanguage } from "../language/use-language.ts";
import { Button } from "../ui/button.tsx";
import { EmptyState } from "../ui/empty-state.tsx";
import { Skeleton } from "../ui/spinner.tsx";
import { useToast } from "../ui/toast.tsx";
import { openPieces } from "../word-import/laid-word.ts";
import type { Brought } from "../word-import/placing.ts";
import styles from "./create-report-page.module.css";
import { FieldInput } from "./field-input.tsx";
import { FromWord } from "./from-word.tsx";
import { PrintPreview } from "./print-preview.tsx";
import type { Touched } from "./report-form.ts";
import { problemsOf, sentFields, valuesOf } from "./report-form.ts";
import { TemplatePicker } from "./template-picker.tsx";
import { useWordDraft } from "./use-word-draft.ts";

/** Makes a report: a template, then the fields of its heading and signature, beside the first page as it will print. */
export function CreateReportPage(): ReactElement {
  const { t } = useTranslation("shell");
  const language = useLanguage();
  const [resource] = useState(() => new Resource(() => api.templates()));
  const { value: choices, error } = useResource(resource);
  return (
    <>
      <nav aria-label={t("way")} className={styles["way"]}>
        <Link to={{ page: "reports" }}>{t("reports.title")}</Link>
      </nav>
      <PageHeading>{t("create.title")}</PageHeading>
      {choices === null ? (
        error === null ? (
          <Skeleton lines={6} label={t("loading")} />
        ) : (
          <EmptyState
            title={t("failed.title")}
            actions={<Button onClick={() => void resource.refresh()}>{t("again")}</Button>}
          >
            {problemText(language, error)}
          </EmptyState>
        )
      ) : choices[0] === undefined ? (
        <EmptyState title={t("create.no-templates")}>{t("create.no-templates-text")}</EmptyState>
      ) : (
        <CreateForm choices={choices} first={choices[0]} />
      )}
    </>
  );
}

function CreateForm({
  choices,
  first,
}: {
  readonly choices: readonly TemplateChoice[];
  readonly first: TemplateChoice;
}): ReactElement {
  const { t } = useTranslation("shell");
  const language = useLanguage();
  const toast = useToast();
  const form = useRef<HTMLFormElement>(null);
  const [chosen, setChosen] = useState(first.template.id);
  const [touched, setTouched] = useState<Touched>({});
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set());
  const [reviewing, setReviewing] = useState(false);
  const [sent, setSent] = useState(false);
  const [busy, setBusy] = useState(false);
  const [today] = useState(() => new Date());

  const choice = choices.find((candidate) => candidate.template.id === chosen) ?? first;
  const specs = useMemo(() => fieldsOf(choice.template, choice.ruleSet), [choice]);
  const values = useMemo(() => valuesOf(specs, touched, today), [specs, touched, today]);
  const problems = useMemo(() => problemsOf(specs, values), [specs, values]);

  const word = useWordDraft(choice, values["year"] ?? "", ({ brought }) =>
    // What was typed, or read before, stays.
    setTouched((before) => ({ ...brought.fields, ...before })),
  );
  const takeFields = ({ fields }: Brought): void => setTouched((before) => ({ ...before, ...fields }));

  const create = async (): Promise<void> => {
    setSent(true);
    const [firstProblem] = problems.keys();
    if (firstProblem !== undefined) {
      form.current?.querySelector<HTMLElement>(`[name="${firstProblem}"]`)?.focus();
      return;
    }
    const { draft, laid } = word;
    if (draft && !laid) {
      toast({ title: t("word.notYet", { name: draft.name }), tone: "danger" });
      return;
    }
    // On another template some of it may have no place: nobody makes a report without having seen that.
    if (laid && !laid.seen && (laid.again.length > 0 || openPieces(laid).length > 0)) {
      setReviewing(true);
      return;
    }
    setBusy(true);
    try {
      const { id } = await api.createReport({
        template: choice.template.id,
        fields: sentFields(specs, values),
        ...(laid ? { slots: inputsOf(laid.brought.slots) } : {}),
      });
      navigate({ page: "report", report: id });
    } catch (error) {
      setBusy(false);
      toast({ title: problemText(language, error), tone: "danger" });
    }
  };
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (!busy) void create();
  };

  return (
    <form ref={form} className={styles["form"]} onSubmit={submit} noValidate>
      <section className={styles["section"]} aria-labelledby="choose-template">
        <h2 id="choose-template" className={styles["step"]}>
          {t("create.step-template")}
        </h2>
        <TemplatePicker choices={choices} chosen={chosen} onChoose={setChosen} />
      </section>
      <FromWord
        choice={choice}
        fields={values}
        word={word}
        reviewing={reviewing}
        onReview={setReviewing}
        onUse={takeFields}
      />
      <div className={styles["columns"]}>
        <section className={styles["section"]} aria-labelledby="fill-fields">
          <h2 id="fill-fields" className={styles["step"]}>
            {t("create.step-fields")}
          </h2>
          <p className={styles["note"]}>{t("create.required-note")}</p>
          <div className={styles["fields"]}>
            {specs.map((spec) => (
              <FieldInput
                key={spec.id}
                spec={spec}
                value={values[spec.id] ?? ""}
                problem={sent || left.has(spec.id) ? (problems.get(spec.id) ?? null) : null}
                onChange={(value) => setTouched((before) => ({ ...before, [spec.id]: value }))}
                onLeave={() => setLeft((before) => new Set(before).add(spec.id))}
              />
            ))}
          </div>
        </section>
        <section className={styles["preview"]} aria-labelledby="preview">
          <h2 id="preview" className={styles["step"]}>
            {t("create.step-preview")}
          </h2>
          <PrintPreview template={choice.template} ruleSet={choice.ruleSet} fields={values} />
          <p className={styles["note"]}>{t("create.preview-note", { rules: choice.ruleSet.name[language] })}</p>
        </section>
      </div>
      <div className={styles["bar"]}>
        <output className={styles["problems"]}>
          {sent && problems.size > 0 ? t("create.problems", { count: problems.size }) : ""}
        </output>
        <Button onClick={() => navigate({ page: "reports" })}>{t("cancel")}</Button>
        <Button variant="primary" type="submit" busy={busy}>
          {t("create.create")}
        </Button>
      </div>
    </form>
  );
}

function inputsOf(slots: Brought["slots"]): NonNullable<CreateReportRequest["slots"]> {
  return Object.fromEntries(Object.entries(slots).map(([slot, blocks]) => [slot, [...blocks]]));
}
