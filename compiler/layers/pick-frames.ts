import { frameCount } from '../diagnostics/codes/frame-count.ts';
import * as t from '../tensor/index.ts';
import { defineLayer } from './layer.ts';
import { inputOfKind } from './parts/rank.ts';

export const pickFrames = defineLayer({
  name: 'pick_frames',
  summary: 'some frames of a clip, chosen at random, in order',
  documentation: `
\`[T, H, W, C] -> [count, H, W, C]\`. The clip is cut into \`count\` stretches as equal as can be, and a frame is drawn from each, for
every example anew; when sampling, the middle one is taken. A judge of single frames then sees enough of every clip at a fraction
of the cost.

Frames at certain places are left by \`crop\`: \`crop([[3, 0], [0, 0], [0, 0]])\` drops the first three.

Clark, Donahue & Simonyan, *Adversarial Video Generation on Complex Datasets* (DVD-GAN), 2019.
`,
  inputs: 'one',
  arguments: [{ name: 'count', kind: 'size', summary: 'how many frames', min: 1 }],
  isRandom: true,
  shape(query) {
    const x = inputOfKind(query, 'pick_frames', 'clip');
    if (!x) return null;
    const [frames, ...picture] = x;
    const count = query.args.dim('count');
    if (frames!.value === null || count.value === null || count.value <= frames!.value) {
      return [count, ...picture];
    }
    return query.report(frameCount, {
      at: query.args.span('count') ?? query.span,
      facts: { problem: 'picked', wanted: count, frames: frames! },
    });
  },
  range: ([x]) => x!,
  lower({ builder, inputs: [x], args, training, uniform }) {
    const [batch, frames, ...picture] = x!.shape as [number, number, ...number[]];
    const count = args.int('count');
    const starts = Array.from({ length: count + 1 }, (_, at) => Math.floor((at * frames) / count));
    const lengths = starts.slice(1).map((end, at) => end - starts[at]!);
    // Frame numbers go through f32, in which whole numbers are exact far beyond any clip.
    const firsts = t.constant(
      builder,
      Array.from({ length: batch * count }, (_, at) => Math.floor(at / count) * frames + starts[at % count]!),
      [batch, count],
    );
    const within = training ? uniform([batch, count]) : t.constant(builder, 0.5, [batch, count]);
    const offsets = t.floor(t.mul(within, t.constant(builder, lengths, [count])));
    const chosen = t.reshape(t.cast(t.add(firsts, offsets), 'i32'), [batch * count]);
    const all = t.reshape(x!, [batch * frames, ...picture]);
    return t.reshape(t.gather(all, chosen), [batch, count, ...picture]);
  },
  examples: [
    { call: 'pick_frames(2)', inputs: [[5, 2, 1, 2]], output: [2, 2, 1, 2] },
    { call: 'pick_frames(3)', inputs: [[3, 1, 2, 1]], output: [3, 1, 2, 1] },
  ],
});
