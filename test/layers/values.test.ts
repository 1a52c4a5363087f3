import { describe, expect, test } from 'vitest';
import { expectClose } from '../reference/close.ts';
import { draw } from '../reference/draw.ts';
import { counting, image, run } from './run.ts';

describe('conv2d', () => {
  const ones = (count: number) => ({ weights: { kernel: counting(count).map(() => 1) } });

  test('pads an odd number of zeros at the bottom and right, as TensorFlow does', () => {
    // Kernel 2, stride 1, "same": each sum looks right and down.
    const { y } = run('conv2d(1, kernel: 2, bias: false)', [image(2, 2, 1, [1, 2, 3, 4])], ones(4));
    expect(y).toEqual([10, 6, 7, 4]);
  });

  test('counts every side for padding: 1', () => {
    const { y } = run(
      'conv2d(1, kernel: 2, padding: 1, bias: false)',
      [image(2, 2, 1, [1, 2, 3, 4])],
      ones(4),
    );
    expect(y).toEqual([1, 3, 2, 4, 10, 6, 3, 7, 4]);
  });

  test('takes a different border on each side', () => {
    const call = 'conv2d(1, kernel: 2, padding: [[1, 0], [0, 0]], bias: false)';
    expect(run(call, [image(2, 2, 1, [1, 2, 3, 4])], ones(4)).y).toEqual([3, 10]);
  });

  test('is the sum that its definition says, groups, stride, dilation and bias included', () => {
    const [height, width] = [6, 5];
    const x = image(height, width, 4);
    const { y, weight } = run('conv2d(2, kernel: 3, stride: 2, dilation: 2, groups: 2)', [x]);
    const [kernel, bias] = [weight('kernel'), weight('bias')];
    const at = (row: number, column: number, channel: number) =>
      row < 0 || row >= height || column < 0 || column >= width
        ? 0
        : x.data[(row * width + column) * 4 + channel]!;
    const expected: number[] = [];
    // Reach 5; height 6 → 3 places need 3 zeros: 1 above. Width 5 → 3 places need 4: 2 at the left.
    for (let row = 0; row < 3; row++)
      for (let column = 0; column < 3; column++)
        for (let filter = 0; filter < 2; filter++) {
          let sum = bias[filter]!;
          for (let i = 0; i < 3; i++)
            for (let j = 0; j < 3; j++)
              for (let c = 0; c < 2; c++)
                sum +=
                  at(2 * row - 1 + 2 * i, 2 * column - 2 + 2 * j, 2 * filter + c) *
                  kernel[((i * 3 + j) * 2 + c) * 2 + filter]!;
          expected.push(sum);
        }
    expectClose(y, expected);
  });
});

describe('conv2d_transpose', () => {
  /** Every pixel paints its window onto a canvas, of which `before` rows and columns are cut off. */
  function painted(
    x: ReturnType<typeof image>,
    kernel: readonly number[],
    size: number,
    stride: number,
    before: number,
    length: number,
  ) {
    const side = x.shape[1]!;
    const canvas = Array.from({ length: length * length }, () => 0);
    for (let row = 0; row < side; row++)
      for (let column = 0; column < side; column++)
        for (let i = 0; i < size; i++)
          for (let j = 0; j < size; j++) {
            const [a, b] = [row * stride + i - before, column * stride + j - before];
            if (a >= 0 && a < length && b >= 0 && b < length)
              canvas[a * length + b]! += x.data[row * side + column]! * kernel[i * size + j]!;
          }
    return canvas;
  }

  test.each([
    {
      call: 'conv2d_transpose(1, kernel: 4, stride: 2, bias: false)',
      size: 4,
      stride: 2,
      before: 1,
      length: 6,
    },
    {
      call: 'conv2d_transpose(1, kernel: 3, stride: 2, bias: false)',
      size: 3,
      stride: 2,
      before: 0,
      length: 6,
    },
    {
      call: 'conv2d_transpose(1, kernel: 5, stride: 1, bias: false)',
      size: 5,
      stride: 1,
      before: 2,
      length: 3,
    },
    {
      call: 'conv2d_transpose(1, kernel: 3, stride: 2, padding: 1, bias: false)',
      size: 3,
      stride: 2,
      before: 1,
      length: 5,
    },
    {
      call: 'conv2d_transpose(1, kernel: 3, stride: 2, padding: 1, output_padding: 1, bias: false)',
      size: 3,
      stride: 2,
      before: 1,
      length: 6,
    },
    {
      call: 'conv2d_transpose(1, kernel: 3, stride: 2, padding: "valid", bias: false)',
      size: 3,
      stride: 2,
      before: 0,
      length: 7,
    },
  ])('$call paints windows', ({ call, size, stride, before, length }) => {
    const x = image(3, 3);
    const { y, weight } = run(call, [x]);
    expectClose(y, painted(x, weight('kernel'), size, stride, before, length));
  });
});

