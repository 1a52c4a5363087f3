import { describe, expect, test } from 'vitest';
import { expectClose } from '../reference/close.ts';
import { draw } from '../reference/draw.ts';
import { image, run } from './run.ts';

const mean = (values: readonly number[]) => values.reduce((a, b) => a + b, 0) / values.length;

describe('pixel_norm', () => {
  test('gives every place the mean square 1', () => {
    const { y } = run('pixel_norm', [image(1, 2, 3)]);
    for (const place of [y.slice(0, 3), y.slice(3)]) expectClose([mean(place.map((v) => v * v))], [1], 1e-6);
  });
});

describe('group_norm', () => {
  test('gives every group of neighbouring channels mean 0 and variance 1', () => {
    const { y } = run('group_norm(2, affine: false, epsilon: 0)', [image(2, 2, 4)]);
    for (const group of [0, 1]) {
      const own = y.filter((_, at) => Math.floor((at % 4) / 2) === group);
      expectClose([mean(own), mean(own.map((v) => v * v))], [0, 1]);
    }
  });
});

describe('norms with a condition', () => {
  const x = { shape: [2, 2, 2, 2], data: [...draw({ shape: [2, 2, 2, 2], range: [1, 5] }, 6).data] };
  const y = { shape: [2, 3], data: [1, 0, 0, 0, 0.5, 2] };
  const weights = { gamma: [1, 2, 3, 4, 5, 6], beta: [10, 20, 30, 40, 50, 60] };

  test('conditional_batch_norm scales the normalized batch by 1 + y · gamma and shifts it by y · beta', () => {
    const plain = run('batch_norm(affine: false)', [x]).y;
    const { y: found } = run('conditional_batch_norm', [x, y], { weights });
    const scale = [2, 3, 1 + 0.5 * 3 + 2 * 5, 1 + 0.5 * 4 + 2 * 6];
    const shift = [10, 20, 0.5 * 30 + 2 * 50, 0.5 * 40 + 2 * 60];
    const place = (at: number) => 2 * Math.floor(at / 8) + (at % 2);
    expectClose(
      found,
      plain.map((value, at) => value * scale[place(at)]! + shift[place(at)]!),
    );
  });

  test('adaptive_instance_norm takes over mean and deviation of a map', () => {
    const style = { shape: [2, 1, 2, 2], data: [1, 10, 3, 10, 0, 0, 4, 8] };
    const { y: found } = run('adaptive_instance_norm(epsilon: 0)', [x, style]);
    const own = (example: number, channel: number) =>
      found.filter((_, at) => Math.floor(at / 8) === example && at % 2 === channel);
    for (const [example, channel, middle, variance] of [
      [0, 0, 2, 1],
      [0, 1, 10, 0],
      [1, 0, 2, 4],
      [1, 1, 4, 16],
    ] as const) {
      const values = own(example, channel);
      expectClose([mean(values), mean(values.map((v) => (v - middle) ** 2))], [middle, variance]);
    }
  });
});

describe('blur', () => {
  test('spreads a pixel by its taps, divided by their sum', () => {
    const dot = image(1, 4, 1, [0, 1, 0, 0]);
    // Along the other axis, of one pixel, the middle taps of [1, 3, 3, 1] / 8 meet zeros but for one.
    expectClose(run('blur([1, 2, 1])', [dot]).y, [1 / 8, 1 / 4, 1 / 8, 0]);
  });

  test('enlarges by a factor of two as bright as before, between centres three to one', () => {
    const { y } = run('blur(up: 2)', [image(4, 4, 1, new Array(16).fill(1))]);
    const inside = y.filter((_, at) => at % 8 > 1 && at % 8 < 6 && at >= 16 && at < 48);
    expectClose(inside, new Array(inside.length).fill(1));
  });

  test('halves with the filter in the middle of two pixels', () => {
    const row = image(4, 4, 1, [0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0]);
    const { y } = run('blur(down: 2)', [row]);
    // Rows 0 … 3 weigh [3, 3, 1] above and [1, 3, 3] below; of the columns, one of eight parts lies outside.
    expectClose(
      y,
      [4 / 8, 4 / 8, 4 / 8, 4 / 8].map((part) => (part * 7) / 8),
    );
  });
});

