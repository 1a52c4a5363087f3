import type { Program, ProgramSet } from '../../../compiler/tensor/program.ts';
import { LackingError } from '../engine.ts';
import { guardedOutputs } from '../requests.ts';
import { type AdamUpdate, findAdam } from './adam.ts';
import { emissions } from './emit/index.ts';
import { bool, GraphWriter, int, shapeOf, type Tensor, text, type } from './graph-writer.ts';
import { DATA_TYPE, encodeSavedModel, type Signature } from './saved-model-format.ts';

/** The names in the graph that one program is run by. */
export interface Entry {
  readonly program: Program;
  /** Placeholders by the name of the program's input. */
  readonly inputs: ReadonlyMap<string, Tensor>;
  readonly outputs: ReadonlyMap<string, Tensor>;
  /** Fetched in every run: the state has been written once it is there. */
  readonly done: Tensor;
  /** By node of the program: where its value is, for looking at it. */
  readonly values: readonly (Tensor | undefined)[];
  /** Nodes that have a value only once the state is being written. */
  readonly late: ReadonlySet<number>;
}

export interface WrittenGraph {
  /** The bytes of `saved_model.pb`. */
  readonly bytes: Uint8Array;
  readonly programs: ReadonlyMap<string, Entry>;
  /** By path of the state: fetched to read it; fed and fetched to write it. */
  readonly reads: ReadonlyMap<string, Tensor>;
  readonly writes: ReadonlyMap<string, { readonly value: Tensor; readonly done: Tensor }>;
}

const METHOD = 'tensorflow/serving/predict';

/**
 * Writes all programs as one TensorFlow graph over resource variables, with a signature for each program.
 * Every run reads the old state before it writes the new one, and writes nothing when a loss is not finite.
 */
export function writeGraph(set: ProgramSet): WrittenGraph {
  const graph = new GraphWriter();
  const handles = new Map<string, Tensor>();
  graph.enter('state');
  set.state.forEach(({ path, shape, dtype }, index) => {
    const attributes = {
      dtype: type(dtype),
      shape: { shape: shapeOf(shape) },
      shared_name: text(`state/${index}`),
      container: text(''),
    };
    handles.set(path, graph.node('VarHandleOp', [], attributes, `${index}`));
  });
  const zeroed = writeZeros(graph, set, handles);
  const programs = new Map<string, Entry>();
  const signatures: Record<string, Signature> = {
    __saved_model_init_op: {
      inputs: {},
      outputs: { __saved_model_init_op: { name: zeroed, dtype: 0, tensor_shape: shapeOf([]) } },
      method_name: '',
    },
  };
  Object.entries(set.programs).forEach(([name, program], index) => {
    graph.enter(`p${index}`);
    const entry = writeProgram(graph, program, handles);
    programs.set(name, entry);
    signatures[name] = signatureOf(program, entry);
  });
  const { reads, writes } = writeAccess(graph, set, handles);
  return { bytes: encodeSavedModel(graph.nodes, signatures), programs, reads, writes };
}

function writeProgram(graph: GraphWriter, program: Program, handles: ReadonlyMap<string, Tensor>): Entry {
  const inputs = new Map<string, Tensor>();
  const values: Tensor[] = new Array(program.nodes.length);
  const readsOf = new Map<string, Tensor>();
  const adam = findAdam(program);
  const writeNode = (id: number): Tensor => {
    const node = program.nodes[id]!;
    switch (node.op) {
      case 'input': {
        const name = node.attributes.name as string;
        const attributes = { dtype: type(node.dtype), shape: { shape: shapeOf(node.shape) } };
        const placeholder = graph.node('Placeholder', [], attributes);
        inputs.set(name, placeholder);
        // A fed tensor cannot be fetched, so whoever wants it takes a copy.
        return graph.node('Identity', [placeholder], { T: type(node.dtype) });
      }
      case 'state': {
        const path = node.attributes.path as string;
        const read = graph.node('ReadVariableOp', [handles.get(path)!], { dtype: type(node.dtype) });
        readsOf.set(path, read);
        return read;
      }
      case 'constant': {
        const { data, value } = node.attributes as { data?: number[]; value?: number };
        if (data) return graph.constant(data, node.shape, node.dtype);
        if (node.shape.length === 0) return graph.scalar(value!, node.dtype);
        const attributes = { T: type(node.dtype), index_type: type('i32') };
        return graph.node('Fill', [graph.list(node.shape), graph.scalar(value!, node.dtype)], attributes);
      }
      default: {
        const emission = emissions[node.op];
        if (!emission) throw new LackingError('tensorflow', node);
        const from = node.inputs.map((input) => program.nodes[input]!);
        return emission({ graph, node, from, inputs: node.inputs.map((input) => values[input]!) });
      }
    }
  };
  // What Adam's kernel computes is written with the updates, and so is what rests on the moved weights.
  const late = lateNodes(program, adam);
  const later: number[] = [];
  program.nodes.forEach((_, id) => {
    if (late.has(id)) later.push(id);
    else values[id] = writeNode(id);
  });
  const inside = new Set(adam.flatMap((update) => update.inside));
  const outputs = new Map(program.outputs.map(({ name, value }) => [name, values[value]!]));
  const losses = guardedOutputs(program).map(({ value }) => values[value]!);
  const assign = (after: readonly Tensor[]): Tensor[] => {
    const order = (path: string) => {
      const read = readsOf.get(path);
      return [...(read ? [read] : []), ...after].map((name) => `^${name}`);
    };
    const applied = adam.map((update) => {
      const { weight, m, v, gradient, beta1, beta2, rate, epsilon, moved } = update;
      const variables = [weight, m, v].map((path) => handles.get(path)!);
      // Bias correction is in rate and epsilon already, so TensorFlow is given none to do.
      const none = graph.scalar(0);
      const numbers = [none, none, ...[rate, beta1, beta2, epsilon, gradient].map((id) => values[id]!)];
      const orders = new Set([weight, m, v].flatMap(order));
      const op = graph.node('ResourceApplyAdam', [...variables, ...numbers, ...orders], {
        T: type('f32'),
        use_locking: bool(false),
        use_nesterov: bool(false),
      });
      values[moved] = graph.node('ReadVariableOp', [handles.get(weight)!, `^${op}`], { dtype: type('f32') });
      return op;
    });
    for (const id of later) if (!inside.has(id)) values[id] = writeNode(id);
    const kept = new Set(adam.flatMap(({ weight, m, v }) => [weight, m, v]));
    const assigned = program.updates
      .filter(({ path }) => !kept.has(path))
      .map(({ path, value }) => {
        const { dtype } = program.nodes[value]!;
        const attributes = { dtype: type(dtype) };
        return graph.node(
          'AssignVariableOp',
          [handles.get(path)!, values[value]!, ...order(path)],
          attributes,
        );
      });
    return [...applied, ...assigned];
  };
  const done = writeDone(graph, losses, assign);
  return { program, inputs, outputs, values, late, done };
}

