import { BYTES_PER_ELEMENT, type Node, type Program, sizeOf } from '../../../compiler/tensor/program.ts';
import type { Device, TensorInfo } from './device.ts';

/** The constants of all programs of a session: made at a program's first run, kept until the session closes. */
export class Constants {
  bytes = 0;
  readonly #device: Device;
  readonly #byContent = new Map<string, TensorInfo>();
  readonly #byProgram = new Map<Program, ReadonlyMap<number, TensorInfo>>();

  constructor(device: Device) {
    this.#device = device;
  }

  /** The tensors of a program's constant nodes. */
  of(program: Program): ReadonlyMap<number, TensorInfo> {
    let tensors = this.#byProgram.get(program);
    if (!tensors) {
      tensors = new Map(
        program.nodes.flatMap((node, id) =>
          node.op === 'constant' ? [[id, this.#tensor(node)] as const] : [],
        ),
      );
      this.#byProgram.set(program, tensors);
    }
    return tensors;
  }

  free(): void {
    for (const tensor of this.#byContent.values()) this.#device.free(tensor);
    this.#byContent.clear();
    this.#byProgram.clear();
    this.bytes = 0;
  }

  #tensor({ attributes, shape, dtype }: Node): TensorInfo {
    const key = JSON.stringify([dtype, shape, attributes.value ?? attributes.data]);
    let tensor = this.#byContent.get(key);
    if (!tensor) {
      const size = sizeOf(shape);
      const data = dtype === 'f32' ? new Float32Array(size) : new Int32Array(size);
      const list = attributes.data as readonly number[] | undefined;
      if (list) data.set(list);
      else data.fill(attributes.value as number);
      tensor = this.#device.write(data, shape, dtype);
      this.#byContent.set(key, tensor);
      this.bytes += size * BYTES_PER_ELEMENT;
    }
    return tensor;
  }
}
