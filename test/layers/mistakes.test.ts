import { describe, expect, test } from 'vitest';
import { Dim } from '../../compiler/3-check/dim.ts';
import { functions } from '../../compiler/functions/index.ts';
import { layers } from '../../compiler/layers/index.ts';
import { shapeOf } from './applied.ts';
import { readCall } from './written-call.ts';

type Sizes = readonly (number | Dim)[];

function said(call: string, ...inputs: readonly Sizes[]) {
  const { definition, args } = readCall(call, [...layers, ...functions]);
  return shapeOf(definition, args, inputs);
}

describe('a layer that does not fit says why', () => {
  test.each<[call: string, inputs: Sizes[], code: string]>([
    ['dense(3)', [[4, 4, 2]], 'rank-mismatch'],
    ['conv2d(3)', [[16, 4, 4, 2]], 'rank-mismatch'],
    ['conv2d(3)', [[16]], 'rank-mismatch'],
    ['conv3d(3)', [[4, 4, 2]], 'rank-mismatch'],
    ['conv1d(3)', [[4, 4, 2]], 'rank-mismatch'],
    ['conv1d_transpose(3)', [[4]], 'rank-mismatch'],
    ['conv2d_transpose(3)', [[16]], 'rank-mismatch'],
    ['conv3d_transpose(3)', [[4, 4, 2]], 'rank-mismatch'],
    ['instance_norm', [[5]], 'rank-mismatch'],
    ['upsample(2)', [[5]], 'rank-mismatch'],
    ['avg_pool(2)', [[5]], 'rank-mismatch'],
    ['global_avg_pool', [[5]], 'rank-mismatch'],
    ['pixel_shuffle(2)', [[2, 4, 4, 8]], 'rank-mismatch'],
    ['pick_frames(2)', [[4, 4, 8]], 'rank-mismatch'],
    ['join_frames', [[]], 'rank-mismatch'],
    [
      'join_frames',
      [
        [2, 4, 4, 3],
        [2, 4, 5, 3],
      ],
      'add-shape-mismatch',
    ],
    [
      'join_frames',
      [
        [2, 4],
        [4, 4, 4],
      ],
      'add-shape-mismatch',
    ],
    [
      'matmul',
      [
        [4, 4, 8],
        [7, 3],
      ],
      'argument-value',
    ],
    ['matmul(transpose: true)', [[8], [8, 3]], 'argument-value'],
    ['matmul', [[8], [8]], 'argument-value'],
    ['pick_channels(1)', [[]], 'rank-mismatch'],
    ['pick_channels(3, from: 6)', [[4, 4, 8]], 'argument-value'],
    ['pick_channels(1, from: 8)', [[8]], 'argument-value'],
    ['random_crop(4)', [[8]], 'rank-mismatch'],
    ['random_crop(6)', [[5, 8, 3]], 'argument-value'],
    ['warp', [[8], [8, 2]], 'rank-mismatch'],
    [
      'affine_warp',
      [
        [8, 8, 3],
        [2, 3],
      ],
      'argument-value',
    ],
    ['affine_warp', [[8], [6]], 'rank-mismatch'],
    ['random_hue', [[8, 8, 1]], 'argument-value'],
    ['random_rotation', [[8, 8]], 'rank-mismatch'],
    ['dot', [[], []], 'rank-mismatch'],
    [
      'dot',
      [
        [4, 4, 8],
        [4, 8],
      ],
      'add-shape-mismatch',
    ],
    ['embed(4)', [[7]], 'rank-mismatch'],
    ['projection', [[4, 4, 8], [5]], 'rank-mismatch'],
    ['projection', [[8], [4, 4, 8]], 'rank-mismatch'],
    ['conv2d(3, kernel: 5, padding: "valid")', [[4, 8, 1]], 'size-collapsed'],
    ['conv2d(3, kernel: 3, dilation: 4, padding: "valid")', [[8, 8, 1]], 'size-collapsed'],
    ['avg_pool(5, padding: "valid")', [[4, 4, 1]], 'size-collapsed'],
    ['crop(2)', [[4, 8, 1]], 'size-collapsed'],
    ['crop([1, 0])', [[4, 8]], 'argument-value'],
    ['conv2d(4, groups: 2)', [[8, 8, 3]], 'shuffle-channels'],
    ['conv2d(3, groups: 2)', [[8, 8, 4]], 'shuffle-channels'],
    ['conv2d_transpose(4, groups: 2)', [[8, 8, 3]], 'shuffle-channels'],
    ['conv1d(2, padding: [[1, 1], [1, 1]])', [[8, 1]], 'argument-value'],
    ['conv1d(2, stride: [2, 2])', [[8, 1]], 'argument-value'],
    ['pixel_shuffle(2)', [[8, 8, 6]], 'shuffle-channels'],
    ['pixel_unshuffle(3)', [[6, 8, 2]], 'argument-value'],
    ['pixel_unshuffle(2)', [[8, 8]], 'rank-mismatch'],
    ['group_norm(4)', [[8, 8, 6]], 'shuffle-channels'],
    ['group_norm', [[8, 8, 16]], 'shuffle-channels'],
    [
      'conditional_batch_norm',
      [
        [4, 4, 2],
        [4, 4, 2],
      ],
      'rank-mismatch',
    ],
    ['conditional_instance_norm', [[4], [2]], 'rank-mismatch'],
    [
      'adaptive_instance_norm',
      [
        [4, 4, 2],
        [4, 4, 3],
      ],
      'argument-value',
    ],
    ['gru(4)', [[8]], 'rank-mismatch'],
    ['gru(4)', [[8, 3], [5]], 'argument-value'],
    ['lstm(4)', [[1001, 3]], 'network-too-large'],
    ['conv_lstm(4)', [[8, 8, 3]], 'rank-mismatch'],
    ['conv_gru(4)', [[8, 8, 3]], 'rank-mismatch'],
    ['conv_lstm(4, kernel: 4)', [[2, 8, 8, 3]], 'argument-value'],
    ['conv_lstm(4, kernel: [3, 3, 3])', [[2, 8, 8, 3]], 'argument-value'],
    [
      'conv_lstm(4)',
      [
        [2, 8, 8, 3],
        [8, 8, 3],
      ],
      'argument-value',
    ],
    ['blur([0, 0])', [[8, 8, 3]], 'argument-value'],
    ['blur([3])', [[8, 8, 3]], 'argument-value'],
    ['blur(up: 2, down: 2)', [[8, 8, 3]], 'argument-value'],
    ['blur(padding: "valid")', [[3, 8, 3]], 'size-collapsed'],
    ['blur(down: 4)', [[3, 8, 3]], 'size-collapsed'],
    ['depthwise_conv2d(3)', [[16]], 'rank-mismatch'],
    ['separable_conv2d(3, kernel: [3, 3, 3])', [[8, 8, 3]], 'argument-value'],
    [
      'modulated_conv2d(3)',
      [
        [8, 8, 3],
        [8, 8, 3],
      ],
      'rank-mismatch',
    ],
    ['modulated_conv2d(3, kernel: 4)', [[8, 8, 3], [5]], 'argument-value'],
    ['modulated_conv2d(3)', [[8], [5]], 'rank-mismatch'],
    ['self_attention', [[8, 8, 12]], 'shuffle-channels'],
    ['self_attention(values: 3)', [[8, 8, 16]], 'shuffle-channels'],
    ['self_attention', [[16]], 'rank-mismatch'],
    ['self_attention', [[1, 8, 16]], 'size-collapsed'],
    ['multi_head_attention(3)', [[8, 16]], 'shuffle-channels'],
    ['multi_head_attention(2)', [[16]], 'rank-mismatch'],
    ['multi_head_attention(2)', [[8, 16], [5]], 'argument-value'],
    ['minibatch_stddev', [[16]], 'rank-mismatch'],
    ['minibatch_stddev(channels: 2)', [[8, 8, 3]], 'shuffle-channels'],
    ['minibatch_discrimination', [[4, 4, 2]], 'rank-mismatch'],
    ['maxout(3)', [[4, 4, 4]], 'shuffle-channels'],
    ['learned_noise', [[4]], 'rank-mismatch'],
    ['blend(amount: 0.5)', [[4], [5]], 'add-shape-mismatch'],
    ['reshape(4, 4, 256)', [[8192]], 'reshape-count-mismatch'],
    [
      'concat',
      [
        [4, 4, 2],
        [8, 8, 2],
      ],
      'concat-size-mismatch',
    ],
    ['concat', [[4, 4, 2], [8]], 'concat-size-mismatch'],
    [
      'add',
      [
        [4, 4, 2],
        [4, 4, 3],
      ],
      'add-shape-mismatch',
    ],
    ['dot', [[4], [5]], 'add-shape-mismatch'],
    ['maximum', [[4], [5]], 'add-shape-mismatch'],
    ['conv2d(3, kernel: [3, 3, 3])', [[8, 8, 1]], 'argument-value'],
    ['conv2d(3, padding: [[1, 1]])', [[8, 8, 1]], 'argument-value'],
    ['conv2d_transpose(3, stride: 2, output_padding: 1)', [[8, 8, 1]], 'argument-value'],
    ['conv2d_transpose(3, stride: 2, padding: 1, output_padding: 2)', [[8, 8, 1]], 'argument-value'],
    ['conv2d(3, kernel: 3, padding: 3)', [[8, 8, 1]], 'argument-value'],
    ['max_pool(2, padding: 2)', [[8, 8, 1]], 'argument-value'],
    ['conv2d_transpose(3, kernel: 2, stride: 2, padding: 2)', [[8, 8, 1]], 'argument-value'],
    ['conv2d_transpose(3, kernel: 4, stride: 2, padding: 3)', [[1, 1, 1]], 'size-collapsed'],
    ['pad("same")', [[8, 8, 1]], 'argument-value'],
    ['pad(8, mode: "reflect")', [[8, 8, 1]], 'argument-value'],
    ['pad(9, mode: "wrap")', [[8, 8, 1]], 'argument-value'],
    ['pick_frames(5)', [[4, 8, 8, 1]], 'frame-count'],
    ['pick_frames(2, every: 3)', [[3, 8]], 'frame-count'],
    ['pick_frames(2, from: 3)', [[4, 8, 8, 1]], 'frame-count'],
  ])('%s on %j', (call, inputs, code) => {
    expect(said(call, ...inputs)).toMatchObject({ shape: null, codes: [code] });
  });
});