/** The nodes inside of Adam's kernel, and all that rests on them. Outputs never do. */
function lateNodes(program: Program, adam: readonly AdamUpdate[]): ReadonlySet<number> {
  const late = new Set(adam.flatMap((update) => update.inside));
  program.nodes.forEach((node, id) => {
    if (node.inputs.some((input) => late.has(input))) late.add(id);
  });
  return late;
}

/**
 * Writes the state if all losses are finite. A condition that costs nothing: what follows the untaken side of
 * a Switch does not run, and Merge goes on from the side that was taken.
 */
function writeDone(
  graph: GraphWriter,
  losses: readonly Tensor[],
  assign: (after: readonly Tensor[]) => Tensor[],
): Tensor {
  const boolean = { T: type('bool') };
  if (losses.length === 0) {
    const written = assign([]).map((name) => `^${name}`);
    return graph.node('Identity', [graph.scalar(1, 'bool'), ...written], boolean, 'done');
  }
  const finite = losses
    .map((loss) => graph.node('IsFinite', [loss], { T: type('f32') }))
    .reduce((a, b) => graph.node('LogicalAnd', [a, b]));
  const either = graph.node('Switch', [finite, finite], boolean);
  const go = graph.node('Identity', [`${either}:1`], boolean);
  const written = assign([go]).map((name) => `^${name}`);
  const taken = graph.node('Identity', [go, ...written], boolean);
  return graph.node('Merge', [taken, either], { ...boolean, N: int(2) }, 'done');
}

/**
 * The operation that runs when the graph is loaded: all state is zero, but for what `init` is there to write.
 * `Empty` keeps no constant: a `Fill` is one to TensorFlow, which would compute it, hash it and hand the same
 * memory to all variables of its shape, to be copied in the first step.
 */
function writeZeros(graph: GraphWriter, set: ProgramSet, handles: ReadonlyMap<string, Tensor>): Tensor {
  graph.enter('start');
  const initialized = new Set(set.programs.init?.updates.map(({ path }) => path));
  const written = set.state
    .filter(({ path }) => !initialized.has(path))
    .map(({ path, shape, dtype }) => {
      const attributes = { dtype: type(dtype), init: bool(true) };
      const zeros = graph.node('Empty', [graph.list(shape)], attributes);
      return `^${graph.node('AssignVariableOp', [handles.get(path)!, zeros], { dtype: type(dtype) })}`;
    });
  return graph.node('NoOp', written, {}, 'done');
}

/** Reading and writing of single variables, for checkpoints. */
function writeAccess(graph: GraphWriter, set: ProgramSet, handles: ReadonlyMap<string, Tensor>) {
  graph.enter('access');
  const reads = new Map<string, Tensor>();
  const writes = new Map<string, { value: Tensor; done: Tensor }>();
  for (const { path, shape, dtype } of set.state) {
    const handle = handles.get(path)!;
    reads.set(path, graph.node('ReadVariableOp', [handle], { dtype: type(dtype) }));
    const value = graph.node('Placeholder', [], { dtype: type(dtype), shape: { shape: shapeOf(shape) } });
    const assigned = graph.node('AssignVariableOp', [handle, value], {
      dtype: type(dtype),
      validate_shape: bool(true),
    });
    const done = graph.node('Identity', [graph.scalar(1, 'bool'), `^${assigned}`], { T: type('bool') });
    writes.set(path, { value, done });
  }
  return { reads, writes };
}

function signatureOf(program: Program, entry: Entry): Signature {
  const inputs = program.inputs
    .filter(({ name }) => entry.inputs.has(name))
    .map(({ name, shape, dtype }) => [
      name,
      { name: `${entry.inputs.get(name)}:0`, dtype: DATA_TYPE[dtype], tensor_shape: shapeOf(shape) },
    ]);
  const outputs = program.outputs.map(({ name, value }) => {
    const { dtype, shape } = program.nodes[value]!;
    return [
      name,
      { name: `${entry.outputs.get(name)}:0`, dtype: DATA_TYPE[dtype], tensor_shape: shapeOf(shape) },
    ];
  });
  const done = ['done', { name: `${entry.done}:0`, dtype: DATA_TYPE.bool, tensor_shape: shapeOf([]) }];
  return {
    inputs: Object.fromEntries(inputs),
    outputs: Object.fromEntries([...outputs, done]),
    method_name: METHOD,
  };
}
