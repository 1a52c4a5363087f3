import type { Arguments } from '../arguments/arguments.ts';
import { frameCount } from '../diagnostics/codes/frame-count.ts';
import * as t from '../tensor/index.ts';
import { defineLayer } from './layer.ts';
import { inputOfKind } from './parts/rank.ts';

export const pickFrames = defineLayer({
  name: 'pick_frames',
  summary:
    'some frames of a clip, or places of a sequence, in order: chosen at random, or those of a stretch',
  documentation: `
\`[T, H, W, C] -> [count, H, W, C]\`, or \`[T, C] -> [count, C]\`.

* \`pick_frames(8)\`: the clip is cut into 8 stretches as equal as can be, and a frame is drawn from each, for every example anew; when
  sampling, the middle one is taken. A judge of single frames then sees enough of every clip at a fraction of the cost (DVD-GAN).
* \`pick_frames(8, every: 2)\`: 8 frames, each two after the last, that begin at a random place; in sampling in the middle. With
  \`every: 1\` it is a window in time, as a judge of motion is shown it (MoCoGAN), with larger steps a slower clip (TGANv2).
* \`pick_frames(8, from: 0)\`: the 8 frames after the first \`from\`, always those; \`every\` takes them farther apart.

Clark, Donahue & Simonyan, *Adversarial Video Generation on Complex Datasets* (DVD-GAN), 2019. Saito, Saito, Koyama & Kobayashi,
*Train Sparsely, Generate Densely* (TGANv2), 2020.
`,
  inputs: 'one',
  arguments: [
    { name: 'count', kind: 'size', summary: 'how many frames', min: 1 },
    {
      name: 'every',
      kind: 'int',
      summary: 'how far each is from the last; none: one from each stretch, or 1 with `from`',
      default: null,
      min: 1,
    },
    {
      name: 'from',
      kind: 'int',
      summary: 'how many frames are before the first; none: chosen at random',
      default: null,
      min: 0,
    },
  ],
  isRandom: true,
  shape(query) {
    const x = inputOfKind(query, 'pick_frames', 'timed');
    if (!x) return null;
    const { args } = query;
    const [frames, ...picture] = x;
    const count = args.dim('count');
    const [all, wanted] = [frames!.value, count.value];
    if (all === null || wanted === null) return [count, ...picture];
    const last = inARow(args) ? firstOf(args) + reachOf(args, wanted) : wanted;
    if (last <= all) return [count, ...picture];
    return query.report(frameCount, {
      at: args.span('count') ?? query.span,
      facts: { problem: 'picked', wanted: count, frames: frames!, ...(inARow(args) ? { last } : {}) },
    });
  },
  range: ([x]) => x!,
  lower({ builder, inputs: [x], args, training, uniform }) {
    const [batch, frames, ...picture] = x!.shape as [number, number, ...number[]];
    const count = args.int('count');
    if (args.has('from') && stepOf(args) === 1) {
      const start = [0, firstOf(args), ...picture.map(() => 0)];
      return t.slice(x!, start, [batch, count, ...picture]);
    }
    const pick = inARow(args) ? row : oneOfEach;
    // Frame numbers go through f32, in which whole numbers are exact far beyond any clip.
    const before = Array.from({ length: batch }, (_, at) => at * frames);
    const numbers = t.add(pick(), t.constant(builder, before, [batch, 1]));
    const chosen = t.reshape(t.cast(numbers, 'i32'), [batch * count]);
    const all = t.reshape(x!, [batch * frames, ...picture]);
    return t.reshape(t.gather(all, chosen), [batch, count, ...picture]);

    /** Frames at one distance: [batch, count]. */
    function row(): t.Value {
      const step = stepOf(args);
      const steps = t.constant(
        builder,
        Array.from({ length: count }, (_, at) => at * step),
        [1, count],
      );
      const places = frames - reachOf(args, count) + 1;
      if (args.has('from') || !training) {
        const first = args.has('from') ? firstOf(args) : Math.floor((places - 1) / 2);
        return t.add(steps, t.constant(builder, first, [batch, 1]));
      }
      return t.add(steps, t.floor(t.mul(uniform([batch, 1]), places)));
    }

    /** A frame of each stretch: [batch, count]. */
    function oneOfEach(): t.Value {
      const starts = Array.from({ length: count + 1 }, (_, at) => Math.floor((at * frames) / count));
      const lengths = starts.slice(1).map((end, at) => end - starts[at]!);
      const within = training ? uniform([batch, count]) : t.constant(builder, 0.5, [batch, count]);
      const offsets = t.floor(t.mul(within, t.constant(builder, lengths, [count])));
      return t.add(offsets, t.constant(builder, starts.slice(0, -1), [1, count]));
    }
  },
  examples: [
    { call: 'pick_frames(2)', inputs: [[5, 2, 1, 2]], output: [2, 2, 1, 2] },
    { call: 'pick_frames(3)', inputs: [[3, 1, 2, 1]], output: [3, 1, 2, 1] },
    { call: 'pick_frames(2, every: 2)', inputs: [[5, 3]], output: [2, 3] },
    { call: 'pick_frames(3, from: 1)', inputs: [[4, 1, 2, 1]], output: [3, 1, 2, 1] },
    { call: 'pick_frames(2, every: 3, from: 1)', inputs: [[5, 2]], output: [2, 2] },
  ],
});

/** Whether its frames lie at one distance, and are not one of each stretch. */
function inARow(args: Arguments): boolean {
  return args.has('every') || args.has('from');
}

function firstOf(args: Arguments): number {
  return args.has('from') ? args.int('from') : 0;
}

/** How many frames lie from the first of `count` to the last, both included. */
function reachOf(args: Arguments, count: number): number {
  return (count - 1) * stepOf(args) + 1;
}

function stepOf(args: Arguments): number {
  return args.has('every') ? args.int('every') : 1;
}
