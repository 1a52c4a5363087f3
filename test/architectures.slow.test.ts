import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import type { Model } from '../compiler/3-check/model.ts';
import { type Compiled, programAt } from '../compiler/4-lower/compiled.ts';
import { check, compileStage } from '../compiler/compile.ts';
import { SourceFile } from '../compiler/source/source-file.ts';
import { openEngine } from '../runtime/engines/index.ts';
import { diskFiles } from '../runtime/share/disk-files.ts';
import { SpecImports } from '../runtime/share/spec-imports.ts';
import { type Loaders, randomKey, trainingInputs } from '../runtime/train/inputs.ts';
import { RunOrder } from '../runtime/train/run-order.ts';
import { draw } from './reference/draw.ts';

const FOLDER = fileURLToPath(new URL('../specs/architectures/', import.meta.url));
const STEPS = 3;
const BATCH = 2;

/** What makes a spec of `specs/architectures/` small enough to be trained here. */
const small: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'acgan-32.gan': { ch: '2' },
  'began-64.gan': { n: '2' },
  'biggan-32.gan': { ch: '4' },
  'cgan-pd-32.gan': { ch: '2', batch: `${BATCH}` },
  'cyclegan.gan': { load: '36', size: '32', ch: '2', blocks: '1' },
  'dcgan-28.gan': { ch: '2' },
  'dcgan-celeba.gan': { ch: '2' },
  'gan-28.gan': {},
  'gaussians-mlp.gan': { width: '8' },
  'infogan-mnist.gan': { width: '32' },
  'lsgan-32.gan': { ch: '2' },
  'mocogan.gan': { ch: '1' },
  'progressive-256.gan': { ch: '8' },
  'progressive-64.gan': { ch: '8' },
  'r3gan-cifar.gan': { width: '4', groups: '2' },
  'r3gan-imagenet-32.gan': { width: '4', groups: '2' },
  'sagan-32.gan': { ch: '8' },
  'sndcgan-32.gan': { ch: '2' },
  'sngan-32.gan': { ch: '2', batch: `${BATCH}` },
  'sngan-64.gan': { ch: '2' },
  'stylegan2-ada-cifar-classes.gan': { ch: '4' },
  'stylegan2-ada-cifar.gan': { ch: '4' },
  'vgan.gan': { ch: '1' },
  'wgan-gp-32.gan': { ch: '2', batch: `${BATCH}` },
  'wgan-gp-acgan-32.gan': { ch: '2', batch: `${BATCH}` },
};

/** Large pictures take long however thin the networks are. */
const large = ['biggan-128.gan', 'sagan-128.gan', 'stylegan2-1024.gan'];

/** Random examples of all data that a step asks for, a portion at a time. */
function loadersOf(compiled: Compiled): Loaders {
  const order = new RunOrder(compiled);
  const fields = new Map<string, Record<string, Float32Array | Int32Array>>();
  const inputs = compiled.step.flatMap(({ program }) => compiled.set.programs[program]!.inputs);
  for (const { shape, dtype, from } of inputs) {
    if (from.kind !== 'data') continue;
    const { data } = draw({ shape: shape.with(0, order.portion(from.dataset)!), dtype, below: 10 }, 1);
    const batch = fields.get(from.dataset) ?? {};
    batch[from.field] = dtype === 'i32' ? Int32Array.from(data) : Float32Array.from(data);
    fields.set(from.dataset, batch);
  }
  return new Map([...fields].map(([dataset, batch]) => [dataset, { size: BATCH, batch: async () => batch }]));
}

/** With an import of the params that only the imported blocks have. */
function withinReach(params: readonly string[], text: string): string {
  const missing = params.filter((name) => !new RegExp(`^(param|import\\b.*) ${name}\\b`, 'm').test(text));
  return text.replace(/^import (?=.*blocks)/m, `import ${missing.map((name) => `${name}, `).join('')}`);
}

describe.each(Object.entries(small))('%s', (spec, set) => {
  test('trains', async () => {
    const path = `${FOLDER}${spec}`;
    const text = withinReach(
      Object.keys(set),
      readFileSync(path, 'utf8').replace(/batch: +[\d_]+$/m, `batch: ${BATCH}`),
    );
    const { read } = new SpecImports(diskFiles, { name: spec, path });
    const { stages } = check(new SourceFile(spec, text), { readImport: read, set });
    expect(stages.length).toBeGreaterThan(0);
    for (const [index, { model }] of stages.entries()) await train(compileStage({ stages }, index), model);
  });
});

/** A few steps from the first of a stage on: losses are finite, and weights move. */
async function train(compiled: Compiled, { networks }: Model): Promise<void> {
  expect(compiled.batch).toBe(BATCH);
  const loaders = loadersOf(compiled);
  const session = await openEngine('wasm').open(compiled.set, { threads: 1 });
  const { start } = compiled.stage;
  try {
    const [key] = compiled.set.programs.init!.inputs;
    await session.run('init', { [key!.name]: randomKey(1, 0, 0) });
    const before = await session.readState();
    const order = new RunOrder(compiled);
    for (let step = start; step < start + STEPS; step++) {
      for (const run of order.at(step)) {
        const inputs = await trainingInputs(run, step, 1, loaders);
        const outputs = await session.run(programAt(run, step).name, inputs);
        for (const loss of run.losses) expect(outputs[loss]![0], loss).toSatisfy(Number.isFinite);
      }
    }
    const after = await session.readState();
    for (const { name, weights } of networks) {
      const moved = weights.filter(({ path: weight }) => {
        const first = before.get(weight)!;
        return after.get(weight)!.some((value, at) => value !== first[at]);
      });
      expect(moved.length, name).toBeGreaterThan(weights.length / 4);
    }
  } finally {
    await session.close();
  }
}

test('every spec with a training is trained, but for the large ones', () => {
  const trained = readdirSync(FOLDER).filter(
    (name) => name.endsWith('.gan') && /^train on/m.test(readFileSync(`${FOLDER}${name}`, 'utf8')),
  );
  expect([...Object.keys(small), ...large].sort()).toEqual(trained.sort());
});
