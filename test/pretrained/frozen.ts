import path from 'node:path';
import type { Compiled } from '../../compiler/4-lower/compiled.ts';
import { lower } from '../../compiler/4-lower/lower.ts';
import { renderDiagnostics } from '../../compiler/diagnostics/render.ts';
import { type Checked, check } from '../../compiler/index.ts';
import { SourceFile } from '../../compiler/source/source-file.ts';
import { modelFinder } from '../../runtime/cli/find-model.ts';
import { openEngine } from '../../runtime/engines/index.ts';
import { readFrozenWeights } from '../../runtime/pretrained/frozen-weights.ts';

const BESIDE = { packages: [], folder: '' };

/** Checks a spec that lies in a folder with models. */
export function checkIn(folder: string, text: string): Checked & { readonly text: string } {
  const checked = check(new SourceFile('spec.gan', text), {
    findModel: modelFinder({ whereabouts: () => BESIDE }, { folder }),
  });
  const { diagnostics, sources } = checked;
  return { ...checked, text: renderDiagnostics(diagnostics, { sources }) };
}

/** Compiles such a spec, and reads the weights of its models. */
export async function compileIn(folder: string, text: string) {
  const checked = checkIn(folder, text);
  if (!checked.model) throw new Error(checked.text);
  const compiled = lower(checked.model);
  const models = checked.model.pretrained.map(({ name, from, networks }) => ({
    name,
    from,
    declaredIn: BESIDE,
    weights: networks.flatMap(({ weights }) => weights),
  }));
  const { set } = compiled;
  const frozen = await readFrozenWeights(models, set, Object.keys(set.programs), { folder });
  return { compiled, model: checked.model, frozen };
}

/** A spec with a network that hands its input to the model, and gives back its output or that of a layer. */
function frozenSpec(
  input: readonly number[],
  output: readonly number[],
  options: string,
  layer: string | null,
): string {
  const layers = layer === null ? '' : `layers: ["${layer}"]`;
  return `gan 1
latent z: normal([${input.join(', ')}])
pretrained frozen from "model.json" { ${options} ${layers} }
network F(z) -> [${output.join(', ')}] { frozen(z)${layer === null ? '' : `.${layer}`} }
sample F { grid: [1, 1] }
`;
}

/** What the model makes of an input on an engine of ours. */
export async function forward(
  engine: string,
  file: string,
  input: Float32Array,
  shape: readonly number[],
  output: readonly number[],
  options = '',
  layer: string | null = null,
): Promise<Float32Array> {
  const { compiled, frozen } = await compileIn(path.dirname(file), frozenSpec(shape, output, options, layer));
  return runOn(engine, compiled, frozen.values, input);
}

async function runOn(
  engine: string,
  { set }: Compiled,
  frozen: ReadonlyMap<string, Float32Array>,
  input: Float32Array,
): Promise<Float32Array> {
  const session = await openEngine(engine).open(set);
  try {
    await session.writeState(frozen);
    return (await session.run('sample.F', { z: input })).F as Float32Array;
  } finally {
    await session.close();
  }
}
