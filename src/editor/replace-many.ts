import { Fragment } from "prosemirror-model";
import type { Node, Schema } from "prosemirror-model";
import { Step, StepMap, StepResult } from "prosemirror-transform";
import type { Mappable } from "prosemirror-transform";

/** A stretch of a block's text, and what comes in its place. */
export interface TextReplacement {
  readonly from: number;
  readonly to: number;
  readonly content: Fragment;
}

/**
 * Replaces many stretches of text at once, in a time that grows with the document and their number and not with the
 * product of both, as it would with a step for each. The stretches are in order and apart, each within one block.
 */
export class ReplaceManyStep extends Step {
  readonly replacements: readonly TextReplacement[];

  constructor(replacements: readonly TextReplacement[]) {
    super();
    this.replacements = replacements;
  }

  override apply(doc: Node): StepResult {
    const open = this.replacements.values();
    const next = (): TextReplacement | null => open.next().value ?? null;
    const rest = { first: next(), next };
    const result = rewritten(doc, 0, rest);
    return rest.first === null ? StepResult.ok(result) : StepResult.fail("a stretch that is not within one block");
  }

  override getMap(): StepMap {
    return new StepMap(this.replacements.flatMap(({ from, to, content }) => [from, to - from, content.size]));
  }

  override invert(doc: Node): Step {
    let shift = 0;
    return new ReplaceManyStep(
      this.replacements.map(({ from, to, content }) => {
        const begin = from + shift;
        shift += content.size - (to - from);
        return { from: begin, to: begin + content.size, content: doc.slice(from, to).content };
      }),
    );
  }

  override map(mapping: Mappable): Step | null {
    const left = this.replacements.flatMap(({ from, to, content }) => {
      const [begin, end] = [mapping.mapResult(from, 1), mapping.mapResult(to, -1)];
      const gone = begin.deletedAcross && end.deletedAcross;
      return gone ? [] : [{ from: begin.pos, to: Math.max(begin.pos, end.pos), content }];
    });
    return left.length > 0 ? new ReplaceManyStep(left) : null;
  }

  override toJSON(): unknown {
    const replacements = this.replacements.map(({ from, to, content }) => ({ from, to, content: content.toJSON() }));
    return { stepType: "replaceMany", replacements };
  }

  static override fromJSON(schema: Schema, json: { readonly replacements: readonly SpelledReplacement[] }): Step {
    return new ReplaceManyStep(
      json.replacements.map(({ from, to, content }) => ({ from, to, content: Fragment.fromJSON(schema, content) })),
    );
  }
}

/** A {@link TextReplacement} as JSON. */
interface SpelledReplacement {
  readonly from: number;
  readonly to: number;
  readonly content: unknown;
}

Step.jsonID("replaceMany", ReplaceManyStep);

/** The stretches that are still to be replaced, the first of them looked at. */
interface Rest {
  first: TextReplacement | null;
  readonly next: () => TextReplacement | null;
}

/** A node whose content begins at a position, with the stretches within it replaced; they are taken from the rest. */
function rewritten(node: Node, start: number, rest: Rest): Node {
  const end = start + node.content.size;
  if (!rest.first || rest.first.to > end) return node;
  return node.copy(node.isTextblock ? textOf(node, start, rest) : childrenOf(node, start, rest));
}

function childrenOf(node: Node, start: number, rest: Rest): Fragment {
  const children: Node[] = [];
  let at = start;
  for (const child of node.children) {
    children.push(child.isText || !holds(child, at, rest) ? child : rewritten(child, at + 1, rest));
    at += child.nodeSize;
  }
  return Fragment.fromArray(children);
}

function holds(child: Node, at: number, { first }: Rest): boolean {
  return first !== null && first.from > at && first.to < at + child.nodeSize;
}

function textOf(node: Node, start: number, rest: Rest): Fragment {
  const parts: Node[] = [];
  let at = 0;
  const keepUpTo = (offset: number): void => {
    if (offset > at) parts.push(...node.content.cut(at, offset).content);
  };
  for (let one = rest.first; one && one.to <= start + node.content.size; one = rest.first = rest.next()) {
    keepUpTo(one.from - start);
    parts.push(...one.content.content);
    at = one.to - start;
  }
  keepUpTo(node.content.size);
  return Fragment.fromArray(parts);
}