describe('norms', () => {
  const moments = (values: readonly number[]) => {
    const mean = values.reduce((a, b) => a + b, 0) / values.length;
    return { mean, variance: values.reduce((sum, x) => sum + (x - mean) ** 2, 0) / values.length };
  };
  const x = { shape: [3, 2, 2, 2], data: [...draw({ shape: [3, 2, 2, 2], range: [1, 5] }, 6).data] };
  /** The numbers whose index, taken apart as [example, row, column, channel], is picked. */
  const pick = (data: readonly number[], picked: (example: number, channel: number) => boolean) =>
    data.filter((_, at) => picked(Math.floor(at / 8), at % 2));

  test('batch_norm: every channel has mean 0 and variance 1 over the batch', () => {
    const { y } = run('batch_norm(affine: false, epsilon: 0)', [x]);
    for (const channel of [0, 1]) {
      const found = moments(pick(y, (_, c) => c === channel));
      expectClose([found.mean, found.variance], [0, 1]);
    }
  });

  test('batch_norm: gamma and beta are per channel, epsilon is in the root, moving averages move by 0.1', () => {
    const weights = { gamma: [2, 3], beta: [-1, 1], moving_mean: [0, 10], moving_variance: [1, 1] };
    const { y, assigned } = run('batch_norm(epsilon: 0.5)', [x], { weights });
    const found = [0, 1].map((channel) => moments(pick(x.data, (_, c) => c === channel)));
    expectClose(
      y,
      x.data.map((value, at) => {
        const { mean, variance } = found[at % 2]!;
        return weights.gamma[at % 2]! * ((value - mean) / Math.sqrt(variance + 0.5)) + weights.beta[at % 2]!;
      }),
    );
    expectClose(assigned.moving_mean!, [0.1 * found[0]!.mean, 9 + 0.1 * found[1]!.mean]);
    expectClose(
      assigned.moving_variance!,
      found.map(({ variance }) => 0.9 + 0.1 * variance),
    );
  });

  test('batch_norm: sampling takes the moving averages', () => {
    const weights = { gamma: [2, 3], beta: [-1, 1], moving_mean: [2, 3], moving_variance: [4, 9] };
    const { y, assigned } = run('batch_norm(epsilon: 0)', [x], { training: false, weights });
    expect(assigned).toEqual({});
    expectClose(
      y,
      x.data.map((value, at) => (at % 2 === 0 ? 2 * ((value - 2) / 2) - 1 : 3 * ((value - 3) / 3) + 1)),
    );
  });

  test('layer_norm: every example has mean 0 and variance 1 over all its places and channels', () => {
    const { y } = run('layer_norm(affine: false, epsilon: 0)', [x]);
    for (const example of [0, 1, 2]) {
      const found = moments(pick(y, (e) => e === example));
      expectClose([found.mean, found.variance], [0, 1]);
    }
  });

  test('layer_norm over channels: every place has mean 0 and variance 1', () => {
    const map = image(2, 3, 4);
    const { y } = run('layer_norm(affine: false, epsilon: 0, over: "channels")', [map]);
    for (let place = 0; place < 6; place++) {
      const found = moments(y.slice(4 * place, 4 * place + 4));
      expectClose([found.mean, found.variance], [0, 1]);
    }
  });

  test('instance_norm: every channel of every example has mean 0 and variance 1', () => {
    const { y } = run('instance_norm(epsilon: 0)', [x]);
    for (const example of [0, 1, 2]) {
      for (const channel of [0, 1]) {
        const found = moments(pick(y, (e, c) => e === example && c === channel));
        expectClose([found.mean, found.variance], [0, 1]);
      }
    }
  });
});

