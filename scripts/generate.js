// Writes the files that follow from the definitions: npm run generate. They are committed, and a stale one
// fails a test.
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { build } from 'esbuild';

const bundle = new URL('../node_modules/.ganc-generate.mjs', import.meta.url);
await build({
  entryPoints: ['compiler/generate/files.ts'],
  outfile: bundle.pathname,
  bundle: true,
  format: 'esm',
  platform: 'node',
  packages: 'external',
  logLevel: 'warning',
});
const { generatedFiles } = await import(bundle.href);
rmSync(bundle);
for (const { path, text } of generatedFiles()) {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
  console.error(`wrote ${path}`);
}
