import type { Model, Network } from '../3-check/model.ts';

/** The networks of a spec as a Mermaid flow chart: a box per layer, shapes on the arrows. */
export function mermaid(model: Model): string {
  return ['flowchart TD', ...model.networks.flatMap(networkLines)].join('\n').concat('\n');
}

function networkLines(network: Network): readonly string[] {
  const id = (node: number) => `${network.name}_${node}`;
  const lines: string[] = [];
  const arrows: string[] = [];
  for (const [index, node] of network.graph.entries()) {
    const text = labelOf(node.op);
    lines.push(node.op.kind === 'port' ? `${id(index)}([${quoted(text)}])` : `${id(index)}[${quoted(text)}]`);
    for (const input of node.inputs) {
      const { type } = network.graph[input]!;
      const shape = type.label === null ? type.shape.join('×') || '1' : `label(${type.label})`;
      arrows.push(`${id(input)} -->|${quoted(shape)}| ${id(index)}`);
    }
  }
  for (const [index, { name, node, type }] of network.outputs.entries()) {
    const end = `${network.name}_out${index}`;
    lines.push(`${end}([${quoted(name === null ? network.name : `${network.name}.${name}`)}])`);
    arrows.push(`${id(node)} -->|${quoted(type.shape.join('×') || '1')}| ${end}`);
  }
  return [
    `  subgraph ${network.name}_graph [${quoted(`${network.role} ${network.name}`)}]`,
    ...[...lines, ...arrows].map((line) => `    ${line}`),
    '  end',
  ];
}

function labelOf(op: Network['graph'][number]['op']): string {
  switch (op.kind) {
    case 'port':
      return op.port;
    case 'layer':
      return op.layer.name;
    case 'call':
      return op.network;
    case 'number':
      return String(op.value);
    case 'binary':
      return op.operator;
    case 'negate':
      return '-';
    case 'fold_time':
      return 'each frame';
    case 'unfold_time':
      return 'clip';
    default:
      return op.kind;
  }
}

function quoted(text: string): string {
  return `"${text.replaceAll('"', '#quot;')}"`;
}
