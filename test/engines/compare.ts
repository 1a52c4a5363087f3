import { afterAll, beforeAll } from 'vitest';
import type { Primitive } from '../../compiler/tensor/primitive.ts';
import type { DType, Program, StateVariable } from '../../compiler/tensor/program.ts';
import type { Session, TensorData } from '../../runtime/engines/engine.ts';
import { openEngine } from '../../runtime/engines/index.ts';
import { interpret } from '../reference/interpreter.ts';

export type Arrays = Readonly<Record<string, ArrayLike<number>>>;

/** Numbers as an engine takes them. */
export function typed(data: ArrayLike<number>, dtype: DType): TensorData {
  return dtype === 'f32' ? Float32Array.from(data) : Int32Array.from(data);
}

/** Keeps an engine started over all tests of a file or group: starting it takes longer than most of them. */
export function keepStarted(engine: string): void {
  let session: Session;
  beforeAll(async () => {
    session = await openEngine(engine).open({ version: 1, state: [], programs: {} });
  });
  afterAll(() => session.close());
}

/** Opens some programs on an engine, closes them after `body`. */
export async function withSession<T>(
  engine: string,
  programs: readonly Program[],
  state: readonly StateVariable[],
  body: (session: Session) => Promise<T>,
): Promise<T> {
  const set = {
    version: 1,
    state,
    programs: Object.fromEntries(programs.map((program) => [program.name, program])),
  };
  const session = await openEngine(engine).open(set);
  try {
    return await body(session);
  } finally {
    await session.close();
  }
}

/**
 * The largest difference between what an engine and the float64 reference give for a program, relative to the
 * largest number in the result where that is above 1. Both get the inputs rounded to f32.
 */
export async function difference(
  engine: string,
  program: Program,
  inputs: Arrays,
  extra: readonly Primitive[] = [],
): Promise<number> {
  const handed = Object.fromEntries(
    program.inputs.map(({ name, dtype }) => [name, typed(inputs[name]!, dtype)]),
  );
  const expected = interpret(program, handed, {}, extra).outputs;
  const outputs = await withSession(engine, [program], [], (session) => session.run(program.name, handed));
  let worst = 0;
  for (const { name } of program.outputs) {
    const [found, exact] = [outputs[name]!, expected[name]!];
    if (found.length !== exact.length) return Number.POSITIVE_INFINITY;
    const scale = exact.reduce((largest, number) => Math.max(largest, Math.abs(number)), 1);
    found.forEach((number, index) => {
      const error = Math.abs(number - exact[index]!) / scale;
      worst = Number.isNaN(error) ? Number.POSITIVE_INFINITY : Math.max(worst, error);
    });
  }
  return worst;
}