describe('projection', () => {
  test('is the inner product of the features with what the table makes of a vector', () => {
    const h = { shape: [2, 2], data: [1, 2, 3, -4] };
    const y = { shape: [2, 3], data: [1, 0, 0, 0, 0.5, 2] };
    const { y: found } = run('projection', [h, y], { weights: { table: [1, 2, 3, 4, 5, 6] } });
    expectClose(found, [1 * 1 + 2 * 2, 3 * (0.5 * 3 + 2 * 5) - 4 * (0.5 * 4 + 2 * 6)]);
  });
});

describe('modulated_conv2d', () => {
  const x = image(3, 3, 2);
  const style = { shape: [1, 2], data: [0.5, -1] };

  test.each([true, false])(
    'is a convolution with the kernel scaled by the style (demodulate: %s)',
    (demodulate) => {
      const call = `modulated_conv2d(2, demodulate: ${demodulate}, bias: false)`;
      const { y, weight } = run(call, [x, style]);
      const [kernel, affine, bias] = [weight('kernel'), weight('affine'), weight('affine_bias')];
      const scale = [0, 1].map((c) => (0.5 * affine[c]! - affine[2 + c]!) / Math.sqrt(2) + bias[c]!);
      const scaled = kernel.map((value, at) => (value * scale[Math.floor(at / 2) % 2]!) / Math.sqrt(18));
      const length = (filter: number) =>
        Math.sqrt(scaled.reduce((sum, value, at) => (at % 2 === filter ? sum + value ** 2 : sum), 1e-8));
      const whole = demodulate ? scaled.map((value, at) => value / length(at % 2)) : scaled;
      expectClose(y, run('conv2d(2, bias: false)', [x], { weights: { kernel: whole } }).y);
    },
  );

  test('enlarges as a blurred transposed convolution', () => {
    const { y, weight } = run('modulated_conv2d(1, up: 2, demodulate: false, bias: false)', [x, style], {
      weights: { affine: [0, 0, 0, 0], affine_bias: [1, 1] },
    });
    // [3, 3, C, F] here, [3, 3, F, C] there: one filter, so the same order.
    const kernel = weight('kernel').map((value) => (4 * value) / Math.sqrt(18));
    const canvas = run('conv2d_transpose(1, kernel: 3, stride: 2, padding: 0, bias: false)', [x], {
      weights: { kernel },
    }).y;
    expectClose(y, run('blur(padding: 1)', [image(7, 7, 1, canvas)]).y);
  });
});

describe('noise', () => {
  const x = { shape: [1, 20_000], data: new Float64Array(20_000) };

  test('has the standard deviation that it says, in training', () => {
    const { y } = run('noise(0.5)', [x]);
    expect(Math.abs(Math.sqrt(mean(y.map((v) => v * v))) - 0.5)).toBeLessThan(0.01);
    expect(new Set(run('noise(0.5)', [x], { training: false }).y)).toEqual(new Set([0]));
  });

  test('that is learned is one number per place, times the strength of the channel', () => {
    const { y } = run('learned_noise', [image(1, 2, 2, [0, 0, 0, 0])], { weights: { strength: [1, 3] } });
    expectClose([y[1]!, y[3]!], [3 * y[0]!, 3 * y[2]!]);
    expect(y[0]).not.toBe(y[2]);
  });
});

test('depthwise_conv2d sees every channel by windows of its own', () => {
  const x = image(4, 5, 2);
  const { y, weight } = run('depthwise_conv2d(3, stride: 2, multiplier: 2, bias: false)', [x]);
  const kernel = weight('kernel');
  const one = (c: number, j: number) =>
    run(
      'conv2d(1, stride: 2, bias: false)',
      [
        image(
          4,
          5,
          1,
          [...x.data].filter((_, at) => at % 2 === c),
        ),
      ],
      {
        weights: { kernel: kernel.filter((_, at) => at % 4 === 2 * c + j) },
      },
    ).y;
  const apart = [one(0, 0), one(0, 1), one(1, 0), one(1, 1)];
  expectClose(
    y,
    apart[0]!.flatMap((_, place) => apart.map((values) => values[place]!)),
  );
});
