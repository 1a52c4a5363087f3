import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** What a stand-in for tfjs-node gives to those who load it. */
export const WORKING = `
  const backend = { isUsingGpuDevice: process.env.FAKE_GPU === '1', binding: { TF_Version: '2.99.0' } };
  module.exports = {
    backend: () => backend,
    version: { 'tfjs-node': '4.22.0' },
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
  if (addon) writeFileSync(path.join(folder, 'lib', 'napi-v8', 'tfjs_binding.node'), '');
  return folder;
}
