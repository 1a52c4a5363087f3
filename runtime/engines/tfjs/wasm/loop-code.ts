import { I32, increase, localGet, localSet, memory, moduleOf, repeat, simd } from './assembler.ts';
import { byte, type Mode, type Operand, operations, scalar, type Term, vector } from './expression.ts';
import { collapse, type Loop } from './loop.ts';

/** Numbers that one vector holds. */
const LANES = 4;

/**
 * A WebAssembly module that computes `terms` at every place of a loop and stores the last of them, or adds it
 * to what is there. Its function takes the addresses of the output and of the inputs. The innermost axis runs
 * four numbers at a time where the tensors lie that way.
 */
export function loopModule(
  loop: Loop,
  terms: readonly Term[],
  accumulates: boolean,
  shared: boolean,
): Uint8Array {
  const { sizes, output, inputs, ofBytes } = collapse(loop);
  const single = ofBytes ? byte : scalar;
  const { bytes } = single;
  const walks = [output, ...inputs];
  const locals: number[] = [];
  const local = (kind: number) => walks.length + locals.push(kind) - 1;
  const counters = sizes.map(() => local(I32));
  const inner = sizes.length - 1;
  const steps = walks.map(({ strides }) => strides[inner]!);
  /** All places of the innermost axis are added up to one number. */
  const isSum = accumulates && steps[0] === 0;
  const isVector = !ofBytes && (steps[0] === 1 || isSum) && steps.every((step) => step === 0 || step === 1);

  /** One place (or four), with the stores; `at` is the distance in bytes from where the pointers stand. */
  const place = (mode: Mode, variables: Variables, at: number): number[] => {
    const push = (operand: Operand) => () => {
      if ('number' in operand) return mode.number(operand.number);
      if ('term' in operand) return localGet(variables.terms[operand.term]!);
      return localGet(variables.inputs[operand.input]!);
    };
    const loads = inputs.flatMap((_, index) => {
      if (isVector && steps[index + 1] === 0) return [];
      const number = [...localGet(index + 1), ...mode.load, ...memory(0, at)];
      return [...number, ...localSet(variables.inputs[index]!)];
    });
    const computed = terms
      .slice(0, -1)
      .flatMap(({ op, operands, attributes }, index) => [
        ...operations[op]!.code(mode, operands.map(push), attributes),
        ...localSet(variables.terms[index]!),
      ]);
    const last = terms.at(-1)!;
    const value = operations[last.op]!.code(mode, last.operands.map(push), last.attributes);
    const store = [...mode.store, ...memory(0, at)];
    if (!accumulates) return [...loads, ...computed, ...localGet(0), ...value, ...store];
    if (isSum) {
      const total = variables.total;
      return [...loads, ...computed, ...localGet(total), ...value, ...mode.add, ...localSet(total)];
    }
    const before = [...localGet(0), ...mode.load, ...memory(0, at)];
    return [...[...loads, ...computed, ...localGet(0), ...before], ...[...value, ...mode.add, ...store]];
  };

  const variablesOf = (mode: Mode): Variables => ({
    inputs: inputs.map(() => local(mode.kind)),
    terms: terms
      .slice(0, -1)
      .map(({ op }) => local(operations[op]!.condition ? mode.conditionKind : mode.kind)),
    total: isSum ? local(mode.kind) : 0,
  });

  const advance = (by: readonly number[]) => by.flatMap((bytes, index) => increase(index, bytes));

  const innermost = (): number[] => {
    const size = sizes[inner]!;
    const scalars = variablesOf(single);
    const code: number[] = isSum ? [...scalar.number(0), ...localSet(scalars.total)] : [];
    if (isVector) code.push(...byVectors(size, scalars));
    else {
      const moved = advance(steps.map((step) => step * bytes));
      code.push(...repeat(counters[inner]!, size, [...place(single, scalars, 0), ...moved]));
    }
    if (isSum) code.push(...addTo(0, localGet(scalars.total)));
    return code;
  };

  const byVectors = (size: number, scalars: Variables): number[] => {
    const [count, rest] = [Math.floor(size / LANES), size % LANES];
    const still = inputs.flatMap((_, index) => (steps[index + 1] === 0 ? [index] : []));
    const code: number[] = [];
    if (count > 0) {
      const vectors = variablesOf(vector);
      for (const index of still) {
        code.push(
          ...localGet(index + 1),
          ...simd(0x09),
          ...memory(2, 0),
          ...localSet(vectors.inputs[index]!),
        );
      }
      if (isSum) code.push(...vector.number(0), ...localSet(vectors.total));
      const moved = advance(steps.map((step) => step * LANES * bytes));
      code.push(...repeat(counters[inner]!, count, [...place(vector, vectors, 0), ...moved]));
      for (let lane = 0; isSum && lane < LANES; lane++) {
        const part = [...localGet(vectors.total), ...simd(0x1f), lane];
        code.push(...localGet(scalars.total), ...part, ...scalar.add, ...localSet(scalars.total));
      }
    }
    if (rest > 0) {
      for (const index of still) {
        code.push(...localGet(index + 1), 0x2a, ...memory(2, 0), ...localSet(scalars.inputs[index]!));
      }
      for (let at = 0; at < rest; at++) code.push(...place(scalar, scalars, at * bytes));
      code.push(...advance(steps.map((step) => step * rest * bytes)));
    }
    return code;
  };

  /** Adds a number to the one that a pointer points at. */
  const addTo = (pointer: number, value: readonly number[]): number[] => [
    ...[...localGet(pointer), ...localGet(pointer), 0x2a, ...memory(2, 0)],
    ...[...value, ...scalar.add, 0x38, ...memory(2, 0)],
  ];

  /** The pointers come back from the axis inside having walked all of it. */
  const nest = (axis: number): number[] => {
    if (axis === inner) return innermost();
    const moved = walks.map(
      ({ strides }) => (strides[axis]! - sizes[axis + 1]! * strides[axis + 1]!) * bytes,
    );
    return repeat(counters[axis]!, sizes[axis]!, [...nest(axis + 1), ...advance(moved)]);
  };

  const start = advance(walks.map(({ offset }) => offset * bytes));
  const body = [...start, ...nest(0)];
  return moduleOf(walks.length, locals, body, shared);
}

/** Locals: one for every input and for every term but the last. */
interface Variables {
  readonly inputs: readonly number[];
  readonly terms: readonly number[];
  /** What has been added up along the innermost axis. */
  readonly total: number;
}
