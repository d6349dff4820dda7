import type { BoardRecord, Notes } from "#comments";
import type { Comment, Reply, Round } from "#model";
import { isReceived } from "./late-comments.ts";
import type { Highlight } from "./reading.ts";

/** One of one's own comments with what has come back to it. */
export interface OwnComment {
  readonly comment: Comment;
  /** One's own replies, those not yet sent included. */
  readonly replies: readonly Reply[];
  /** What the server knows of it; null while it has not been received. */
  readonly record: BoardRecord | null;
  /** True where the server has exactly these words. */
  readonly received: boolean;
  /** True where its words stand in the draft that is shown. */
  readonly placed: boolean;
  /** True while its round takes it: only then can it be edited, withdrawn and replied to. */
  readonly editable: boolean;
  /** Title of the slot it is about; empty for the report. */
  readonly slotTitle: string;
}

/** One's own comments in the order of the notes: what stands on this device, what the board says, what the draft shows. */
export function ownComments(input: {
  readonly notes: Notes;
  readonly board: readonly BoardRecord[];
  /** Where comments stand in the draft that is shown. */
  readonly highlights: readonly Pick<Highlight, "comment">[];
  /** The round that is shown, open or closed. */
  readonly round: Round;
  /** What it takes now of this person: all, only what is marked as late, or nothing. */
  readonly taking: "all" | "late" | "nothing";
  readonly titleOf: (slot: string) => string;
}): OwnComment[] {
  const { notes, board, highlights, round, taking } = input;
  return notes.comments.map((comment) => {
    const record = board.find((one) => one.comment.id === comment.id) ?? null;
    return {
      comment,
      record,
      replies: notes.replies.filter((reply) => reply.comment === comment.id),
      received: isReceived(comment, record),
      placed: highlights.some((one) => one.comment === comment.id),
      editable: comment.round === round.number && (taking === "all" || (taking === "late" && comment.late === true)),
      slotTitle: comment.target.scope === "report" ? "" : input.titleOf(comment.target.slot),
    };
  });
}
