// Writes specs/library/*.gan into a module, so that the compiler, which reads no files, has them at hand:
// node scripts/embed-library.js
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { libraryModule } from './library-module.js';

const folder = new URL('../specs/library/', import.meta.url);
const files = readdirSync(folder)
  .filter((name) => name.endsWith('.gan'))
  .sort()
  .map((name) => ({ name, text: readFileSync(new URL(name, folder), 'utf8') }));
const target = new URL('../compiler/losses/library.ts', import.meta.url);
writeFileSync(target, libraryModule(files));
console.error(`wrote ${fileURLToPath(target)}`);
