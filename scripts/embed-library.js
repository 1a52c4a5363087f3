// Writes specs/library/*.gan into a module, so that the compiler, which reads no files, has them at hand:
// node scripts/embed-library.js
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { build } from 'esbuild';

const bundle = new URL('../node_modules/.ganc-embed-library.mjs', import.meta.url);
await build({
  entryPoints: ['compiler/generate/library-module.ts'],
  outfile: bundle.pathname,
  bundle: true,
  format: 'esm',
  platform: 'node',
  logLevel: 'warning',
});
const { libraryModule } = await import(bundle.href);
rmSync(bundle);
const folder = new URL('../specs/library/', import.meta.url);
const files = readdirSync(folder)
  .filter((name) => name.endsWith('.gan'))
  .sort()
  .map((name) => ({ name, text: readFileSync(new URL(name, folder), 'utf8') }));
writeFileSync(new URL('../compiler/losses/library.ts', import.meta.url), libraryModule(files));
console.error('wrote compiler/losses/library.ts');