describe('windows wider than any in use', () => {
  test.each([
    ['conv2d(3, kernel: 64, stride: 4)', '[16, 16, 3]'],
    ['conv2d_transpose(3, kernel: 512, stride: 4)', '[256, 256, 3]'],
  ])('%s is taken for channels written first', (call, shape) => {
    expect(said(call, [64, 64, 3])).toMatchObject({ shape, codes: ['large-kernel'] });
  });

  test('are usual over sequences', () => {
    expect(said('conv1d(3, kernel: 64)', [64, 3]).codes).toEqual([]);
    expect(said('conv2d(3, kernel: 31)', [64, 64, 3]).codes).toEqual([]);
  });
});

describe('odd sizes under a stride', () => {
  test('are rounded up, with a warning unless the padding is written', () => {
    expect(said('conv2d(3, kernel: 4, stride: 2)', [75, 64, 3])).toMatchObject({
      shape: '[38, 32, 3]',
      codes: ['odd-size'],
    });
    expect(said('conv2d(3, kernel: 4, stride: 2, padding: "same")', [75, 64, 3]).codes).toEqual([]);
    expect(said('conv2d(3, kernel: 4, padding: 1, stride: 2)', [75, 64, 3])).toMatchObject({
      shape: '[37, 32, 3]',
      codes: [],
    });
  });
});

