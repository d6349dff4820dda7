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

/** Reads and compiles the schemas of a folder. */
export async function schemaCheck(folder: string): Promise<SchemaCheck> {
  const ajv = new Ajv2020({ strict: true, allowUnionTypes: true, strictRequired: false, allErrors: false });
  const schemas: { name: SchemaName; key: string }[] = [];
  for (const name of NAMES) {
    const file = join(folder, `${name}.schema.json`);
    const schema: { $id?: string } = await readSchema(file);
    const key = schema.$id ?? file;
    ajv.addSchema(schema, key);
    schemas.push({ name, key });
  }
  // They refer to each other, so all are there before one is compiled.
  const compiled = new Map<SchemaName, ValidateFunction>();
  for (const { name, key } of schemas) {
    const validate = ajv.getSchema(key);
    if (validate && !("$async" in validate && validate.$async)) compiled.set(name, validate as ValidateFunction);
  }
  return <S extends SchemaName>(name: S, value: unknown, source: string): Checked[S] => {
    const validate = compiled.get(name);
    if (!validate) throw new Error(`no schema ${name}`);
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
