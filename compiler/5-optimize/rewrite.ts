import { Builder, type Value } from '../tensor/builder.ts';
import type { Node, Program } from '../tensor/program.ts';
import { primitiveNamed } from '../tensor/registry.ts';

/**
 * What stands for a node in the new program: a value already there, or one that the rule builds; null keeps
 * the node as it is. `inputs` are those of the node, already rewritten.
 */
export type Rule = (node: Node, inputs: readonly Value[], builder: Builder) => Value | null;

/** Rebuilds a program node by node. What a rule builds carries the origin of the node it replaces. */
export function rewrite(program: Program, rule: Rule): Program {
  const builder = new Builder(program.name);
  builder.inputs.push(...program.inputs);
  const values: Value[] = [];
  let changed = false;
  program.nodes.forEach((node, id) => {
    builder.origin = node.origin;
    const inputs = node.inputs.map((input) => values[input]!);
    const replacement = rule(node, inputs, builder);
    values.push(replacement ?? builder.append(withInputs(node, inputs)));
    changed ||= replacement !== null || values[id]!.id !== id;
  });
  if (!changed) return program;
  for (const { name, value } of program.outputs) builder.output(name, values[value]!);
  for (const { path, value } of program.updates) builder.assign(path, values[value]!);
  return builder.finish();
}

/** Rules make work for one another; each leads nearer to what needs none. */
const MAX_ROUNDS = 8;

/** Applies rules by op, again and again until none of them has anything left to do. */
export function settle(program: Program, rules: Readonly<Record<string, Rule>>): Program {
  let current = program;
  for (let round = 0; round < MAX_ROUNDS; round++) {
    const next = rewrite(current, (node, inputs, builder) => rules[node.op]?.(node, inputs, builder) ?? null);
    if (next === current) break;
    current = next;
  }
  return current;
}

/** The rule for a composite that an engine lacks. */
export const decompose: Rule = ({ op, attributes }, inputs) =>
  primitiveNamed(op).decompose!(inputs, attributes);

/** The node over other inputs; itself where they are the same, so that unchanged programs cost no memory. */
function withInputs(node: Node, inputs: readonly Value[]): Node {
  if (inputs.every((input, index) => input.id === node.inputs[index])) return node;
  return { ...node, inputs: inputs.map((input) => input.id) };
}
