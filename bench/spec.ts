import { existsSync, readFileSync } from 'node:fs';
import type { Compiled } from '../compiler/4-lower/compiled.ts';
import { compile } from '../compiler/compile.ts';
import { SourceFile } from '../compiler/source/source-file.ts';
import { sizeOf } from '../compiler/tensor/program.ts';
import type { TensorData } from '../runtime/engines/engine.ts';
import { diskFiles } from '../runtime/share/disk-files.ts';
import { SpecImports } from '../runtime/share/spec-imports.ts';

/** Compiles a spec by its path, with params set, or throws with what is wrong with it. */
export function compiled(path: string, set: Readonly<Record<string, string>> = {}): Compiled {
  if (!existsSync(path))
    throw new Error(`${path} is not here: run the benchmarks from the folder of the project`);
  const { read: readImport } = new SpecImports(diskFiles, { name: path, path });
  const source = new SourceFile(path, readFileSync(path, 'utf8'));
  const { compiled, diagnostics } = compile(source, { set, readImport });
  if (!compiled) throw new Error(diagnostics.map(({ message }) => message).join('\n'));
  return compiled;
}

/** What a program takes: some numbers of the right kind, the same for the same step. */
export function inputsOf({ set }: Compiled, program: string, step: number): Record<string, TensorData> {
  return Object.fromEntries(
    set.programs[program]!.inputs.map(({ name, shape, dtype, from }) => {
      const size = sizeOf(shape);
      if (from.kind === 'key') return [name, Int32Array.of(1, 0, step, 0)];
      if (from.kind === 'count') return [name, Float32Array.of(step)];
      if (from.kind === 'schedule') return [name, Float32Array.of(1e-4)];
      if (dtype !== 'f32') return [name, new Int32Array(size)];
      return [name, Float32Array.from({ length: size }, (_, index) => Math.sin(index * 12.9898 + step))];
    }),
  );
}
