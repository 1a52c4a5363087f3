import type { Value } from '../tensor/builder.ts';
import type { Node, Program } from '../tensor/program.ts';
import { rewrite } from './rewrite.ts';

/**
 * Computes once what stands in a program more than once: the same primitive with the same attributes on the
 * same inputs. Reads of one state variable are the same, since updates are written after the last node; random
 * numbers are the same only where key, place and shape are.
 */
export function share(program: Program): Program {
  const known = new Map<string, Value>();
  return rewrite(program, (node, inputs, builder) => {
    const key = `${node.op} ${inputs.map((input) => input.id).join()} ${attributesKey(node)}`;
    const same = known.get(key);
    if (same) return same;
    const id = builder.nodes.length;
    known.set(key, { builder, id, shape: node.shape, dtype: node.dtype });
    return null;
  });
}

/** Attributes are immutable and passed on from pass to pass, so their text is made once. */
const keys = new WeakMap<object, string>();

function attributesKey({ attributes }: Node): string {
  let key = keys.get(attributes);
  if (key === undefined) {
    const sorted = Object.entries(attributes).sort(([a], [b]) => (a < b ? -1 : 1));
    key = JSON.stringify(sorted);
    keys.set(attributes, key);
  }
  return key;
}
