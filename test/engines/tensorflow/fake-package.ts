import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** What a stand-in for tfjs-node, and for its native part, gives to those who load it. */
export const WORKING = `
  module.exports = {
    isUsingGpuDevice: () => process.env.FAKE_GPU === '1',
    TF_Version: '2.99.0',
    ones: () => null,
    matMul: () => ({ dataSync: () => [3, 3, 3, 3] }),
  };
`;

/** Writes a package that looks like tfjs-node or tfjs-node-gpu into a folder; returns the package's own folder. */
export function writePackage(
  into: string,
  { name = '@tensorflow/tfjs-node', code = WORKING, addon = true } = {},
): string {
  const folder = path.join(into, 'node_modules', name);
  mkdirSync(path.join(folder, 'lib', 'napi-v8'), { recursive: true });
  writeFileSync(
    path.join(folder, 'package.json'),
    JSON.stringify({ name, version: '4.22.0', main: 'index.js' }),
  );
  writeFileSync(path.join(folder, 'index.js'), code);
  if (!addon) return folder;
  // Node loads a file of this name as a library, but a folder of this name as JavaScript.
  const native = path.join(folder, 'lib', 'napi-v8', 'tfjs_binding.node');
  mkdirSync(native, { recursive: true });
  writeFileSync(path.join(native, 'index.js'), code);
  return folder;
}
