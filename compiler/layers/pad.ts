import { union } from '../3-check/interval.ts';
import { argumentValue } from '../diagnostics/codes/argument-value.ts';
import * as t from '../tensor/index.ts';
import { defineLayer } from './layer.ts';
import { type Border, borderArgument, borderFor } from './parts/border.ts';
import { inputOfKind } from './parts/rank.ts';
import { paddingOf } from './parts/windows.ts';

export const pad = defineLayer({
  name: 'pad',
  summary: 'adds a border to a map',
  documentation: `
\`pad(1)\` makes [H, W, C] into [H + 2, W + 2, C]; \`pad([[0, 1], [0, 1]])\` adds a row below and a column at the right.

* \`mode: "constant"\` fills with \`value\`.
* \`mode: "reflect"\` fills with the mirror image of the map, its edge not repeated, as CycleGAN does: the border must be narrower than
  the map.
* \`mode: "border"\` repeats the edge (PyTorch's replication).
* \`mode: "wrap"\` goes on at the other side, for textures that are tiled; the border may be as wide as the map.
`,
  inputs: 'one',
  arguments: [
    borderArgument('add'),
    {
      name: 'mode',
      kind: 'choice',
      summary: 'what the border is filled with',
      default: 'constant',
      choices: ['constant', 'reflect', 'border', 'wrap'],
    },
    { name: 'value', kind: 'number', summary: 'the number that fills it, for "constant"', default: 0 },
  ],
  shape(query) {
    const x = inputOfKind(query, 'pad', 'map');
    const border = x && borderFor(query, 'pad', x.length - 1);
    if (!border) return null;
    // A mirror image has all but the edge, the other side has all.
    const [lacks, verb] = LACKS[query.args.string('mode')] ?? [-Infinity, ''];
    const tooWide = border.findIndex((sides, axis) => {
      const size = x[axis]!.value;
      return size !== null && Math.max(...sides) > size - lacks;
    });
    if (tooWide >= 0) {
      return query.report(argumentValue, {
        at: query.args.span('padding') ?? query.span,
        facts: {
          call: 'pad',
          name: 'padding',
          wanted: `at most ${x[tooWide]!.value! - lacks} here, since a map of ${x[tooWide]} has no more to ${verb}`,
          given: String(Math.max(...border[tooWide]!)),
        },
      });
    }
    return x.map((size, axis) => (border[axis] ? size.plus(border[axis][0] + border[axis][1]) : size));
  },
  range([x], args) {
    if (args.string('mode') !== 'constant') return x!;
    const value = args.number('value');
    return union(x!, { low: value, high: value });
  },
  lower({ inputs: [x], args }) {
    const border = paddingOf(args, x!.shape.length - 2) as Border;
    const mode = args.string('mode');
    if (mode === 'border' || mode === 'wrap') {
      return border.reduce((map, sides, axis) => joined(map, axis + 1, sides, mode), x!);
    }
    return t.pad(x!, {
      before: [0, ...border.map(([before]) => before), 0],
      after: [0, ...border.map(([, after]) => after), 0],
      ...(mode === 'reflect' ? { mode: 'reflect' } : { value: args.number('value') }),
    });
  },
  examples: [
    { call: 'pad(1)', inputs: [[2, 3, 2]], output: [4, 5, 2] },
    { call: 'pad([[0, 1], [2, 0]], value: 0.5)', inputs: [[2, 2, 1]], output: [3, 4, 1] },
    { call: 'pad(2, mode: "reflect")', inputs: [[3, 4, 1]], output: [7, 8, 1] },
    { call: 'pad([[2, 0], [0, 1]], mode: "border")', inputs: [[2, 3, 1]], output: [4, 4, 1] },
    { call: 'pad([[1, 2], [0, 3]], mode: "wrap")', inputs: [[2, 3, 1]], output: [5, 6, 1] },
    { call: 'pad([[1, 0], [0, 0], [0, 1]])', inputs: [[1, 2, 2, 1]], output: [2, 2, 3, 1] },
  ],
});

/** How much less than the size of a map there is to fill a border with, and how it is filled. */
const LACKS: Readonly<Record<string, readonly [number, string]>> = {
  reflect: [1, 'reflect'],
  wrap: [0, 'go on with'],
};

/** A map with pieces of itself before and after it along an axis. */
function joined(x: t.Value, axis: number, sides: Border[number], mode: 'border' | 'wrap'): t.Value {
  const size = x.shape[axis]!;
  const piece = (from: number, count: number) =>
    t.slice(
      x,
      x.shape.map((_, at) => (at === axis ? from : 0)),
      x.shape.with(axis, count),
    );
  const [before, after] = sides.map((count, side) => {
    if (count === 0) return [];
    if (mode === 'wrap') return [piece(side === 0 ? size - count : 0, count)];
    return [t.broadcast(piece(side === 0 ? 0 : size - 1, 1), x.shape.with(axis, count))];
  });
  return t.concat([...before!, x, ...after!], axis);
}
