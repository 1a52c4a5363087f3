import { expect, test } from 'vitest';
import { findings, judge, maker } from '../findings.ts';

const said = (before: string, next: string) =>
  `missing-activation: nothing bends what ${before} makes before ${next} takes it`;

test.each([
  ['z -> dense(192) -> reshape(8, 8, 3) -> upsample(2) -> conv2d(3) -> tanh', said('dense', 'conv2d')],
  ['z -> dense(16) -> dense(16*16 * 3) -> reshape(16, 16, 3) -> tanh', said('dense', 'dense')],
])('%s', (body, finding) => {
  expect(findings(maker(body))).toEqual([finding]);
});

test('a map that is only made smaller or flat is linear still', () => {
  const body = 'x -> conv2d(8, kernel: 3) -> avg_pool(2) -> flatten -> dense(1)';
  expect(findings(judge(body))).toEqual([said('conv2d', 'dense')]);
});

test.each([
  ['a narrow layer between two wide ones', 'z -> dense(4) -> dense(768) -> reshape(16, 16, 3) -> tanh'],
  [
    'a normalisation between them',
    'z -> dense(768, bias: false) -> reshape(16, 16, 3) -> batch_norm -> conv2d(3) -> tanh',
  ],
  [
    'a second use of what is linear',
    'h = z -> dense(768) -> reshape(16, 16, 3)\n  return h + (h -> conv2d(3)) -> tanh',
  ],
])('silent: %s', (_, body) => {
  expect(findings(maker(body))).toEqual([]);
});
