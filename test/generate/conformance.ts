import { constraints } from '../../compiler/constraints/index.ts';
import { presets } from '../../compiler/losses/presets.ts';
import { penalties } from '../../compiler/regularizers/index.ts';
import { casesOf } from '../4-lower/step-cases.ts';
import { allExamples, hasDifferences, layerExamples, type Use } from '../layers/all-examples.ts';

/** What is tested of every definition, as a page: the tests and this table read the same lists. */

/** A way to test an example of a layer: which examples it takes, and where. */
interface Column {
  readonly name: string;
  readonly means: string;
  readonly test: string;
  takes(use: Use): boolean;
}

const examples = 'test/layers/examples.test.ts';
const engines = 'test/layers/on-engines.test.ts';
const all = () => true;

export const columns: readonly Column[] = [
  { name: 'shape', means: 'the shape is the one that the example gives', test: examples, takes: all },
  { name: 'weights', means: 'as many trained weights as the example gives', test: examples, takes: all },
  {
    name: 'range',
    means: 'in training and in sampling, values lie where the layer says',
    test: examples,
    takes: all,
  },
  {
    name: '1st gradient',
    means: 'within 1e-6 of finite differences, in float64, for inputs and weights',
    test: examples,
    takes: ({ layer }) => hasDifferences(layer),
  },
  {
    name: '2nd gradient',
    means: 'within 1e-5 of finite differences of the first, in float64',
    test: examples,
    takes: ({ layer }) => hasDifferences(layer),
  },
  {
    name: 'spec',
    means: 'written in a spec, it is checked without an error',
    test: 'test/layers/in-a-spec.test.ts',
    takes: (use) => layerExamples.includes(use),
  },
  {
    name: 'wasm',
    means: 'value and both gradients as the float64 reference has them: 1e-5, second order 5e-5',
    test: engines,
    takes: all,
  },
  {
    name: 'tensorflow',
    means: 'the same; where that engine is installed, in CI among other places',
    test: engines,
    takes: all,
  },
];

/** A row of numbers: how many examples, or steps, are tested in each way. */
export interface Row {
  readonly name: string;
  readonly cells: readonly number[];
}

export function layerRows(): readonly Row[] {
  const names = [...new Set(allExamples.map(({ layer }) => layer.name))];
  return names.map((name) => {
    const uses = allExamples.filter(({ layer }) => layer.name === name);
    return { name, cells: columns.map(({ takes }) => uses.filter(takes).length) };
  });
}

const STEPS = 'test/4-lower/steps.slow.test.ts';
const draws = ['fresh', 'shared'] as const;

/** The steps in which a loss or a penalty is called, for each kind of draw. */
function stepRow(name: string): Row {
  const call = new RegExp(`(?<![\\w.])${name.replaceAll('.', '\\.')}\\(`);
  const uses = (kind: (typeof draws)[number]) =>
    casesOf[kind].filter(({ terms, term }) => call.test(`${terms.join(' ')} ${term}`)).length;
  return { name, cells: draws.map(uses) };
}

export function lossRows(): readonly Row[] {
  return presets().map(({ loss }) => stepRow(loss.path.map(({ name }) => name).join('.')));
}

export function penaltyRows(): readonly Row[] {
  return penalties.map(({ name }) => stepRow(name));
}

function table(head: readonly string[], rows: readonly Row[]): string {
  const lines = [
    head,
    head.map((_, at) => (at === 0 ? '---' : '--:')),
    ...rows.map(({ name, cells }) => [
      `\`${name}\``,
      ...cells.map((count) => (count === 0 ? '' : `${count}`)),
    ]),
  ];
  return lines.map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

/** `specs/conformance.md`. */
export function conformancePage(): string {
  const held = constraints.map(({ name }) => `\`${name}\``).join(', ');
  return `<!-- Generated: npm run generate. -->
# Conformance

What is tested of every layer, loss and penalty. A number says how many examples, or training steps, are tested in that way.

## Layers and functions

Every example in the file of a layer is a test of all of these:

| column | what must hold | test |
| --- | --- | --- |
${columns.map(({ name, means, test }) => `| ${name} | ${means} | \`${test}\` |`).join('\n')}

Functions have no place in the flow of a network, so no spec is written for them; \`stop_gradient\` is constant by what it says, not by
what it computes. Weights that are held (${held}) are part of the examples;
\`test/constraints/\` has more of them.

${table(['', ...columns.map(({ name }) => name)], layerRows())}

## Losses and penalties

One step of a small GAN with spectral norm, batch norm and averaged weights, on wasm and on tensorflow: every weight and
statistic lies within 1e-4 of where the float64 reference puts it (\`${STEPS}\`). Each update draws for itself, or
all share one draw. The values of losses are compared with what the papers write in \`test/losses/values.test.ts\`.

${table(['loss', ...draws], lossRows())}

${table(['penalty', ...draws], penaltyRows())}

Whole networks are compared with PyTorch in \`test/parity/\`, primitives with the reference in \`test/engines/\` and \`test/tensor/\`.
`;
}
