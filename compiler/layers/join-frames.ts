import { Dim } from '../3-check/dim.ts';
import { union } from '../3-check/interval.ts';
import { addShapeMismatch } from '../diagnostics/codes/add-shape-mismatch.ts';
import { rankMismatch } from '../diagnostics/codes/rank-mismatch.ts';
import * as t from '../tensor/index.ts';
import { defineLayer } from './layer.ts';

export const joinFrames = defineLayer({
  name: 'join_frames',
  summary: 'puts clips, frames or sequences one after the other in time',
  documentation: `
\`join_frames(past, next)\` or \`past -> join_frames(next)\`: clips [T, H, W, C] and [S, H, W, C] become [T + S, H, W, C], sequences [T, C]
and [S, C] become [T + S, C]. A single frame, an image [H, W, C] or a vector [C], counts as a clip or sequence of one. A judge of
predicted video is shown what was before it:

    past = clips.video -> pick_frames(4, from: 0)
    next = clips.video -> pick_frames(1, from: 4)
    real = join_frames(past, next)
    fake = join_frames(past, G(past))

Mathieu, Couprie & LeCun, *Deep Multi-Scale Video Prediction Beyond Mean Square Error*, 2016.
`,
  inputs: 'many',
  arguments: [],
  shape({ inputs, inputSpans, report }) {
    const [first, ...others] = inputs.map(asFrames);
    if (inputs[0]!.length < 1 || inputs[0]!.length > 4) {
      return report(rankMismatch, { facts: { layer: 'join_frames', wanted: 'timed', given: inputs[0]! } });
    }
    for (const [index, other] of others.entries()) {
      if (other.frame.join() === first!.frame.join()) continue;
      return report(addShapeMismatch, {
        facts: { operator: 'join_frames', left: first!.frame, right: other.frame },
        also: { left: inputSpans[0]!, right: inputSpans[index + 1]! },
      });
    }
    return [others.reduce((sum, { count }) => sum.plus(count), first!.count), ...first!.frame];
  },
  range: (inputs) => inputs.reduce(union),
  lower({ inputs }) {
    const frames = inputs.map((x) => {
      const [batch, ...sizes] = x.shape as [number, ...number[]];
      return isOneFrame(sizes) ? t.reshape(x, [batch, 1, ...sizes]) : x;
    });
    return t.concat(frames, 1);
  },
  examples: [
    {
      call: 'join_frames',
      inputs: [
        [2, 2, 1, 2],
        [3, 2, 1, 2],
      ],
      output: [5, 2, 1, 2],
    },
    {
      call: 'join_frames',
      inputs: [
        [2, 1, 2],
        [2, 2, 1, 2],
        [2, 1, 2],
      ],
      output: [4, 2, 1, 2],
    },
    { call: 'join_frames', inputs: [[3, 2], [2]], output: [4, 2] },
  ],
});

function asFrames(shape: readonly Dim[]): { readonly count: Dim; readonly frame: readonly Dim[] } {
  return isOneFrame(shape)
    ? { count: Dim.of(1), frame: shape }
    : { count: shape[0] ?? Dim.of(0), frame: shape.slice(1) };
}

/** An image or a vector, as opposed to a clip or a sequence. */
function isOneFrame({ length }: readonly unknown[]): boolean {
  return length === 3 || length === 1;
}
