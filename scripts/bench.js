// Bundles bench/ and runs it: `npm run bench`, `npm run bench -- --only compare --models dcgan --rounds 5`.
import { spawnSync } from 'node:child_process';
import { build } from 'esbuild';

const outdir = 'node_modules/.cache/ganc/bench';
await build({
  // Each contender is a process of its own.
  entryPoints: [
    'bench/main.ts',
    ...['ganc', 'tfjs-node', 'convolutions'].map((name) => `bench/contenders/${name}.ts`),
  ],
  outdir,
  outExtension: { '.js': '.mjs' },
  bundle: true,
  format: 'esm',
  platform: 'node',
  target: 'node20',
  packages: 'external',
  logLevel: 'warning',
});
const { status } = spawnSync(process.execPath, [`${outdir}/main.mjs`, ...process.argv.slice(2)], {
  stdio: 'inherit',
});
process.exitCode = status ?? 1;
