import { expect, it } from "vitest";
import type { Role } from "#model";
import { documentRight, may } from "#protocol";

const ROLES: readonly Role[] = ["chair", "drafter", "delegate", "reader"];

function rights(of: (role: Role) => unknown): Record<string, unknown> {
  return Object.fromEntries(ROLES.map((role) => [role, of(role)]));
}

it("gives each role its right to each document, and none to another's", () => {
  const report = "r";
  const right = (name: Parameters<typeof documentRight>[2]) => rights((role) => documentRight(role, "me", name));
  const committee = { chair: "write", drafter: "write", delegate: null, reader: null };
  expect(right({ kind: "body", report })).toEqual({ ...committee, reader: "read" });
  expect(right({ kind: "decisions", report })).toEqual(committee);
  expect(right({ kind: "notes", report, person: "me" })).toEqual({ ...committee, delegate: "write" });
  expect(right({ kind: "notes", report, person: "you" })).toEqual(rights(() => null));
  expect(right({ kind: "board", report })).toEqual({ chair: "read", drafter: "read", delegate: null, reader: null });
  expect(right({ kind: "board", report, person: "me" })).toEqual(rights(() => "read"));
  expect(right({ kind: "board", report, person: "you" })).toEqual(rights(() => null));
});

it("leaves rounds, links, merging and deleting to the chair, versions to the committee", () => {
  for (const action of ["open-round", "close-round", "invite", "merge-archive", "delete-report"] as const) {
    expect(ROLES.filter((role) => may(role, action))).toEqual(["chair"]);
  }
  expect(ROLES.filter((role) => may(role, "export-final"))).toEqual(["chair", "drafter", "reader"]);
  for (const action of ["make-version", "rename-version", "export-draft"] as const) {
    expect(ROLES.filter((role) => may(role, action))).toEqual(["chair", "drafter"]);
  }
});
