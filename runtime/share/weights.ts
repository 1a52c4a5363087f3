import { changingState, type StateVariable } from '../../compiler/tensor/program.ts';
import type { StoredTensor } from '../train/checkpoint-file.ts';
import {
  decodeHeader,
  encodeHeader,
  headerLength,
  PREFIX_BYTES,
  SafetensorsError,
} from '../train/safetensors.ts';

/** What is left of a training for those who only sample: no optimizer, no place in the data. */
export interface Weights {
  /** Steps of training behind them. */
  readonly step: number;
  readonly seed: number;
  readonly engine: string;
  /** The hash of the meaning of the spec that was trained. */
  readonly spec: string;
  /** Weights, moving statistics and averaged weights by path. */
  readonly state: ReadonlyMap<string, StoredTensor>;
}

const FORMAT = 'ganc weights 1';

/** The variables that sampling needs: all but what optimizers and pools keep, and what is in the files of pretrained models. */
export function sampledVariables(variables: readonly StateVariable[]): readonly StateVariable[] {
  return changingState(variables).filter(({ role }) => role !== 'slot');
}

/** Weights as a safetensors file; the same weights give the same bytes. */
export function encodeWeights({ step, seed, engine, spec, state }: Weights): Uint8Array {
  const entries = [...state].sort(([a], [b]) => (a < b ? -1 : 1));
  const header = encodeHeader(
    entries.map(([name, { shape, values }]) => ({
      name,
      shape,
      dtype: values instanceof Float32Array ? 'F32' : 'I32',
    })),
    { format: FORMAT, step: String(step), seed: String(seed), engine, spec },
  );
  return Buffer.concat([
    header,
    ...entries.map(([, { values }]) => new Uint8Array(values.buffer, values.byteOffset, values.byteLength)),
  ]);
}

/** Throws `SafetensorsError` when the file is not what `encodeWeights` writes. */
export function decodeWeights(bytes: Uint8Array): Weights {
  const start = PREFIX_BYTES + headerLength(bytes.subarray(0, PREFIX_BYTES), bytes.length);
  const { tensors, metadata } = decodeHeader(bytes.subarray(PREFIX_BYTES, start), bytes.length - start);
  const { format, step, seed, engine, spec } = metadata;
  if (format !== FORMAT) throw new SafetensorsError('they are not weights of this version of ganc');
  const whole = (text: string | undefined): number => {
    const value = Number(text);
    if (text === undefined || !Number.isSafeInteger(value) || value < 0)
      throw new SafetensorsError('they do not say how they came about');
    return value;
  };
  const state = tensors.map(({ name, dtype, shape, begin, end }): [string, StoredTensor] => {
    // A copy begins where a tensor may begin.
    const { buffer } = bytes.slice(start + begin, start + end);
    return [name, { shape, values: dtype === 'F32' ? new Float32Array(buffer) : new Int32Array(buffer) }];
  });
  return {
    step: whole(step),
    seed: whole(seed),
    engine: engine ?? '',
    spec: spec ?? '',
    state: new Map(state),
  };
}
