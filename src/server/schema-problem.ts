import type { ErrorObject } from "ajv/dist/2020.js";

/** What is wrong with a value: the key of a `problem.` text and what fills it, or words as they are. */
export interface SchemaProblem {
  readonly problem: string;
  readonly values: Readonly<Record<string, string | number>>;
}

/** The keywords of JSON Schema that have a text of their own, those whose text depends on the value left out. */
const TEXT: Readonly<Record<string, string>> = {
  required: "problem.required",
  dependentRequired: "problem.dependent",
  additionalProperties: "problem.unknown",
  enum: "problem.enum",
  const: "problem.const",
  pattern: "problem.pattern",
  maxLength: "problem.text-long",
  minimum: "problem.number-small",
  maximum: "problem.number-large",
  minItems: "problem.list-short",
  maxItems: "problem.list-long",
  maxProperties: "problem.list-long",
  uniqueItems: "problem.list-twice",
};

const TYPE: Readonly<Record<string, string>> = {
  string: "problem.type-string",
  integer: "problem.type-integer",
  number: "problem.type-number",
  boolean: "problem.type-boolean",
  array: "problem.type-array",
  object: "problem.type-object",
};

/** Tells what a validator found, so that it can be said in any language; what has no text, in the validator's words. */
export function schemaProblem(error: ErrorObject): SchemaProblem {
  return { problem: problemOf(error), values: valuesOf(error) };
}

function problemOf({ keyword, params, message }: ErrorObject): string {
  if (keyword === "type") return TYPE[String(params["type"])] ?? message ?? keyword;
  if (keyword === "minLength") return params["limit"] === 1 ? "problem.text-empty" : "problem.text-short";
  return TEXT[keyword] ?? message ?? keyword;
}

function valuesOf({ params }: ErrorObject): Readonly<Record<string, string | number>> {
  const values: Record<string, string | number> = {};
  const allowed: unknown = params["allowedValues"] ?? params["allowedValue"];
  if (allowed !== undefined) values["allowed"] = [allowed].flat().map(wordOf).join(", ");
  const { limit, pattern, property, missingProperty: missing } = params;
  if (typeof limit === "number") values["limit"] = limit;
  for (const [name, value] of Object.entries({ pattern, property, missing })) {
    if (typeof value === "string") values[name] = value;
  }
  return values;
}

/** Words stand as they are, anything else as JSON writes it. */
function wordOf(value: unknown): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}
