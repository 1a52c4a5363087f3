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
\`mode: "constant"\` fills with \`value\`; \`mode: "reflect"\` with the mirror image of the map, its edge not repeated, as CycleGAN
does: the border must then be narrower than the map.
`,
  inputs: 'one',
  arguments: [
    borderArgument('add'),
    {
      name: 'mode',
      kind: 'choice',
      summary: 'what the border is filled with',
      default: 'constant',
      choices: ['constant', 'reflect'],
    },
    { name: 'value', kind: 'number', summary: 'the number that fills it, for "constant"', default: 0 },
  ],
  shape(query) {
    const x = inputOfKind(query, 'pad', 'map');
    const border = x && borderFor(query, 'pad', x.length - 1);
    if (!border) return null;
    const tooWide =
      query.args.string('mode') === 'reflect' &&
      border.findIndex((sides, axis) => {
        const size = x[axis]!.value;
        return size !== null && Math.max(...sides) >= size;
      });
    if (typeof tooWide === 'number' && tooWide >= 0) {
      return query.report(argumentValue, {
        at: query.args.span('padding') ?? query.span,
        facts: {
          call: 'pad',
          name: 'padding',
          wanted: `less than ${x[tooWide]} here, since a map of ${x[tooWide]} has no more to reflect`,
          given: String(Math.max(...border[tooWide]!)),
        },
      });
    }
    return x.map((size, axis) => (border[axis] ? size.plus(border[axis][0] + border[axis][1]) : size));
  },
  range([x], args) {
    if (args.string('mode') === 'reflect') return x!;
    const value = args.number('value');
    return union(x!, { low: value, high: value });
  },
  lower({ inputs: [x], args }) {
    const border = paddingOf(args, x!.shape.length - 2) as Border;
    return t.pad(x!, {
      before: [0, ...border.map(([before]) => before), 0],
      after: [0, ...border.map(([, after]) => after), 0],
      ...(args.string('mode') === 'reflect' ? { mode: 'reflect' } : { value: args.number('value') }),
    });
  },
  examples: [
    { call: 'pad(1)', inputs: [[2, 3, 2]], output: [4, 5, 2] },
    { call: 'pad([[0, 1], [2, 0]], value: 0.5)', inputs: [[2, 2, 1]], output: [3, 4, 1] },
    { call: 'pad(2, mode: "reflect")', inputs: [[3, 4, 1]], output: [7, 8, 1] },
    { call: 'pad([[1, 0], [0, 0], [0, 1]])', inputs: [[1, 2, 2, 1]], output: [2, 2, 3, 1] },
  ],
});
