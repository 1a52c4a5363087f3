import type { DType } from '../../../compiler/tensor/program.ts';
import {
  type Attribute,
  DATA_TYPE,
  type DataType,
  type GraphNode,
  type Shape,
} from './saved-model-format.ts';

/** A tensor of the graph by the name that TensorFlow gives it: `p0/n12` or, for a second output, `p0/n12:1`. */
export type Tensor = string;

/** What an attribute may be given as: kinds of elements go through `type`, the rest by what they are. */
export type Attributes = Readonly<Record<string, Attribute>>;

export const int = (i: number): Attribute => ({ i });
export const float = (f: number): Attribute => ({ f });
export const bool = (b: boolean): Attribute => ({ b });
export const text = (s: string): Attribute => ({ s: new TextEncoder().encode(s) });
export const ints = (i: readonly number[]): Attribute => ({ list: { i } });
export const type = (dtype: DataType): Attribute => ({ type: DATA_TYPE[dtype] });
export const shapeOf = (shape: readonly number[]): Shape => ({ dim: shape.map((size) => ({ size })) });

/** Collects the nodes of one TensorFlow graph, under names that tell programs apart. */
export class GraphWriter {
  readonly nodes: GraphNode[] = [];
  readonly #constants = new Map<string, Tensor>();
  readonly #shared = new Map<string, Tensor>();
  #scope = '';
  #count = 0;

  /** Names from now on begin with `scope/`. */
  enter(scope: string): void {
    this.#scope = `${scope}/`;
  }

  /** Appends a node. An input `^name` only orders: it runs first and hands nothing over. */
  node(op: string, input: readonly string[], attr: Attributes = {}, name = `${op}_${this.#count++}`): Tensor {
    const full = `${this.#scope}${name}`;
    this.nodes.push({ name: full, op, input, device: '', attr });
    return full;
  }

  /** A constant; the same one again is the same node. */
  constant(
    values: readonly number[] | Float32Array | Int32Array,
    shape: readonly number[],
    dtype: DType | 'u64',
  ): Tensor {
    const bytes = bytesOf(values, dtype);
    const key = bytes.length <= 64 ? `${dtype} ${shape} ${bytes}` : null;
    const known = key === null ? undefined : this.#constants.get(key);
    if (known) return known;
    const name = `constant/${this.nodes.length}`;
    const tensor = { dtype: DATA_TYPE[dtype], tensor_shape: shapeOf(shape), tensor_content: bytes };
    this.nodes.push({
      name,
      op: 'Const',
      input: [],
      device: '',
      attr: { dtype: type(dtype), value: { tensor } },
    });
    if (key !== null) this.#constants.set(key, name);
    return name;
  }

  /** A list of whole numbers as TensorFlow wants shapes, axes and permutations. */
  list(values: readonly number[]): Tensor {
    return this.constant(values, [values.length], 'i32');
  }

  /** The node that `make` wrote when this was first asked under `key`. */
  once(key: string, make: () => Tensor): Tensor {
    const node = this.#shared.get(key) ?? make();
    this.#shared.set(key, node);
    return node;
  }

  /** The same numbers in another shape. */
  reshape(x: Tensor, shape: readonly number[], dtype: DType = 'f32'): Tensor {
    return this.node('Reshape', [x, this.list(shape)], { T: type(dtype), Tshape: type('i32') });
  }

  scalar(value: number, dtype: DType = 'f32'): Tensor {
    return this.constant([value], [], dtype);
  }
}

function bytesOf(values: readonly number[] | Float32Array | Int32Array, dtype: DType | 'u64'): Uint8Array {
  const typed =
    dtype === 'f32'
      ? Float32Array.from(values)
      : dtype === 'i32'
        ? Int32Array.from(values)
        : dtype === 'u64'
          ? BigUint64Array.from([...values].map(BigInt))
          : Uint8Array.from(values);
  return new Uint8Array(typed.buffer);
}
