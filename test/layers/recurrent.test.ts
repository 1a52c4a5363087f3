import { describe, expect, test } from 'vitest';
import { expectClose } from '../reference/close.ts';
import { draw } from '../reference/draw.ts';
import { run } from './run.ts';

const sigmoid = (x: number) => 1 / (1 + Math.exp(-x));
const clip = { shape: [1, 3, 2], data: [...draw({ shape: [1, 3, 2] }, 8).data] };

/** What a frame or a state makes: a row times a matrix of `gates` columns, plus a bias. */
const times = (row: readonly number[], matrix: readonly number[], bias: readonly number[]) =>
  bias.map((start, column) =>
    row.reduce((sum, value, at) => sum + value * matrix[at * bias.length + column]!, start),
  );

const frameOf = (at: number) => clip.data.slice(2 * at, 2 * at + 2);

describe('gru', () => {
  test('is the cell of its definition, one number wide', () => {
    const { y, weight } = run('gru(1)', [clip]);
    let h = 0;
    const expected = [0, 1, 2].map((at) => {
      const [r, z, n] = times(frameOf(at), weight('kernel'), weight('bias'));
      const [hr, hz, hn] = times([h], weight('recurrent'), weight('recurrent_bias'));
      const keep = sigmoid(z! + hz!);
      h = (1 - keep) * Math.tanh(n! + sigmoid(r! + hr!) * hn!) + keep * h;
      return h;
    });
    expectClose(y, expected);
  });

  test('gives the last state alone, and begins where it is told', () => {
    const all = run('gru(2)', [clip]);
    const weights = Object.fromEntries(
      ['kernel', 'recurrent', 'bias', 'recurrent_bias'].map((name) => [name, all.weight(name)]),
    );
    expectClose(run('gru(2, output: "last")', [clip], { weights }).y, all.y.slice(-2));
    const rest = { shape: [1, 2, 2], data: clip.data.slice(2) };
    const initial = { shape: [1, 2], data: all.y.slice(0, 2) };
    expectClose(run('gru(2)', [rest, initial], { weights }).y, all.y.slice(2));
  });
});

test('lstm is the cell of its definition, one number wide', () => {
  const { y, weight } = run('lstm(1)', [clip]);
  let [h, memory] = [0, 0];
  const expected = [0, 1, 2].map((at) => {
    const given = times(frameOf(at), weight('kernel'), weight('bias'));
    const held = times([h], weight('recurrent'), [0, 0, 0, 0]);
    const [i, f, g, o] = given.map((value, gate) => value + held[gate]!);
    memory = sigmoid(f! + 1) * memory + sigmoid(i!) * Math.tanh(g!);
    h = sigmoid(o!) * Math.tanh(memory);
    return h;
  });
  expectClose(y, expected);
});

test('conv_lstm of single pixels is lstm', () => {
  const one = run('lstm(2)', [clip]);
  const weights = {
    recurrent: one.weight('recurrent'),
    kernel: one.weight('kernel'),
    bias: one.weight('bias'),
  };
  const pixels = { shape: [1, 3, 1, 1, 2], data: clip.data };
  expectClose(run('conv_lstm(2, kernel: 1)', [pixels], { weights }).y, one.y);
  expect(run('conv_lstm(2, kernel: 3)', [pixels]).y).toHaveLength(6);
});

test.each(['tanh', 'relu'])(
  'conv_gru with %s is the cell of its definition, one pixel large',
  (activation) => {
    const pixels = { shape: [1, 3, 1, 1, 2], data: clip.data };
    const initial = { shape: [1, 1, 1, 1], data: [0.7] };
    const { y, weight } = run(`conv_gru(1, kernel: 1, activation: "${activation}")`, [pixels, initial]);
    const [reset, update, fresh] = weight('recurrent');
    let h = 0.7;
    const expected = [0, 1, 2].map((at) => {
      const [r, z, n] = times(frameOf(at), weight('kernel'), weight('bias'));
      const sum = n! + sigmoid(r! + h * reset!) * h * fresh!;
      const keep = sigmoid(z! + h * update!);
      h = (1 - keep) * (activation === 'tanh' ? Math.tanh(sum) : Math.max(sum, 0)) + keep * h;
      return h;
    });
    expectClose(y, expected);
  },
);
