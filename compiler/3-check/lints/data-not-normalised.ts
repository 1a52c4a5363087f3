import type * as ast from '../../1-parse/ast.ts';
import { dataNotNormalised } from '../../diagnostics/codes/data-not-normalised.ts';
import { replaceFix } from '../../diagnostics/fixes.ts';
import type { Network, TensorType } from '../model.ts';
import { declaredRange } from '../range-span.ts';
import { defineLint } from './lint.ts';
import { isLayer, type LayerNode, MOVES } from './network-layers.ts';

/** Far beyond what anyone scales data to, and below the levels of a byte: [0, 255], [-128, 127]. */
const LARGE = 100;

export const dataNotNormalisedLint = defineLint({
  codes: ['data-not-normalised'],
  check({ file, report, training }) {
    if (!training) return;
    for (const { op, inputs, trace } of training.training.graph) {
      if (op.kind !== 'call') continue;
      const network = training.network(op.network);
      for (const [place, input] of inputs.entries()) {
        const { op: given, type } = training.node(input);
        const port = network.ports[place];
        if (given.kind !== 'data' || !port || !isLargePicture(type)) continue;
        const layer = firstKernel(network, port.name);
        const at = layer && declaredRange(file, given.dataset, given.field);
        if (!at) continue;
        const field = `${given.dataset}.${given.field}`;
        report.report(dataNotNormalised, {
          at,
          facts: { field, range: type.range, network: network.name, layer: layer.op.layer.name },
          also: { layer: layer.span },
          trace,
          // What a network promises to make would no longer be what it makes.
          fixes: isMade(file, field) ? [] : [replaceFix('Scale it to [-1, 1]', at, 'in [-1, 1]', true)],
        });
      }
    }
  },
});

function isLargePicture({ shape, range, label }: TensorType): boolean {
  const { low, high } = range;
  const reach = Math.max(-low, high);
  return label === null && shape.length >= 3 && reach >= LARGE && reach < Infinity;
}

/** The first layer with a kernel that gets an input as it is; null when something else is done to it before. */
function firstKernel({ graph }: Network, port: string): LayerNode | null {
  const unchanged = new Set<number>();
  for (const [index, node] of graph.entries()) {
    const { op } = node;
    if (op.kind === 'port' && op.port === port) unchanged.add(index);
    if (!node.inputs.some((input) => unchanged.has(input))) continue;
    if (op.kind === 'fold_time' || op.kind === 'unfold_time') unchanged.add(index);
    if (!isLayer(node)) continue;
    if (node.op.weights.some(({ name }) => name === 'kernel')) return node;
    if (MOVES.has(node.op.layer.name)) unchanged.add(index);
  }
  return null;
}

/** Whether a network is declared to make what a field holds. */
function isMade(file: ast.SpecFile, field: string): boolean {
  return file.items.some((item) => {
    if (item.kind !== 'graph') return false;
    const outputs = item.output.kind === 'type' ? [item.output] : item.output.fields.map(({ type }) => type);
    return outputs.some(({ expr }) => {
      return expr.kind === 'ref' && expr.path.map(({ name }) => name).join('.') === field;
    });
  });
}
