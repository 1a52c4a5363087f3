import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { beforeAll, describe, expect, test } from 'vitest';
// @ts-expect-error: a plain script.
import { readModule, unpackNsfwjs } from '../../scripts/unpack-nsfwjs.js';
import { describeOn } from '../engines/on-each-engine.ts';
import { expectClose } from '../reference/close.ts';
import { forward } from './frozen.ts';
import { keras, numbers, predict } from './keras.ts';

// A model as people use it: MobileNet v2, 162 layers, weights in one byte each, from an npm package that is too large to
// be installed for it (74 MB, three models). It is fetched once.

const VERSION = '4.2.1';
const cache = path.resolve(import.meta.dirname, '../../node_modules/.cache/ganc', `nsfwjs-${VERSION}`);
const run = promisify(execFile);

/** The folder of the model, or why there is none. */
async function fetched(): Promise<{ readonly file: string } | { readonly reason: string }> {
  const file = path.join(cache, 'model.json');
  if (existsSync(file)) return { file };
  const making = `${cache}.${process.pid}`;
  try {
    mkdirSync(making, { recursive: true });
    await run('npm', ['pack', `nsfwjs@${VERSION}`, '--silent'], { cwd: making, timeout: 100_000 });
    const modules = 'package/dist/esm/models/mobilenet_v2';
    await run('tar', ['xzf', `nsfwjs-${VERSION}.tgz`, modules], { cwd: making });
    unpackNsfwjs(path.join(making, modules), path.join(making, 'model'));
    renameSync(path.join(making, 'model'), cache);
    return { file };
  } catch (error) {
    const [line] = (error instanceof Error ? error.message : String(error)).split('\n');
    return { reason: `nsfwjs@${VERSION} cannot be fetched: ${line}` };
  } finally {
    rmSync(making, { recursive: true, force: true });
  }
}

const found = await fetched();
const file = 'file' in found ? found.file : '';
const why = 'reason' in found ? ` (skipped: ${found.reason})` : '';

describe.skipIf(why !== '')(`MobileNet v2${why}`, () => {
  const shape = [224, 224, 3];
  const input = numbers(224 * 224 * 3, 5).map((value) => (value + 1) / 2);
  const LAYER = 'block_3_project_BN';
  let expected: ReturnType<typeof predict>;
  let features: ReturnType<typeof predict>;

  beforeAll(async () => {
    const { modelTopology, weightsManifest } = JSON.parse(readFileSync(file, 'utf8'));
    const [{ paths, weights }] = weightsManifest;
    const bytes = Buffer.concat(
      paths.map((name: string) => readFileSync(path.join(path.dirname(file), name))),
    );
    const weightData = new Uint8Array(bytes).buffer;
    const model = await keras.loadLayersModel({
      load: async () => ({ modelTopology, weightSpecs: weights, weightData }),
    });
    expected = predict(model, input, shape);
    features = predict(
      keras.model({ inputs: model.inputs, outputs: model.getLayer(LAYER).output as keras.SymbolicTensor }),
      input,
      shape,
    );
  });

  describeOn(['wasm', 'tensorflow'], 'as its own library computes it', (engine) => {
    test('its answer', async () => {
      expect(expected.shape).toEqual([5]);
      const options = 'input: [0, 1]';
      expectClose(await forward(engine, file, input, shape, [5], options), expected.values, 1e-4);
    });

    test('what a layer in it sees', async () => {
      const found = await forward(engine, file, input, shape, features.shape, 'input: [0, 1]', LAYER);
      expectClose(found, features.values, 1e-4);
    });
  });
});

describe('modules that are read as data', () => {
  test('are literals and names of literals', () => {
    expect(
      readModule(
        'var a={b:!0,"c d":[1,-.5,2e-3,null]},e="x\\"y",f={a:a,e};export{f as default}'.replace(
          ',e}',
          ',e:e}',
        ),
      ),
    ).toEqual({
      a: { b: true, 'c d': [1, -0.5, 0.002, null] },
      e: 'x"y',
    });
  });

  test.each([
    'var a=process.exit();export{a as default}',
    'var a={b:fetch("x")};export{a as default}',
    'var a=()=>1;export{a as default}',
    'import"x";var a=1;export{a as default}',
    'var a=1;alert(1);export{a as default}',
    'var a=1;export{b as default}',
  ])('and nothing else: %s', (text) => {
    expect(() => readModule(text)).toThrow(/not only data|no default export/);
  });
});
