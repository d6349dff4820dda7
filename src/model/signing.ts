import type { Finding } from "./completeness.ts";
import type { Report } from "./report.ts";
import type { SigningPowers } from "./rule-set.ts";
import { comparedWords } from "./similarity.ts";

/** Every way a power to sign is written in one family or another, with what it says. */
const SHORT_FORMS: readonly (readonly [form: RegExp, says: "collective" | "deputy" | "order"])[] = [
  [/^T ?\/? ?M\.?(?=\s|$)/iu, "collective"],
  [/^K ?\/? ?T\.?(?=\s|$)/iu, "deputy"],
  [/^T ?\/? ?L\.?(?=\s|$)/iu, "order"],
];

/**
 * What is wrong with the power to sign: a short form that another family writes, a deputy who signs in place of a
 * collective, which always signs for itself. Nothing where the rule set says nothing of powers.
 */
export function signingFindings({ ruleSet, fields }: Report): Finding[] {
  const { powers } = ruleSet.closing.signature;
  if (!powers) return [];
  const lines = (fields["signingPower"] ?? "").split(/\r?\n/);
  return lines.flatMap((line) => powerFindings(line.trim(), powers));
}

function powerFindings(line: string, powers: SigningPowers): Finding[] {
  const found = { severity: "warning", field: "signingPower" } as const;
  return SHORT_FORMS.flatMap(([form, says]): Finding[] => {
    const written = form.exec(line)?.[0];
    if (written === undefined) return [];
    const body = line.slice(written.length).trim();
    const words = `${comparedWords(body).join(" ")} `;
    const collective = powers.withoutDeputy.some((name) => words.startsWith(`${comparedWords(name).join(" ")} `));
    const { deputy } = powers;
    return [
      ...(written === powers[says]
        ? []
        : [{ ...found, code: "signing-form", values: { written, expected: powers[says] } }]),
      ...(says === "deputy" && collective
        ? [{ ...found, code: "signing-deputy", values: { body, deputy, collective: powers.collective } }]
        : []),
    ];
  });
}
