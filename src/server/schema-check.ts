import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { ErrorObject, ValidateFunction } from "ajv/dist/2020.js";
import { Ajv2020 } from "ajv/dist/2020.js";
import type { Manifest } from "#collab";
import type { ReportInput, RuleSet, Template, TitleWords } from "#model";
import { dataInvalid, notJson } from "./errors.ts";
import { schemaProblem } from "./schema-problem.ts";

/** The schemas by which data from outside is checked, and what each one's data is. */
export interface Checked {
  readonly template: Template;
  readonly "rule-set": RuleSet;
  readonly report: ReportInput;
  readonly manifest: Manifest;
  readonly "title-words": TitleWords;
}

export type SchemaName = keyof Checked;

const NAMES: readonly SchemaName[] = ["template", "rule-set", "report", "manifest", "title-words"];

/** Checks `value` by a schema and gives it back as what it then is; throws `data-invalid` otherwise. */
export type SchemaCheck = <S extends SchemaName>(schema: S, value: unknown, source: string) => Checked[S];

/** Reads the schemas of a folder. Each is compiled when something is checked by it for the first time. */
export async function schemaCheck(folder: string): Promise<SchemaCheck> {
  const ajv = new Ajv2020({
    strict: true,
    allowUnionTypes: true,
    strictRequired: false,
    allErrors: false,
    // The schemas are ours, and the tests hold them against their own: at each start that would cost more than the rest.
    validateSchema: false,
  });
  const keys = new Map<SchemaName, string>();
  for (const name of NAMES) {
    const file = join(folder, `${name}.schema.json`);
    const schema: { $id?: string } = await readSchema(file);
    const key = schema.$id ?? file;
    ajv.addSchema(schema, key);
    keys.set(name, key);
  }
  const validatorOf = (name: SchemaName): ValidateFunction => {
    // They refer to each other: all are there by now.
    const validate = ajv.getSchema(keys.get(name) ?? name);
    if (!validate || ("$async" in validate && validate.$async)) throw new Error(`no schema ${name}`);
    return validate as ValidateFunction;
  };
  return <S extends SchemaName>(name: S, value: unknown, source: string): Checked[S] => {
    const validate = validatorOf(name);
    if (validate(value)) return value as Checked[S];
    const error = validate.errors?.[0];
    if (!error) throw new Error(`the check of ${source} failed without saying why`);
    const { problem, values } = schemaProblem(error);
    throw dataInvalid(source, pointerOf(error), problem, values);
  };
}

async function readSchema(file: string): Promise<{ $id?: string }> {
  const text = await readFile(file, "utf8");
  try {
    return JSON.parse(text);
  } catch (error) {
    throw notJson(file, error instanceof Error ? error.message : String(error));
  }
}

/** The place itself: for a missing, surplus or misnamed key, the key and not the object around it. */
function pointerOf(error: ErrorObject): string {
  const key: unknown =
    error.keyword === "required"
      ? error.params["missingProperty"]
      : error.keyword === "additionalProperties"
        ? error.params["additionalProperty"]
        : error.propertyName;
  if (typeof key !== "string") return error.instancePath;
  return `${error.instancePath}/${key.replaceAll("~", "~0").replaceAll("/", "~1")}`;
}
