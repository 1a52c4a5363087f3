import path from 'node:path';
import { describe, expect, test } from 'vitest';
import type { inspect } from '../../compiler/index.ts';
import { say } from '../cli/fake-terminal.ts';

const FOLDER = path.resolve(import.meta.dirname, '../../examples/mode-coverage');
const spec = (method: string, set: string) => path.join(FOLDER, `${method}-${set}.gan`);

/** What D is given: one point, or two side by side. */
const INPUTS = { gan: 2, pacgan: 4, 'wgan-gp': 2, r3gan: 2 };
const ALL = Object.entries(INPUTS).flatMap(([method, input]) =>
  ['ring', 'grid'].map((set) => [method, set, input] as const),
);

describe.each(ALL)('%s on the %s', (method, set, input) => {
  test('checks clean', async () => {
    const { err, exitCode } = await say(['check', '--strict', spec(method, set)]);
    expect({ exitCode }, err).toEqual({ exitCode: 0 });
    expect(err).toMatch(/is clean/);
  });

  test('has the networks of the protocol, and measures as it does', async () => {
    const { out } = await say(['inspect', spec(method, set), '--json']);
    const { networks, evaluations, step } = JSON.parse(out) as ReturnType<typeof inspect>;
    const weights = Object.fromEntries(networks.map((network) => [network.name, network.weights]));
    expect(weights).toEqual({
      // Four layers of 400 without biases, with scale and shift; then a point.
      G: 2 * 400 + 3 * 400 * 400 + 4 * 2 * 400 + 400 * 2 + 2,
      // Three layers of 200 units of five pieces each; then a score.
      D: input * 1000 + 1000 + 2 * (200 * 1000 + 1000) + 200 + 1,
    });
    expect(evaluations).toMatchObject([
      {
        network: 'G',
        samples: 2500,
        every: 1000,
        measures: { coverage: `mode_coverage(G(z), ${set}, within: 3)` },
      },
    ]);
    // A pack is judged for every example that the others judge.
    expect(step!.batch).toBe(50 * input);
  });
});

test('a table says what is measured, and how much it costs', async () => {
  const { out } = await say(['inspect', spec('gan', 'grid')]);
  expect(out).toMatch(
    /\nevaluate G every 1,000 steps: 2,500 samples, [\d.]+ GFLOP\n {2}coverage {2}mode_coverage\(G\(z\), grid, within: 3\)\n$/,
  );
});

test('--set reaches the numbers of the protocol, which are imported', async () => {
  const argv = ['inspect', spec('gan', 'ring'), '--json', '--set', 'every=50'];
  expect(JSON.parse((await say(argv)).out).evaluations[0].every).toBe(50);
});
