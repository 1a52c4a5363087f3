import { readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Compiled } from '../../compiler/4-lower/compiled.ts';
import { rewrite } from '../../compiler/5-optimize/rewrite.ts';
import { compile } from '../../compiler/compile.ts';
import { SourceFile } from '../../compiler/source/source-file.ts';
import { constant, type Program, type ProgramSet, placeOf } from '../../compiler/tensor/index.ts';
import type { StoredTensor } from '../../runtime/train/checkpoint-file.ts';
import { decodeHeader, headerLength, PREFIX_BYTES } from '../../runtime/train/safetensors.ts';

export const FOLDER = fileURLToPath(new URL('.', import.meta.url));

/** Tensors by name. */
export type Tensors = ReadonlyMap<string, StoredTensor>;

/** A safetensors file as make_fixtures.py writes it. */
export function readTensors(file: string): Tensors {
  const bytes = readFileSync(file);
  const start = PREFIX_BYTES + headerLength(bytes.subarray(0, PREFIX_BYTES), bytes.length);
  const { tensors } = decodeHeader(bytes.subarray(PREFIX_BYTES, start), bytes.length - start);
  return new Map(
    tensors.map(({ name, dtype, shape, begin, end }) => {
      // A copy begins where a tensor may begin.
      const { buffer } = Uint8Array.prototype.slice.call(bytes, start + begin, start + end);
      return [name, { shape, values: dtype === 'F32' ? new Float32Array(buffer) : new Int32Array(buffer) }];
    }),
  );
}

/** What a file holds under a folder, as `before/…`. */
export function within(tensors: Tensors, folder: string): Tensors {
  const prefix = `${folder}/`;
  return new Map(
    [...tensors].flatMap(([name, tensor]) =>
      name.startsWith(prefix) ? [[name.slice(prefix.length), tensor] as const] : [],
    ),
  );
}

/** The spec of a fixture, compiled, with the random numbers of the fixture in place of its own. */
export function compiledWith(name: string, tensors: Tensors): Compiled {
  const source = new SourceFile(`${name}.gan`, readFileSync(path.join(FOLDER, `${name}.gan`), 'utf8'));
  const { compiled, diagnostics } = compile(source);
  if (!compiled) throw new Error(diagnostics.map(({ message }) => message).join('\n'));
  return { ...compiled, set: withDraws(compiled.set, within(tensors, 'draw')) };
}

/** Puts numbers where programs would draw them; `draws` has them by the place of the draw: `update.D/latent z#1`. */
function withDraws(set: ProgramSet, draws: Tensors): ProgramSet {
  const byPlace = new Map([...draws].map(([place, drawn]) => [placeOf(place), { place, drawn }]));
  const unused = new Set(draws.keys());
  const drawn = (program: Program) =>
    rewrite(program, (node, _inputs, builder) => {
      if (node.op !== 'normal' && node.op !== 'uniform') return null;
      const found = byPlace.get(node.attributes.place as number);
      if (!found) throw new Error(`${program.name} draws for ${node.origin} what the fixture does not have`);
      unused.delete(found.place);
      return constant(builder, [...found.drawn.values], node.shape);
    });
  const used = Object.entries(set.programs).filter(([name]) => /^(update|sample)\./.test(name));
  const programs = Object.fromEntries(used.map(([name, program]) => [name, drawn(program)]));
  if (unused.size > 0) throw new Error(`nothing draws at ${[...unused].join(', ')}`);
  return { ...set, programs };
}
