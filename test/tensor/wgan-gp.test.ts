import { expect, test } from 'vitest';
import * as t from '../../compiler/tensor/index.ts';
import { verify } from '../../compiler/tensor/verify.ts';
import { draw } from '../reference/draw.ts';
import { interpret } from '../reference/interpreter.ts';

const WEIGHTS = {
  'conv1/kernel': [4, 4, 1, 3],
  'conv1/bias': [3],
  'norm/scale': [4, 4, 3],
  'norm/offset': [4, 4, 3],
  'conv2/kernel': [3, 3, 3, 2],
  'dense/kernel': [8, 1],
} as const;

const BATCH = 2;

function weight(builder: t.Builder, path: keyof typeof WEIGHTS): t.Value {
  return t.state(builder, { path, shape: WEIGHTS[path], dtype: 'f32', role: 'weight' });
}

/** A critic of the kind that WGAN-GP trains: strided convolutions, layer norm in arithmetic, two activations. */
function critic(x: t.Value): t.Value {
  const w = (path: keyof typeof WEIGHTS) => weight(x.builder, path);
  const half = {
    strides: [2, 2],
    padding: [
      [1, 1],
      [1, 1],
    ],
  } as const;
  const first = t.leakyRelu(t.add(t.conv(x, w('conv1/kernel'), half), w('conv1/bias')), 0.2);
  const centred = t.sub(first, t.mean(first, [1, 2, 3], true));
  const spread = t.rsqrt(t.add(t.mean(t.square(centred), [1, 2, 3], true), 1e-5));
  const normed = t.add(t.mul(t.mul(centred, spread), w('norm/scale')), w('norm/offset'));
  const second = t.tanh(t.conv(normed, w('conv2/kernel'), half));
  return t.matmul(t.reshape(second, [BATCH, 8]), w('dense/kernel'));
}

/** Mean of critic(fake) − critic(real), and 10 · mean (‖∇critic‖ − 1)² at a point between the two. */
function criticStep(): t.Program {
  const builder = new t.Builder('update.D');
  const image = (name: string) =>
    t.input(builder, { name, shape: [BATCH, 8, 8, 1], dtype: 'f32', from: { kind: 'count' } });
  const [real, fake] = [image('real'), image('fake')];
  const key = t.input(builder, { name: 'key', shape: [4], dtype: 'i32', from: { kind: 'key' } });
  const share = t.uniform(key, [BATCH, 1, 1, 1], t.placeOf('D/gradient_penalty'));
  const between = t.add(t.mul(real, share), t.mul(fake, t.sub(1, share)));
  const [slope] = t.gradients(t.sum(critic(between)), [between]);
  const penalty = t.mul(t.mean(t.square(t.sub(t.norm(slope!, [1, 2, 3]), 1))), 10);
  const loss = t.add(t.sub(t.mean(critic(fake)), t.mean(critic(real))), penalty);
  builder.output('penalty', penalty);
  builder.output('loss D', loss);
  const paths = Object.keys(WEIGHTS) as (keyof typeof WEIGHTS)[];
  const weights = paths.map((path) => weight(builder, path));
  for (const [name, y] of Object.entries({ penalty, 'loss D': loss })) {
    t.gradients(y, weights).forEach((slopes, index) => {
      builder.output(`${name} ${paths[index]}`, slopes);
    });
  }
  return builder.finish();
}

test('gradients of a WGAN-GP critic, penalty included, agree with finite differences', () => {
  const program = criticStep();
  verify(program);
  const inputs = {
    real: draw({ shape: [BATCH, 8, 8, 1] }, 1).data,
    fake: draw({ shape: [BATCH, 8, 8, 1] }, 2).data,
    key: [7, 0, 3, 0],
  };
  const state: Record<string, Float64Array> = Object.fromEntries(
    Object.entries(WEIGHTS).map(([path, shape], index) => [path, draw({ shape }, 10 + index).data]),
  );
  const exact = interpret(program, inputs, state).outputs;
  expect(exact.penalty![0]).toBeGreaterThan(0.01);

  const forward = { ...program, outputs: program.outputs.slice(0, 2) };
  const last = Math.max(...forward.outputs.map(({ value }) => value));
  const losses = { ...forward, nodes: program.nodes.slice(0, last + 1) };
  const step = 1e-5;
  for (const [path, values] of Object.entries(state)) {
    const found = { penalty: [0, 0], 'loss D': [0, 0] };
    values.forEach((number, element) => {
      if (element % 3 !== 0 && values.length > 12) return;
      const at = (shift: number) =>
        interpret(losses, inputs, { ...state, [path]: values.with(element, number + shift) }).outputs;
      const [up, down] = [at(step), at(-step)];
      for (const name of ['penalty', 'loss D'] as const) {
        const difference = (up[name]![0]! - down[name]![0]!) / (2 * step);
        const error = Math.abs(difference - exact[`${name} ${path}`]![element]!);
        found[name] = [Math.max(found[name][0]!, error), Math.max(found[name][1]!, Math.abs(difference))];
      }
    });
    for (const [error, scale] of Object.values(found)) {
      expect(scale, `${path} plays a part`).toBeGreaterThan(0);
      expect(error! / scale!, path).toBeLessThan(1e-6);
    }
  }
});
