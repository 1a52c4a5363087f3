import { I32, increase, localGet, localSet, memory, moduleOf, repeat, simd } from './assembler.ts';
import { type Mode, type Operand, operations, scalar, type Term, vector } from './expression.ts';
import { collapse, type Loop } from './loop.ts';

const BYTES = 4;
/** Numbers that one vector holds. */
const LANES = 4;

/**
 * A WebAssembly module that computes `terms` at every place of a loop and stores the last of them. Its function
 * takes the addresses of the output and of the inputs. The innermost axis runs four numbers at a time where
 * the tensors lie that way.
 */
export function loopModule(loop: Loop, terms: readonly Term[], shared: boolean): Uint8Array {
  const { sizes, output, inputs } = collapse(loop);
  const walks = [output, ...inputs];
  const locals: number[] = [];
  const local = (kind: number) => walks.length + locals.push(kind) - 1;
  const counters = sizes.map(() => local(I32));
  const inner = sizes.length - 1;
  const steps = walks.map(({ strides }) => strides[inner]!);
  const isVector = steps[0] === 1 && steps.every((step) => step === 0 || step === 1);

  /** One place (or four), with the stores; `at` is the distance in bytes from where the pointers stand. */
  const place = (mode: Mode, variables: Variables, at: number): number[] => {
    const push = (operand: Operand) => () => {
      if ('number' in operand) return mode.number(operand.number);
      if ('term' in operand) return localGet(variables.terms[operand.term]!);
      return localGet(variables.inputs[operand.input]!);
    };
    const loads = inputs.flatMap((_, index) => {
      if (isVector && steps[index + 1] === 0) return [];
      const load = mode === vector ? simd(0x00) : [0x2a];
      return [...localGet(index + 1), ...load, ...memory(2, at), ...localSet(variables.inputs[index]!)];
    });
    const computed = terms
      .slice(0, -1)
      .flatMap(({ op, operands, attributes }, index) => [
        ...operations[op]!.code(mode, operands.map(push), attributes),
        ...localSet(variables.terms[index]!),
      ]);
    const last = terms.at(-1)!;
    return [
      ...loads,
      ...computed,
      ...localGet(0),
      ...operations[last.op]!.code(mode, last.operands.map(push), last.attributes),
      ...(mode === vector ? simd(0x0b) : [0x38]),
      ...memory(2, at),
    ];
  };

  const variablesOf = (mode: Mode): Variables => ({
    inputs: inputs.map(() => local(mode.kind)),
    terms: terms
      .slice(0, -1)
      .map(({ op }) => local(operations[op]!.condition ? mode.conditionKind : mode.kind)),
  });

  const advance = (by: readonly number[]) => by.flatMap((bytes, index) => increase(index, bytes));

  const innermost = (): number[] => {
    const size = sizes[inner]!;
    const scalars = variablesOf(scalar);
    if (!isVector) {
      const moved = advance(steps.map((step) => step * BYTES));
      return repeat(counters[inner]!, size, [...place(scalar, scalars, 0), ...moved]);
    }
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
      const moved = advance(steps.map((step) => step * LANES * BYTES));
      code.push(...repeat(counters[inner]!, count, [...place(vector, vectors, 0), ...moved]));
    }
    if (rest > 0) {
      for (const index of still) {
        code.push(...localGet(index + 1), 0x2a, ...memory(2, 0), ...localSet(scalars.inputs[index]!));
      }
      for (let at = 0; at < rest; at++) code.push(...place(scalar, scalars, at * BYTES));
      code.push(...advance(steps.map((step) => step * rest * BYTES)));
    }
    return code;
  };

  /** The pointers come back from the axis inside having walked all of it. */
  const nest = (axis: number): number[] => {
    if (axis === inner) return innermost();
    const moved = walks.map(
      ({ strides }) => (strides[axis]! - sizes[axis + 1]! * strides[axis + 1]!) * BYTES,
    );
    return repeat(counters[axis]!, sizes[axis]!, [...nest(axis + 1), ...advance(moved)]);
  };

  const start = advance(walks.map(({ offset }) => offset * BYTES));
  const body = [...start, ...nest(0)];
  return moduleOf(walks.length, locals, body, shared);
}

/** Locals: one for every input and for every term but the last. */
interface Variables {
  readonly inputs: readonly number[];
  readonly terms: readonly number[];
}