describe('sizes that are only names', () => {
  const [h, w] = [Dim.named('H', 2), Dim.named('W', 2)];

  test('go through every layer', () => {
    const shape = (call: string, ...inputs: readonly Sizes[]) => said(call, ...inputs).shape;
    expect(shape('conv2d(3, kernel: 4, stride: 2)', [h, w, Dim.named('C')])).toBe('[H/2, W/2, 3]');
    expect(shape('conv2d(3, kernel: 4, stride: 2)', [Dim.named('H'), 8, 1])).toBe('[ceil(H/2), 4, 3]');
    expect(shape('conv2d_transpose(3, kernel: 4, stride: 2)', [h, w, 1])).toBe('[2*H, 2*W, 3]');
    expect(shape('conv2d(1, kernel: 4, padding: 1)', [Dim.named('H'), 8, 1])).toBe('[H - 1, 7, 1]');
    expect(shape('upsample(2)', [h, w, Dim.named('C')])).toBe('[2*H, 2*W, C]');
    expect(shape('avg_pool(2)', [h, w, 1])).toBe('[H/2, W/2, 1]');
    expect(shape('concat', [h, w, Dim.named('C')], [h, w, 3])).toBe('[H, W, C + 3]');
    expect(shape('pad(1)', [Dim.named('H'), 4, 1])).toBe('[H + 2, 6, 1]');
    expect(shape('flatten', [4, 4, Dim.named('C')])).toBe('[16*C]');
  });
});
