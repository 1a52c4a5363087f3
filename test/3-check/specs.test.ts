import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import type { Model, Network } from '../../compiler/3-check/model.ts';
import { check } from '../../compiler/compile.ts';
import { SourceFile } from '../../compiler/source/source-file.ts';
import { diskFiles } from '../../runtime/share/disk-files.ts';
import { SpecImports } from '../../runtime/share/spec-imports.ts';

function specText(name: string): string {
  return readFileSync(new URL(`../../specs/${name}`, import.meta.url), 'utf8');
}

function modelOf(name: string): Model {
  const file = fileURLToPath(new URL(`../../specs/${name}`, import.meta.url));
  const { read } = new SpecImports(diskFiles, { name, path: file });
  const { model, diagnostics } = check(new SourceFile(name, specText(name)), { readImport: read });
  expect(diagnostics.filter(({ severity }) => severity !== 'info')).toEqual([]);
  return model!;
}

function trained(network: Network): number {
  return network.weights
    .filter(({ kind }) => kind === 'weight')
    .reduce((sum, { shape }) => sum + shape.reduce((product, size) => product * size, 1), 0);
}

const counts = ({ networks }: Model) =>
  Object.fromEntries(networks.map((network) => [network.name, trained(network)]));

describe('the specs of the library', () => {
  test.each([
    ['dcgan.gan', { G: 3_576_704, D: 2_765_568 }],
    ['wgan_gp_resnet.gan', { G: 1_467_907, D: 1_055_105 }],
    ['pix2pix.gan', { G: 54_413_955, D: 2_768_705 }],
    ['pix2pix.gan.json', { G: 54_413_955, D: 2_768_705 }],
    ['sngan_projection.gan', { G: 4_802_307, D: 1_055_105 }],
    ['video.gan', { G: 13_127_683, Frames: 2_764_737, Motion: 11_031_489 }],
  ])('%s has as many trained weights as published', (name, expected) => {
    expect(counts(modelOf(name))).toEqual(expected);
  });

  test('the patch discriminator scores 30 × 30 patches', () => {
    const { networks } = modelOf('pix2pix.gan');
    expect(networks.find(({ name }) => name === 'D')!.outputs[0]!.type.shape).toEqual([30, 30, 1]);
  });

  test('training is laid out as written', () => {
    const { training, samples } = modelOf('wgan_gp_resnet.gan');
    expect(training).toMatchObject({
      on: ['cifar'],
      batch: 64,
      steps: 100_000,
      draw: 'fresh',
      init: null,
    });
    expect(training!.updates).toMatchObject([
      { name: 'D', networks: ['D'], times: 5, ema: null },
      { name: 'G', networks: ['G'], times: 1, ema: 0.999 },
    ]);
    expect(training!.updates[0]!.optimizer.options.get('beta1')).toBe(0);
    expect(training!.updates[0]!.optimizer.options.get('lr')).toMatchObject({ kind: 'schedule' });
    expect(samples).toMatchObject([{ network: 'G', every: 1000, grid: [10, 10], rows: 'y' }]);
  });

  test('weights are named by path, each once', () => {
    const paths = (name: string) =>
      modelOf(name).networks.flatMap(({ weights }) => weights.map((w) => w.path));
    for (const name of ['dcgan.gan', 'wgan_gp_resnet.gan', 'pix2pix.gan', 'video.gan']) {
      const all = paths(name);
      expect(new Set(all).size).toBe(all.length);
    }
    expect(paths('pix2pix.gan')).toContain('G/e2/down/conv2d/kernel');
    expect(paths('dcgan.gan')).toEqual(
      expect.arrayContaining([
        'G/dense/kernel',
        'G/up/conv2d_transpose/kernel',
        'G/up.2/batch_norm/gamma',
        'G/up.3/batch_norm/moving_mean',
        'D/conv2d/kernel',
        'D/down.3/conv2d/kernel',
      ]),
    );
    expect(paths('wgan_gp_resnet.gan')).toContain('D/h/res_down.2/skip/conv2d/bias');
  });

  test('a pass that several losses use is one node; a critic captures what it uses from around it', () => {
    const { training } = modelOf('wgan_gp_resnet.gan');
    const { graph } = training!;
    const calls = graph
      .filter(({ op }) => op.kind === 'call')
      .map(({ op }) => op.kind === 'call' && op.network);
    // G(z, y), D(fake, y) and D(real, y): the update of G uses the same D(fake, y).
    expect(calls.sort()).toEqual(['D', 'D', 'G']);
    const penalty = graph.find(({ op }) => op.kind === 'penalty')!;
    expect(penalty.inputs).toHaveLength(3);
    const captured = graph[penalty.inputs[2]!]!;
    expect(captured.op).toEqual({ kind: 'data', dataset: 'cifar', field: 'class' });
    expect(penalty.op.kind === 'penalty' && penalty.op.critic.captures).toHaveLength(1);
  });
});
