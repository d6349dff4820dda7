import * as Y from "yjs";
import type { BlockPlace } from "#model";
import { BLOCK_KEY, LEAD, slotText, tableOfRoot } from "./layout.ts";
import type { Run } from "./run.ts";
import { joinedRuns, overlapOf } from "./run.ts";
import { deriveIds, readMarker } from "./slot.ts";
import type { Marker } from "./slot.ts";

/** What an edit, or many, put in and took out, by the ids of the characters. */
export interface EditedRuns {
  readonly inserted: readonly Run[];
  readonly deleted: readonly Run[];
}

/** What an update puts in and takes out. Throws where it is no update. */
export function editedBy(update: Uint8Array): EditedRuns {
  const { structs, ds } = Y.decodeUpdate(update);
  const inserted = structs
    .filter((struct) => !(struct instanceof Y.Skip))
    .map(({ id, length }) => ({ client: id.client, clock: id.clock, length }));
  const deleted = [...ds.clients].flatMap(([client, ranges]) =>
    ranges.map(({ clock, len }) => ({ client, clock, length: len })),
  );
  return { inserted: joinedRuns(inserted), deleted: joinedRuns(deleted) };
}

/**
 * What was put into some blocks of a body, as it is `now`, that was not there `before`, and what of some blocks as they
 * stood before is there no more. The cells of a table count to the block that holds it.
 */
export function editedBetween(
  before: Y.Doc,
  now: Y.Doc,
  blocks: { readonly before: readonly BlockPlace[]; readonly now: readonly BlockPlace[] },
): EditedRuns {
  const inserted = blocks.now
    .flatMap((block) => runsOfBlock(now, block))
    .flatMap(({ client, clock, length }): Run[] => {
      const known = Y.getState(before.store, client);
      const begin = Math.max(clock, known);
      return begin < clock + length ? [{ client, clock: begin, length: clock + length - begin }] : [];
    });
  const gone = Y.createDeleteSetFromStructStore(now.store);
  const deleted = blocks.before
    .flatMap((block) => runsOfBlock(before, block))
    .flatMap((run) => overlapOf([run], runsOf(gone, run.client)));
  return { inserted: joinedRuns(inserted), deleted: joinedRuns(deleted) };
}

function runsOf(deleted: ReturnType<typeof Y.createDeleteSetFromStructStore>, client: number): Run[] {
  return (deleted.clients.get(client) ?? []).map(({ clock, len }) => ({ client, clock, length: len }));
}

/** The living characters of a block, its marker and the cells of its table among them. */
function runsOfBlock(doc: Y.Doc, { slot, block }: BlockPlace): Run[] {
  const lead: Run[] = [];
  const blocks: { marker: Marker; runs: Run[] }[] = [];
  let mark: unknown;
  for (let item = slotText(doc, slot)._start; item !== null; item = item.right) {
    if (item.deleted) continue;
    const { content, id } = item;
    if (content instanceof Y.ContentFormat && content.key === BLOCK_KEY) mark = content.value;
    if (!(content instanceof Y.ContentString)) continue;
    let { clock } = id;
    for (const part of content.str.split(/(?=\n)/)) {
      if (part.startsWith("\n")) blocks.push({ marker: readMarker({ [BLOCK_KEY]: mark }), runs: [] });
      (blocks.at(-1)?.runs ?? lead).push({ client: id.client, clock, length: part.length });
      clock += part.length;
    }
  }
  if (block === LEAD) return lead;
  const at = deriveIds(blocks.map(({ marker }) => marker.id)).indexOf(block);
  const found = blocks[at];
  if (!found) return [];
  const { table } = found.marker;
  return table === "" ? found.runs : [...found.runs, ...runsOfTable(doc, table)];
}

function runsOfTable(doc: Y.Doc, table: string): Run[] {
  const runs: Run[] = [];
  for (const root of doc.share.keys()) {
    if (tableOfRoot(root)?.table !== table) continue;
    for (let item = doc.getText(root)._start; item !== null; item = item.right) {
      if (!item.deleted && item.countable)
        runs.push({ client: item.id.client, clock: item.id.clock, length: item.length });
    }
  }
  return runs;
}
