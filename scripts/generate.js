// Writes the files that follow from the definitions: npm run generate. They are committed, and a stale one
// fails a test.
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { build } from 'esbuild';

/** What a source file exports; it may lie among the tests, whose lists of cases one of the files shows. */
async function exportsOf(entry) {
  const bundle = new URL('../node_modules/.ganc-generate.mjs', import.meta.url);
  await build({
    entryPoints: [entry],
    outfile: bundle.pathname,
    bundle: true,
    format: 'esm',
    platform: 'node',
    packages: 'external',
    logLevel: 'warning',
  });
  const exported = await import(`${bundle.href}?${entry}`);
  rmSync(bundle);
  return exported;
}

const { generatedFiles } = await exportsOf('compiler/generate/files.ts');
const { conformancePage } = await exportsOf('test/generate/conformance.ts');
for (const { path, text } of [
  ...generatedFiles(),
  { path: 'specs/conformance.md', text: conformancePage() },
]) {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
  console.error(`wrote ${path}`);
}
