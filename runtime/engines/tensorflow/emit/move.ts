import { bool, int, text, type } from '../graph-writer.ts';
import type { Emission } from './emission.ts';
import { spread } from './spread.ts';

export const reshape: Emission = ({ graph, inputs, node }) =>
  graph.reshape(inputs[0]!, node.shape, node.dtype);

export const transpose: Emission = ({ graph, inputs, node }) =>
  graph.node('Transpose', [inputs[0]!, graph.list(node.attributes.perm as number[])], {
    T: type(node.dtype),
    Tperm: type('i32'),
  });

export const broadcast: Emission = ({ graph, inputs, from, node }) =>
  spread({ graph }, inputs[0]!, from[0]!, node.shape);

export const slice: Emission = ({ graph, inputs, node }) => {
  const begin = node.attributes.begin as number[];
  const size = node.attributes.size as number[];
  const strides = node.attributes.strides as number[];
  if (strides.every((stride) => stride === 1)) {
    const attributes = { T: type(node.dtype), Index: type('i32') };
    return graph.node('Slice', [inputs[0]!, graph.list(begin), graph.list(size)], attributes);
  }
  const end = begin.map((first, axis) => first + (size[axis]! - 1) * strides[axis]! + 1);
  return graph.node('StridedSlice', [inputs[0]!, graph.list(begin), graph.list(end), graph.list(strides)], {
    T: type(node.dtype),
    Index: type('i32'),
    begin_mask: int(0),
    end_mask: int(0),
    ellipsis_mask: int(0),
    new_axis_mask: int(0),
    shrink_axis_mask: int(0),
  });
};

/** Gaps between elements are made by padding a new axis behind each and folding it in. */
export const pad: Emission = ({ graph, inputs, from, node }) => {
  const { before, after, interior, mode, value } = node.attributes as unknown as {
    readonly before: readonly number[];
    readonly after: readonly number[];
    readonly interior: readonly number[];
    readonly mode: 'constant' | 'reflect';
    readonly value: number;
  };
  const dtype = type(node.dtype);
  const padded = (x: string, pairs: readonly (readonly [number, number])[], fill: number) =>
    graph.node(
      'PadV2',
      [x, graph.constant(pairs.flat(), [pairs.length, 2], 'i32'), graph.scalar(fill, node.dtype)],
      { T: dtype, Tpaddings: type('i32') },
    );
  const pairs = before.map((count, axis) => [count, after[axis]!] as const);
  if (mode === 'reflect') {
    const paddings = graph.constant(pairs.flat(), [pairs.length, 2], 'i32');
    return graph.node('MirrorPad', [inputs[0]!, paddings], {
      T: dtype,
      Tpaddings: type('i32'),
      mode: text('REFLECT'),
    });
  }
  let x = inputs[0]!;
  const shape = from[0]!.shape;
  if (interior.some((gap) => gap > 0)) {
    const spread = shape.flatMap((length, axis) => (interior[axis]! > 0 ? [length, 1] : [length]));
    const gaps = shape.flatMap((_, axis) =>
      interior[axis]! > 0 ? [[0, 0] as const, [0, interior[axis]!] as const] : [[0, 0] as const],
    );
    const wide = shape.map((length, axis) => length * (interior[axis]! + 1));
    const kept = shape.map((length, axis) => (length - 1) * (interior[axis]! + 1) + 1);
    x = graph.reshape(padded(graph.reshape(x, spread, node.dtype), gaps, value), wide, node.dtype);
    x = graph.node('Slice', [x, graph.list(kept.map(() => 0)), graph.list(kept)], {
      T: dtype,
      Index: type('i32'),
    });
  }
  return pairs.some(([first, last]) => first > 0 || last > 0) ? padded(x, pairs, value) : x;
};

export const concat: Emission = ({ graph, inputs, node }) =>
  graph.node('ConcatV2', [...inputs, graph.scalar(node.attributes.axis as number, 'i32')], {
    T: type(node.dtype),
    N: int(inputs.length),
    Tidx: type('i32'),
  });

export const reverse: Emission = ({ graph, inputs, node }) =>
  graph.node('ReverseV2', [inputs[0]!, graph.list(node.attributes.axes as number[])], {
    T: type(node.dtype),
    Tidx: type('i32'),
  });

export const gather: Emission = ({ graph, inputs, from }) =>
  graph.node('GatherV2', [inputs[0]!, inputs[1]!, graph.scalar(0, 'i32')], {
    Tparams: type(from[0]!.dtype),
    Tindices: type('i32'),
    Taxis: type('i32'),
    batch_dims: int(0),
  });

export const scatterAdd: Emission = ({ graph, inputs, node }) =>
  graph.node(
    'UnsortedSegmentSum',
    [inputs[1]!, inputs[0]!, graph.scalar(node.attributes.rows as number, 'i32')],
    {
      T: type(node.dtype),
      Tindices: type('i32'),
      Tnumsegments: type('i32'),
    },
  );

export const identity: Emission = ({ graph, inputs, node }) =>
  graph.node('Identity', inputs, { T: type(node.dtype) });

export const matmul: Emission = ({ graph, inputs, node, from }) => {
  const a = bool(node.attributes.transposeA as boolean);
  const b = bool(node.attributes.transposeB as boolean);
  return from[0]!.shape.length === 2
    ? graph.node('MatMul', inputs, { T: type('f32'), transpose_a: a, transpose_b: b })
    : graph.node('BatchMatMulV2', inputs, { T: type('f32'), adj_x: a, adj_y: b });
};
