import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import {
  getKernel,
  type KernelBackend,
  type NamedAttrMap,
  type NamedTensorInfoMap,
  type TensorInfo,
} from '@tensorflow/tfjs-core';
import type { DType } from '../../../compiler/tensor/program.ts';
import type { TensorData } from '../engine.ts';
import type { Meter } from './meter.ts';
import type { Loops } from './wasm/loops.ts';

export type { TensorInfo } from '@tensorflow/tfjs-core';

/** A tfjs kernel, ready to be called. Its result belongs to the caller, who frees it. */
export type Kernel = (inputs: NamedTensorInfoMap, attributes?: NamedAttrMap) => TensorInfo;

const TFJS_DTYPE = { f32: 'float32', i32: 'int32', bool: 'bool' } as const;

/** A kernel that a backend of TensorFlow.js does not have. */
export class MissingKernel extends Error {
  override name = 'MissingKernel';
}

/**
 * A tfjs backend with its kernels called directly. tfjs's own `engine()` is left out: it would record every
 * tensor in scopes and look for gradients, and it costs several times what the call itself does.
 */
export class Device {
  readonly name: string;
  readonly backend: KernelBackend;
  readonly meter: Meter;
  readonly threads: number;
  /** Generates kernels of our own where the backend keeps its tensors in one memory: on wasm. */
  readonly loops: Loops | null;
  /** What a user should know of how it started, or nothing. */
  readonly note: string | null;
  readonly #kernels = new Map<string, Kernel>();

  constructor(
    name: string,
    backend: KernelBackend,
    meter: Meter,
    threads: number,
    loops: Loops | null = null,
    note: string | null = null,
  ) {
    this.name = name;
    this.backend = backend;
    this.meter = meter;
    this.threads = threads;
    this.loops = loops;
    this.note = note;
  }

  kernel(name: string): Kernel {
    let kernel = this.#kernels.get(name);
    if (!kernel) {
      const config = getKernel(name, this.name);
      if (!config) throw new MissingKernel(`tfjs has no kernel ${name} for ${this.name}`);
      const { backend } = this;
      kernel = (inputs, attrs = {}) => config.kernelFunc({ inputs, attrs, backend }) as TensorInfo;
      this.#kernels.set(name, kernel);
    }
    return kernel;
  }

  /** A new tensor with a copy of the numbers. */
  write(data: TensorData, shape: readonly number[], dtype: DType): TensorInfo {
    const own = dtype === 'bool' ? Uint8Array.from(data, Number) : data.slice();
    const dataId = this.backend.write(own, [...shape], TFJS_DTYPE[dtype]);
    return { dataId, shape: [...shape], dtype: TFJS_DTYPE[dtype] };
  }

  /** A new tensor, its numbers left as they were in memory; for generated kernels. */
  allocate(shape: readonly number[], dtype: DType): TensorInfo {
    return (this.backend as BackendWasm).makeOutput(shape as number[], TFJS_DTYPE[dtype]);
  }

  /** Where the numbers of a tensor lie in the memory of wasm. */
  address(tensor: TensorInfo): number {
    return (this.backend as BackendWasm).getMemoryOffset(tensor.dataId);
  }

  /** Copies so many f32 numbers from one tensor in the memory of wasm to another, each from a place of its own on. */
  copy(from: TensorInfo, begin: number, to: TensorInfo, at: number, count: number): void {
    const numbers = (tensor: TensorInfo) => (this.backend as BackendWasm).typedArrayFromHeap(tensor);
    numbers(to).set(numbers(from).subarray(begin, begin + count), at);
  }

  fill(tensor: TensorInfo, value: number): void {
    (this.backend as BackendWasm).typedArrayFromHeap(tensor).fill(value);
  }

  /** A copy of the numbers. */
  read(tensor: TensorInfo): TensorData {
    const data = this.backend.readSync(tensor.dataId);
    if (tensor.dtype === 'bool') return Int32Array.from(data as Uint8Array);
    return tensor.dtype === 'int32'
      ? Int32Array.from(data as Int32Array)
      : Float32Array.from(data as Float32Array);
  }

  /** The same bytes under another shape; they stay alive until every one who holds them has freed them. */
  share(tensor: TensorInfo, shape: readonly number[] = tensor.shape): TensorInfo {
    this.backend.incRef(tensor.dataId);
    return view(tensor, shape);
  }

  free(tensor: TensorInfo): void {
    this.backend.disposeData(tensor.dataId);
  }
}

/** The same bytes under another shape, without holding them. */
export function view(tensor: TensorInfo, shape: readonly number[]): TensorInfo {
  return { dataId: tensor.dataId, shape: shape as number[], dtype: tensor.dtype };
}