test('multi_head_attention: each head looks with its own channels, at the places of the context of its own example', () => {
  const [batch, places, looked, channels, size] = [2, 3, 2, 4, 2];
  const x = {
    shape: [batch, places, channels],
    data: [...draw({ shape: [batch, places, channels] }, 3).data],
  };
  const context = { shape: [batch, looked, 1, 3], data: [...draw({ shape: [batch, looked, 1, 3] }, 4).data] };
  const { y, weight } = run('multi_head_attention(2)', [x, context]);
  const rows = (data: readonly number[], width: number) =>
    Array.from({ length: data.length / width }, (_, row) => data.slice(row * width, (row + 1) * width));
  const projected = (values: readonly number[][], name: string) =>
    values.map((row) =>
      weight(`${name}_bias`).map((bias, to) =>
        row.reduce((sum, value, from) => sum + value * weight(name)[from * channels + to]!, bias),
      ),
    );
  const queries = projected(rows(x.data, channels), 'query');
  const [keys, values] = ['key', 'value'].map((name) => projected(rows(context.data, 3), name)) as [
    number[][],
    number[][],
  ];
  const found = queries.map((query, at) => {
    const own = Math.floor(at / places) * looked;
    return query.map((_, channel) => {
      const first = channel - (channel % size);
      const shares = Array.from({ length: looked }, (_, place) => {
        const key = keys[own + place]!;
        const product = query[first]! * key[first]! + query[first + 1]! * key[first + 1]!;
        return Math.exp(product / Math.sqrt(size));
      });
      const all = shares.reduce((a, b) => a + b);
      return shares.reduce((sum, share, place) => sum + (share / all) * values[own + place]![channel]!, 0);
    });
  });
  expectClose(y, projected(found, 'out').flat());
});

describe('moves of pixels', () => {
  test('upsample repeats pixels', () => {
    const { y } = run('upsample(2)', [image(1, 2, 2, [1, 2, 3, 4])]);
    expect(y).toEqual([1, 2, 1, 2, 3, 4, 3, 4, 1, 2, 1, 2, 3, 4, 3, 4]);
  });

  test('bilinear upsampling keeps the centres of pixels in place, as align_corners=False', () => {
    expectClose(run('upsample([1, 2], mode: "bilinear")', [image(1, 2, 1, [0, 4])]).y, [0, 1, 3, 4]);
    expectClose(
      run('upsample([1, 3], mode: "bilinear")', [image(1, 3, 1, [0, 3, 9])]).y,
      [0, 0, 1, 2, 3, 5, 7, 9, 9],
    );
    expectClose(
      run('upsample(2, mode: "bilinear")', [image(2, 2, 1, [0, 4, 8, 12])]).y,
      [0, 1, 3, 4, 2, 3, 5, 6, 6, 7, 9, 10, 8, 9, 11, 12],
    );
  });

  test('pixel_shuffle lays channels out row by row, as depth_to_space', () => {
    expect(run('pixel_shuffle(2)', [image(1, 2, 4, counting(8))]).y).toEqual([1, 2, 5, 6, 3, 4, 7, 8]);
    expect(run('pixel_shuffle(2)', [image(1, 1, 8, counting(8))]).y).toEqual(counting(8));
  });

  test('pixel_unshuffle is the way back of pixel_shuffle, as space_to_depth', () => {
    expect(run('pixel_unshuffle(2)', [image(2, 4, 1, [1, 2, 5, 6, 3, 4, 7, 8])]).y).toEqual(counting(8));
    const x = image(2, 1, 18);
    const large = run('pixel_shuffle(3)', [x]);
    expect(run('pixel_unshuffle(3)', [image(6, 3, 2, large.y)]).y).toEqual(x.data);
  });

  test('pad fills, reflects without repeating the edge, repeats the edge, or goes on at the other side', () => {
    const x = image(1, 3, 1, [1, 2, 3]);
    expect(run('pad([[0, 0], [1, 2]], value: 9)', [x]).y).toEqual([9, 1, 2, 3, 9, 9]);
    expect(run('pad([[0, 0], [2, 1]], mode: "reflect")', [x]).y).toEqual([3, 2, 1, 2, 3, 2]);
    expect(run('pad([[0, 0], [2, 1]], mode: "border")', [x]).y).toEqual([1, 1, 1, 2, 3, 3]);
    expect(run('pad([[1, 0], [3, 2]], mode: "wrap")', [x]).y).toEqual([
      ...[1, 2, 3, 1, 2, 3, 1, 2],
      ...[1, 2, 3, 1, 2, 3, 1, 2],
    ]);
  });

  test('crop is the way back of pad', () => {
    const x = image(3, 4, 2);
    const padded = run('pad([[1, 0], [0, 2]])', [x]);
    const { y } = run('crop([[1, 0], [0, 2]])', [image(4, 6, 2, padded.y)]);
    expect(y).toEqual(x.data);
  });

  test('flatten and reshape keep the order, concat joins channels place by place', () => {
    const x = image(2, 2, 2);
    expect(run('flatten', [x]).y).toEqual(x.data);
    expect(run('reshape(4, 2)', [x]).y).toEqual(x.data);
    const [a, b] = [image(1, 2, 1, [1, 2]), image(1, 2, 2, [3, 4, 5, 6])];
    expect(run('concat', [a, b]).y).toEqual([1, 3, 4, 2, 5, 6]);
  });

  test('join_frames joins in time, a single frame too', () => {
    const clip = { shape: [1, 2, 1, 2, 1], data: [1, 2, 3, 4] };
    expect(run('join_frames', [image(1, 2, 1, [5, 6]), clip, image(1, 2, 1, [7, 8])]).y).toEqual([
      5, 6, 1, 2, 3, 4, 7, 8,
    ]);
  });

  test('matmul adds up the places of the other tensor, or compares with them', () => {
    const x = { shape: [1, 2, 2], data: [1, 2, 3, 4] };
    const other = { shape: [1, 2, 3], data: [1, 0, 2, 0, 1, 3] };
    expect(run('matmul', [x, other]).y).toEqual([1, 2, 8, 3, 4, 18]);
    const three = { shape: [1, 3, 2], data: [1, 0, 0, 1, 2, 2] };
    expect(run('matmul(transpose: true)', [x, three]).y).toEqual([1, 2, 6, 3, 4, 14]);
  });
});

