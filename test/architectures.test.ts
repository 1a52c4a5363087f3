import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { type Checked, check } from '../compiler/compile.ts';
import { renderDiagnostics } from '../compiler/diagnostics/render.ts';
import { SourceFile } from '../compiler/source/source-file.ts';
import { sizeOf } from '../compiler/tensor/index.ts';
import { diskFiles } from '../runtime/share/disk-files.ts';
import { SpecImports } from '../runtime/share/spec-imports.ts';

/** Published networks have exactly as many trained weights as their authors' code: `specs/architectures/counts.tsv`. */

const FOLDER = fileURLToPath(new URL('../specs/architectures/', import.meta.url));
const specs = readdirSync(FOLDER).filter((name) => name.endsWith('.gan'));

interface Count {
  readonly spec: string;
  /** Params that are set, as `ch=128`; none: an empty text. */
  readonly set: string;
  /** Networks that are counted together, as `Mapping+G`. */
  readonly networks: string;
  readonly weights: number;
}

const counts = readFileSync(`${FOLDER}counts.tsv`, 'utf8')
  .trim()
  .split('\n')
  .slice(1)
  .map((line): Count => {
    const [spec, set, networks, weights] = line.split('\t') as [string, string, string, string];
    return { spec, set, networks, weights: Number(weights) };
  });

const checked = new Map<string, Checked>();

/** What the compiler says of a spec of the folder. */
function checkOf(spec: string, set = ''): Checked {
  const known = checked.get(`${spec} ${set}`);
  if (known) return known;
  const path = `${FOLDER}${spec}`;
  const { read } = new SpecImports(diskFiles, { name: spec, path });
  const options = { readImport: read, set: Object.fromEntries(set ? [set.split('=')] : []) };
  const found = check(new SourceFile(spec, readFileSync(path, 'utf8')), options);
  checked.set(`${spec} ${set}`, found);
  return found;
}

describe.each(counts)('$networks of $spec $set', ({ spec, set, networks, weights }) => {
  test(`has ${weights.toLocaleString('en-US')} trained weights`, () => {
    const found = checkOf(spec, set).model?.networks ?? [];
    const trained = networks.split('+').map((name) =>
      found
        .find((network) => network.name === name)!
        .weights.filter(({ kind }) => kind === 'weight')
        .reduce((sum, { shape }) => sum + sizeOf(shape), 0),
    );
    expect(trained.reduce((a, b) => a + b)).toBe(weights);
  });
});

describe.each(specs)('%s', (spec) => {
  test('is clean', () => {
    const { diagnostics, sources } = checkOf(spec);
    expect(renderDiagnostics(diagnostics, { sources })).toBe('');
  });

  test('is counted, and named in the README of the folder', () => {
    expect(counts.map((count) => count.spec)).toContain(spec);
    expect(readFileSync(`${FOLDER}README.md`, 'utf8')).toContain(`\`${spec}\``);
  });
});
