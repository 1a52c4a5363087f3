import { expect } from 'vitest';
import type { Compiled } from '../../compiler/4-lower/compiled.ts';
import { compile } from '../../compiler/compile.ts';
import { SourceFile } from '../../compiler/source/source-file.ts';
import { sizeOf } from '../../compiler/tensor/index.ts';
import { verify } from '../../compiler/tensor/verify.ts';
import { interpret, type Numbers } from '../reference/interpreter.ts';

/** The programs of a spec without errors, each of them lawful. */
export function compiled(text: string): Compiled {
  const result = compile(new SourceFile('meaning.gan', text));
  const errors = result.diagnostics.filter(({ severity }) => severity === 'error');
  expect(errors.map(({ message }) => message)).toEqual([]);
  for (const program of Object.values(result.compiled!.set.programs)) verify(program);
  return result.compiled!;
}

/** The state after `init`, by which a step of the reference begins. */
export function initialState({ set }: Compiled, seed = 7): Numbers {
  const zeros = Object.fromEntries(
    set.state.map(({ path, shape }) => [path, new Float64Array(sizeOf(shape))]),
  );
  return interpret(set.programs.init!, { key: [seed, 0, 0, 0] }, zeros).state;
}