describe('pooling', () => {
  const x = image(3, 3, 1, counting(9));

  test('avg_pool leaves what lies beyond the border out of the mean, unless padding is written', () => {
    expectClose(run('avg_pool(2, padding: "same")', [x]).y, [3, 4.5, 7.5, 9]);
    expectClose(run('avg_pool(2, padding: "valid")', [x]).y, [3]);
    expectClose(run('avg_pool(2, padding: 1)', [x]).y, [0.25, 1.25, 2.75, 7]);
  });

  test('max_pool never chooses what lies beyond the border', () => {
    const negative = image(
      3,
      3,
      1,
      counting(9).map((value) => -value),
    );
    expect(run('max_pool(2, padding: "same")', [negative]).y).toEqual([-1, -3, -7, -9]);
    expect(run('max_pool(3, stride: 1)', [x]).y).toEqual([5, 6, 6, 8, 9, 9, 8, 9, 9]);
  });

  test('global_avg_pool is the mean of every channel', () => {
    expect(run('global_avg_pool', [image(1, 2, 2, [1, 10, 3, 20])]).y).toEqual([2, 15]);
  });
});

describe('dropout', () => {
  const x = { shape: [1, 20_000], data: new Float64Array(20_000).fill(1) };

  test('drops the share that it says and enlarges the rest, so that the mean stays', () => {
    const { y } = run('dropout(0.3)', [x]);
    const dropped = y.filter((value) => value === 0).length / y.length;
    expect(Math.abs(dropped - 0.3)).toBeLessThan(0.015);
    expect(new Set(y.filter((value) => value !== 0))).toEqual(new Set([1 / 0.7]));
  });

  test('does nothing when sampling, unless always', () => {
    expect(new Set(run('dropout(0.3)', [x], { training: false }).y)).toEqual(new Set([1]));
    expect(new Set(run('dropout(0.3, always: true)', [x], { training: false }).y).size).toBe(2);
  });
});

describe('activations', () => {
  const points = [-3, -1, -0.1, 0, 0.1, 1, 3];
  const expected: Readonly<Record<string, (x: number) => number>> = {
    relu: (x) => Math.max(0, x),
    'leaky_relu(0.1)': (x) => (x > 0 ? x : 0.1 * x),
    'elu(0.5)': (x) => (x > 0 ? x : 0.5 * (Math.exp(x) - 1)),
    selu: (x) => 1.0507009873554805 * (x > 0 ? x : 1.6732632423543772 * (Math.exp(x) - 1)),
    swish: (x) => x / (1 + Math.exp(-x)),
    tanh: Math.tanh,
    sigmoid: (x) => 1 / (1 + Math.exp(-x)),
    softplus: (x) => Math.log(1 + Math.exp(x)),
  };

  test.each(Object.entries(expected))('%s', (call, f) => {
    expectClose(run(call, [{ shape: [1, 7], data: points }]).y, points.map(f));
  });

  test('gelu has the published values', () => {
    const { y } = run('gelu', [{ shape: [1, 3], data: [-1, 1, 2] }]);
    expectClose(y, [-0.15865525393145707, 0.8413447460685429, 1.9544997361036416], 1e-7);
  });

  test('softmax adds up to 1 along the channels, without overflow', () => {
    const { y } = run('softmax', [image(1, 2, 2, [1000, 1000, 0, Math.log(3)])]);
    expectClose(y, [0.5, 0.5, 0.25, 0.75]);
  });

  test('none but relu flattens what is very large', () => {
    const { y } = run('softplus', [{ shape: [1, 2], data: [800, -800] }]);
    expectClose(y, [800, 0]);
    expectClose(run('elu', [{ shape: [1, 1], data: [800] }]).y, [800]);
  });
});
