import * as t from '../tensor/index.ts';
import { defineLayer } from './layer.ts';
import { inputOfKind } from './parts/rank.ts';
import { perAxis } from './parts/windows.ts';

export const upsample = defineLayer({
  name: 'upsample',
  summary: 'enlarges a map by a whole factor',
  documentation: `
\`[H, W, C] -> [factor*H, factor*W, C]\`; of a clip, time as well: \`upsample([1, 2, 2])\` leaves it. \`mode: "nearest"\` repeats
every pixel. \`mode: "bilinear"\` goes evenly from pixel to pixel, with their centres in place and the border continued (PyTorch's
\`align_corners=False\`, TensorFlow's \`resize\`).

\`upsample(2) -> conv2d(filters, kernel: 3)\` is the way to grow without a checkerboard (Odena, Dumoulin & Olah, 2016).
`,
  inputs: 'one',
  arguments: [
    {
      name: 'factor',
      kind: 'int',
      summary: 'how many times as large; one number per axis as a list',
      default: 2,
      min: 1,
    },
    {
      name: 'mode',
      kind: 'choice',
      summary: 'how the places between are filled',
      default: 'nearest',
      choices: ['nearest', 'bilinear'],
    },
  ],
  shape(query) {
    const x = inputOfKind(query, 'upsample', 'map');
    const factors = x && perAxis(query, 'upsample', 'factor', x.length - 1);
    return factors && x.map((size, axis) => (axis < factors.length ? size.times(factors[axis]!) : size));
  },
  range: ([x]) => x!,
  lower({ inputs: [x], args }) {
    const factors = args.perAxis('factor', x!.shape.length - 2);
    if (args.string('mode') === 'nearest') return t.upsampleNearest(x!, factors);
    return factors.reduce((y, factor, axis) => interpolate(y, axis + 1, factor), x!);
  },
  examples: [
    { call: 'upsample(2)', inputs: [[2, 3, 2]], output: [4, 6, 2] },
    { call: 'upsample([1, 3])', inputs: [[2, 2, 1]], output: [2, 6, 1] },
    { call: 'upsample(2, mode: "bilinear")', inputs: [[3, 2, 2]], output: [6, 4, 2] },
    { call: 'upsample(3, mode: "bilinear")', inputs: [[2, 1, 1]], output: [6, 3, 1] },
    { call: 'upsample([1, 2, 2])', inputs: [[2, 2, 1, 2]], output: [2, 4, 2, 2] },
  ],
});

/**
 * Linear interpolation along one axis. Of the `factor` new places in a pixel, those before its centre lie
 * between it and the pixel before, the others between it and the pixel after.
 */
function interpolate(x: t.Value, axis: number, factor: number): t.Value {
  if (factor === 1) return x;
  const length = x.shape[axis]!;
  const cut = (begin: number, count: number) =>
    t.slice(
      x,
      x.shape.map((_, other) => (other === axis ? begin : 0)),
      x.shape.with(axis, count),
    );
  const neighbour = { before: [cut(0, 1)], after: [cut(length - 1, 1)] };
  if (length > 1) {
    neighbour.before.push(cut(0, length - 1));
    neighbour.after.unshift(cut(1, length - 1));
  }
  const before = t.concat(neighbour.before, axis);
  const after = t.concat(neighbour.after, axis);
  const places = Array.from({ length: factor }, (_, place) => {
    const offset = (place + 0.5) / factor - 0.5;
    const towards = offset < 0 ? before : after;
    const between =
      offset === 0 ? x : t.add(t.mul(x, 1 - Math.abs(offset)), t.mul(towards, Math.abs(offset)));
    return t.reshape(between, x.shape.toSpliced(axis + 1, 0, 1));
  });
  return t.reshape(t.concat(places, axis + 1), x.shape.with(axis, length * factor));
}
