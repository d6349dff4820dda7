import { useEffect, useMemo } from "react";
import type { OtherComment } from "#comments";
import type { ReportInfo } from "#protocol";
import { api } from "../app/api.ts";
import { Resource, useResource } from "../app/resource.ts";
import type { LiveReport } from "../live/live-report.ts";
import { useStateOf } from "../live/use-live.ts";

/** A hall full of phones does not ask in the same moment, in milliseconds. */
const SPREAD = 1500;

const NONE: readonly OtherComment[] = [];

/**
 * Other delegates' comments as far as this one may see them. They follow the server while there is a connection, and
 * stay as they were last without one. Once the report shows none, the device keeps none.
 */
export function useOthers(info: ReportInfo, live: LiveReport): readonly OtherComment[] {
  const { id } = info;
  const audience = info.audience ?? "own";
  // What was fetched under another setting is not shown for a moment.
  const resource = useMemo(
    () =>
      new Resource<readonly OtherComment[]>(async () => {
        if (audience !== "own") return api.others(id);
        await api.forgetOthers(id);
        return NONE;
      }),
    [id, audience],
  );
  const { refresh } = resource;
  const offline = useStateOf(live, ({ kind }) => kind === "offline");
  useEffect(() => {
    // Back in reach: who has commented meanwhile?
    if (!offline) void refresh();
  }, [offline, refresh]);
  useEffect(() => followOthers(live, () => void refresh()), [live, refresh]);
  return useResource(resource).value ?? NONE;
}

/** Calls back a moment after others' comments have changed, once for all that changed meanwhile. */
function followOthers(live: LiveReport, changed: () => void): () => void {
  let timer: ReturnType<typeof setTimeout> | null = null;
  const leave = live.onOthersChanged(() => {
    timer ??= setTimeout(() => {
      timer = null;
      changed();
    }, Math.random() * SPREAD);
  });
  return () => {
    if (timer !== null) clearTimeout(timer);
    leave();
  };
}
