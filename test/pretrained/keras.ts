import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import * as keras from '@tensorflow/tfjs-layers';
import { fillUniform } from '../../compiler/tensor/random.ts';

// Engines of ours bring backends of their own; the models of a test stay on the plain one.
await tf.setBackend('cpu');

export { keras, tf };

/** Numbers between -1 and 1, the same for the same seed. */
export function numbers(count: number, seed: number): Float32Array {
  const drawn = new Float64Array(count);
  fillUniform(drawn, [seed, 0, 0, 0], 0);
  return Float32Array.from(drawn, (u) => 2 * u - 1);
}

/** Gives a model weights that are no accident, variances above 0 among them. */
export function fill(model: keras.LayersModel): keras.LayersModel {
  const weights = model.weights.map(({ name, shape }, index) => {
    const drawn = numbers(tf.util.sizeFromShape(shape as number[]), index + 1);
    const isVariance = name.includes('variance');
    return tf.tensor(isVariance ? drawn.map((u) => u + 1.5) : drawn, shape as number[]);
  });
  model.setWeights(weights);
  return model;
}

/** How weights are kept: as they are, or in fewer bits as the converter of TensorFlow.js does it. */
export type Kept = 'float32' | 'float16' | 'uint8' | 'uint16';

/** Saves a model as its own library describes it, the weights cut into several files. Gives the path of model.json. */
export async function save(
  model: keras.LayersModel,
  folder: string,
  options: {
    readonly kept?: Kept;
    readonly shards?: number;
    readonly topology?: (json: unknown) => unknown;
  } = {},
): Promise<string> {
  const { kept = 'float32', shards = 2, topology = (json) => json } = options;
  let artifacts: tf.io.ModelArtifacts | undefined;
  await model.save({
    save: async (given) => {
      artifacts = given;
      return { modelArtifactsInfo: { dateSaved: new Date(0), modelTopologyType: 'JSON' } };
    },
  });
  const { modelTopology, weightSpecs = [], weightData } = artifacts!;
  const all = new Float32Array(tf.io.CompositeArrayBuffer.join(weightData));
  let at = 0;
  const entries = weightSpecs.map(({ name, shape }) => {
    const values = all.subarray(at, at + tf.util.sizeFromShape(shape));
    at += values.length;
    return { spec: { name, shape, dtype: 'float32' }, ...packed(values, kept) };
  });
  const bytes = Buffer.concat(entries.map((entry) => entry.bytes));
  const names = Array.from({ length: shards }, (_, index) => `group1-shard${index + 1}of${shards}.bin`);
  mkdirSync(folder, { recursive: true });
  const piece = Math.ceil(bytes.length / shards);
  for (const [index, name] of names.entries()) {
    writeFileSync(path.join(folder, name), bytes.subarray(index * piece, (index + 1) * piece));
  }
  const weights = entries.map(({ spec, quantization }) => ({
    ...spec,
    ...(quantization && { quantization }),
  }));
  const json = {
    format: 'layers-model',
    modelTopology: topology(JSON.parse(JSON.stringify(modelTopology))),
    weightsManifest: [{ paths: names, weights }],
  };
  const file = path.join(folder, 'model.json');
  writeFileSync(file, JSON.stringify(json));
  return file;
}

function packed(values: Float32Array, kept: Kept): { bytes: Buffer; quantization?: object } {
  if (kept === 'float32') return { bytes: Buffer.from(values.slice().buffer) };
  if (kept === 'float16') {
    const bytes = Buffer.alloc(2 * values.length);
    for (const [index, value] of values.entries()) bytes.writeUInt16LE(halfBits(value), 2 * index);
    return { bytes, quantization: { dtype: 'float16', original_dtype: 'float32' } };
  }
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const most = kept === 'uint8' ? 255 : 65535;
  const scale = (high - low) / most || 1;
  const stored = values.map((value) => Math.round((value - low) / scale));
  const bytes = Buffer.from((kept === 'uint8' ? Uint8Array.from(stored) : Uint16Array.from(stored)).buffer);
  return { bytes, quantization: { dtype: kept, scale, min: low, original_dtype: 'float32' } };
}

/** The bits of the nearest number in half precision below a given one: enough for a test. */
function halfBits(value: number): number {
  if (value === 0) return 0;
  const sign = value < 0 ? 0x8000 : 0;
  const exponent = Math.floor(Math.log2(Math.abs(value)));
  if (exponent < -14) return sign | Math.floor(Math.abs(value) * 2 ** 24);
  return sign | ((exponent + 15) << 10) | Math.floor((Math.abs(value) / 2 ** exponent - 1) * 1024);
}

/** What the model's own library makes of an input, on its plain JavaScript backend. */
export function predict(
  model: keras.LayersModel,
  input: Float32Array,
  shape: readonly number[],
): { readonly values: Float32Array; readonly shape: readonly number[] } {
  const x = tf.tensor(input, [1, ...shape]);
  const y = model.predict(x) as tf.Tensor;
  const values = Float32Array.from(y.dataSync());
  const made = { values, shape: y.shape.slice(1) };
  tf.dispose([x, y]);
  return made;
}
