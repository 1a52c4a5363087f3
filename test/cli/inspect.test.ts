import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import type { Inspection } from '../../compiler/index.ts';
import { say } from './fake-terminal.ts';

const spec = (name: string) => fileURLToPath(new URL(`../../specs/${name}.gan`, import.meta.url));

/** Trainable numbers by network, as published for these architectures. */
const COUNTS = {
  dcgan: { G: 3_576_704, D: 2_765_568 },
  wgan_gp_resnet: { G: 1_467_907, D: 1_055_105 },
  pix2pix: { G: 54_413_955, D: 2_768_705 },
  video: { G: 13_127_683, Frames: 2_764_737, Motion: 11_031_489 },
};

describe('ganc inspect', () => {
  test.each(Object.entries(COUNTS))('%s has the published number of weights', async (name, counts) => {
    const { out, exitCode } = await say(['inspect', spec(name), '--json']);
    expect(exitCode).toBe(0);
    const { networks, step } = JSON.parse(out) as Inspection;
    expect(Object.fromEntries(networks.map((network) => [network.name, network.weights]))).toEqual(counts);
    for (const { weights, layers, flops } of networks) {
      expect(layers.reduce((sum, layer) => sum + layer.weights, 0)).toBe(weights);
      const ofLayers = layers.reduce((sum, layer) => sum + layer.flops, 0);
      expect(ofLayers).toBeLessThanOrEqual(flops);
      expect(ofLayers).toBeGreaterThan(0.99 * flops);
    }
    expect(step!.flops).toBeGreaterThan(0);
    expect(step!.peakBytes).toBeGreaterThan(step!.stateBytes);
  });

  test('lists the stages of a training, and shows the networks of one', async () => {
    const growing = fileURLToPath(
      new URL('../../examples/progressive-mnist/progressive-mnist.gan', import.meta.url),
    );
    const inspected = async (...more: string[]) =>
      JSON.parse((await say(['inspect', growing, '--json', ...more])).out) as Inspection;
    const last = await inspected();
    expect(last.stage).toBe('28×28');
    expect(last.stages!.map(({ stage, steps, fade }) => [stage, steps, fade])).toEqual([
      ['7×7', [1, 300], 0],
      ['14×14', [301, 700], 150],
      ['28×28', [701, 1300], 150],
    ]);
    expect(last.networks[0]!.output).toEqual([28, 28, 1]);
    const first = await inspected('--stage', '7×7');
    expect(first.networks[0]!.output).toEqual([7, 7, 1]);
    for (const { stage, networks, stages } of [first, last]) {
      const listed = stages!.find((one) => one.stage === stage)!.weights;
      expect(Object.fromEntries(networks.map(({ name, weights }) => [name, weights]))).toEqual(listed);
    }
    const table = (await say(['inspect', growing])).out;
    expect(table).toMatch(/"14×14" +301–700 +150 +64/);
    const unknown = await say(['inspect', growing, '--stage', '14x14']);
    expect(unknown.exitCode).toBe(2);
    expect(unknown.err).toMatch(/no stage "14x14".*--stage "14×14"/s);
    const none = await say(['build', spec('dcgan'), '--stage', 'a']);
    expect(none.err).toMatch(/it has no stages: leave --stage out/);
  });

  test('counts operations as one does by hand', async () => {
    const { networks } = JSON.parse((await say(['inspect', spec('dcgan'), '--json'])).out) as Inspection;
    const flops = (path: string) =>
      networks.flatMap(({ layers }) => layers).find((one) => one.path === path)?.flops;
    expect(flops('G/dense')).toBe(2 * 100 * 8192);
    expect(flops('D/conv2d')).toBe(2 * 32 * 32 * 64 * (4 * 4 * 3));
    expect(flops('D/down/conv2d')).toBe(2 * 16 * 16 * 128 * (4 * 4 * 64));
  });

  test('solves the sizes that a signature leaves open', async () => {
    const { networks } = JSON.parse((await say(['inspect', spec('pix2pix'), '--json'])).out) as Inspection;
    expect(networks[1]).toMatchObject({ name: 'D', role: 'discriminator', output: [30, 30, 1] });
  });

  test('as text it is a table', async () => {
    const { out, err } = await say(['inspect', spec('dcgan')]);
    expect(err).toBe('');
    const [tables, step] = out.split('one training step');
    expect(tables).toMatchInlineSnapshot(`
      "generator G(z: [100]) -> [64, 64, 3]
        in    layer             output           weights        cost
              dense             [8192]           819,200   1.6 MFLOP
              reshape           [4, 4, 512]
              batch_norm        [4, 4, 512]        1,024  26.1 kFLOP
              relu              [4, 4, 512]                8.2 kFLOP
        up    conv2d_transpose  [8, 8, 256]    2,097,152  67.1 MFLOP
        up    batch_norm        [8, 8, 256]          512  49.9 kFLOP
        up    relu              [8, 8, 256]               16.4 kFLOP
        up.2  conv2d_transpose  [16, 16, 128]    524,288  67.1 MFLOP
        up.2  batch_norm        [16, 16, 128]        256  98.7 kFLOP
        up.2  relu              [16, 16, 128]             32.8 kFLOP
        up.3  conv2d_transpose  [32, 32, 64]     131,072  67.1 MFLOP
        up.3  batch_norm        [32, 32, 64]         128   197 kFLOP
        up.3  relu              [32, 32, 64]              65.5 kFLOP
              conv2d_transpose  [64, 64, 3]        3,072   6.3 MFLOP
              tanh              [64, 64, 3]               12.3 kFLOP
        ────────────────────────────────────────────────────────────
                                               3,576,704   210 MFLOP
        and 1,920 moving statistics

      discriminator D(x: [64, 64, 3]) -> [1]
        in      layer       output           weights        cost
                conv2d      [32, 32, 64]       3,072   6.3 MFLOP
                leaky_relu  [32, 32, 64]               131 kFLOP
        down    conv2d      [16, 16, 128]    131,072  67.1 MFLOP
        down    batch_norm  [16, 16, 128]        256  98.7 kFLOP
        down    leaky_relu  [16, 16, 128]             65.5 kFLOP
        down.2  conv2d      [8, 8, 256]      524,288  67.1 MFLOP
        down.2  batch_norm  [8, 8, 256]          512  49.9 kFLOP
        down.2  leaky_relu  [8, 8, 256]               32.8 kFLOP
        down.3  conv2d      [4, 4, 512]    2,097,152  67.1 MFLOP
        down.3  batch_norm  [4, 4, 512]        1,024  26.1 kFLOP
        down.3  leaky_relu  [4, 4, 512]               16.4 kFLOP
                flatten     [8192]
                dense       [1]                8,192  16.4 kFLOP
        ────────────────────────────────────────────────────────
                                           2,765,568   208 MFLOP
        and 1,792 moving statistics

      "
    `);
    expect(step).toMatch(
      /^ of 128 examples\n {2}\d+ GFLOP, .+ read and written\n {2}at most \d+ MiB of memory, /,
    );
  });

  test('--graph writes Mermaid', async () => {
    const { out } = await say(['inspect', spec('wgan_gp_resnet'), '--graph']);
    expect(out).toMatch(/^flowchart TD\n {2}subgraph G_graph \["generator G"\]\n/);
    expect(out).toContain('["embed"]');
    expect(out).toMatch(/G_\d+ -->\|"32×32×3"\| G_out0/);
  });
});
