import { afterEach, expect, it, vi } from "vitest";
import { api } from "../../src/client/app/api.ts";
import type { SyncState } from "../../src/client/live/sync-state.ts";
import { saveVersion } from "../../src/client/workspace/compare/saved-version.ts";

const VERSION = { id: "v", name: "Bản một", createdAt: "2021-11-01T08:00:00.000Z", createdBy: "chair" };

/** A live report whose state the test decides. */
function sending(kind: SyncState["kind"], unsaved: number) {
  let state: SyncState = { kind, unsaved, kept: unsaved, reason: null, device: "good" };
  const listeners = new Set<() => void>();
  return {
    report: "r",
    getSyncState: () => state,
    subscribe: (listener: () => void) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    becomes: (next: SyncState["kind"], left: number) => {
      state = { ...state, kind: next, unsaved: left };
      for (const listener of listeners) listener();
    },
    listeners,
  };
}

afterEach(() => {
  vi.restoreAllMocks();
  vi.useRealTimers();
});

it("asks for a version only when the server has every word", async () => {
  const make = vi.spyOn(api, "makeVersion").mockResolvedValue(VERSION);
  const live = sending("saving", 2);
  const made = saveVersion(live, "Bản một");
  live.becomes("saving", 1);
  expect(make).not.toHaveBeenCalled();
  live.becomes("saved", 0);
  expect(await made).toEqual(VERSION);
  expect(make).toHaveBeenCalledWith("r", { name: "Bản một" });
  expect(live.listeners.size).toBe(0);
});

it("makes none of a text that the server does not have", async () => {
  const make = vi.spyOn(api, "makeVersion").mockResolvedValue(VERSION);
  for (const kind of ["offline", "refused", "signed-out", "gone"] as const) {
    await expect(saveVersion(sending(kind, 1), "Bản")).rejects.toMatchObject({ code: "version-unsaved" });
  }
  vi.useFakeTimers();
  const waiting = expect(saveVersion(sending("saving", 1), "Bản")).rejects.toMatchObject({ code: "version-unsaved" });
  await vi.advanceTimersByTimeAsync(10_000);
  await waiting;
  expect(make).not.toHaveBeenCalled();
});
