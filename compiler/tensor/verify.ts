import { type Primitive, ProgramError, type Signature } from './primitive.ts';
import type { Node, Program, ProgramSet } from './program.ts';
import { primitivesByName } from './registry.ts';
import { sameShape, showShape } from './shapes.ts';

/**
 * The law of a tensor program. Every pass must leave a program that keeps it:
 * - every node names a known primitive and uses only nodes that stand before it;
 * - its shape and kind are what the primitive infers from those of its inputs;
 * - sizes are whole numbers from 1 up;
 * - every `input` node is declared among the program's inputs, with the same shape and kind;
 * - outputs have names of their own and refer to nodes; updates have paths of their own, refer to nodes, and
 *   agree with what the program reads under that path.
 *
 * `extra` are primitives that only one engine knows, put in by its own passes.
 * @throws ProgramError that names the program and the node.
 */
export function verify(program: Program, extra: readonly Primitive[] = []): void {
  const primitives = withExtra(extra);
  const inputs = new Map(program.inputs.map((input) => [input.name, input]));
  if (inputs.size !== program.inputs.length) fail(program, 'two inputs have the same name');
  const states = new Map<string, Signature>();
  program.nodes.forEach((node, id) => {
    verifyNode(program, node, id, primitives);
    if (node.op === 'input') {
      const declared = inputs.get(node.attributes.name as string);
      if (!declared) failAt(program, node, id, 'no such input is declared');
      else if (!agree(declared, node)) failAt(program, node, id, `declared as ${show(declared)}`);
    }
    if (node.op === 'state') {
      const path = node.attributes.path as string;
      const known = states.get(path) ?? node;
      if (!agree(known, node)) failAt(program, node, id, `read as ${show(known)} before`);
      states.set(path, node);
    }
  });
  verifyResults(
    program,
    'output',
    program.outputs.map(({ name, value }) => ({ name, value })),
  );
  verifyResults(
    program,
    'update',
    program.updates.map(({ path, value }) => ({ name: path, value })),
  );
  for (const { path, value } of program.updates) {
    const read = states.get(path);
    const node = program.nodes[value]!;
    if (read && !agree(read, node)) {
      fail(program, `update of ${path} writes ${show(node)} over ${show(read)}`);
    }
  }
}

/** Verifies all programs of a set, and that they agree with its list of state variables. */
export function verifySet(set: ProgramSet, extra: readonly Primitive[] = []): void {
  const variables = new Map(set.state.map((variable) => [variable.path, variable]));
  for (const program of Object.values(set.programs)) {
    verify(program, extra);
    const uses = [
      ...program.nodes.flatMap((node) =>
        node.op === 'state' ? [{ path: node.attributes.path as string, node }] : [],
      ),
      ...program.updates.map(({ path, value }) => ({ path, node: program.nodes[value]! })),
    ];
    for (const { path, node } of uses) {
      const variable = variables.get(path);
      if (!variable) fail(program, `no state variable is named ${path}`);
      else if (!agree(variable, node)) {
        fail(program, `state ${path} is ${show(variable)} and used as ${show(node)}`);
      }
    }
  }
}

function verifyNode(program: Program, node: Node, id: number, primitives: ReadonlyMap<string, Primitive>) {
  const primitive = primitives.get(node.op);
  if (!primitive) return failAt(program, node, id, 'no such primitive');
  for (const input of node.inputs) {
    if (!Number.isInteger(input) || input < 0 || input >= id) {
      failAt(program, node, id, `uses node ${input}, which does not stand before it`);
    }
  }
  if (!node.shape.every((size) => Number.isInteger(size) && size >= 1)) {
    failAt(program, node, id, 'a size is not a whole number from 1 up');
  }
  let inferred: Signature;
  try {
    inferred = primitive.infer(
      node.inputs.map((input) => program.nodes[input]!),
      node.attributes,
    );
  } catch (error) {
    if (!(error instanceof ProgramError)) throw error;
    return failAt(program, node, id, error.message);
  }
  if (!agree(inferred, node)) failAt(program, node, id, `should be ${show(inferred)}`);
}

function verifyResults(program: Program, kind: string, results: readonly { name: string; value: number }[]) {
  const names = new Set<string>();
  for (const { name, value } of results) {
    if (names.has(name)) fail(program, `two ${kind}s are named ${name}`);
    names.add(name);
    if (!program.nodes[value]) fail(program, `${kind} ${name} refers to node ${value}, which is not there`);
  }
}

function withExtra(extra: readonly Primitive[]): ReadonlyMap<string, Primitive> {
  if (extra.length === 0) return primitivesByName();
  return new Map([...primitivesByName(), ...extra.map((primitive) => [primitive.name, primitive] as const)]);
}

function agree(a: Signature, b: Signature): boolean {
  return a.dtype === b.dtype && sameShape(a.shape, b.shape);
}

function show({ dtype, shape }: Signature): string {
  return `${dtype} ${showShape(shape)}`;
}

function failAt(program: Program, node: Node, id: number, reason: string): never {
  const place = node.origin ? ` in ${node.origin}` : '';
  return fail(program, `node ${id}, ${node.op}${place}, ${show(node)}: ${reason}`);
}

function fail(program: Program, reason: string): never {
  throw new ProgramError(`program ${program.name}: ${reason}`);
}
