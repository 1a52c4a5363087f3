import { spawnSync } from 'node:child_process';
import {
  copyFileSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { layers } from '../../compiler/layers/index.ts';

/**
 * A layer is one file and its line in the index: a copy of the project is given one that it does not have, from
 * `squeeze-excite.ts.txt`, and nothing else is written by hand.
 */

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const COPIED = [
  'bench',
  'bin',
  'compiler',
  'package.json',
  'runtime',
  'scripts',
  'specs',
  'test',
  'tsconfig.json',
  'vitest.config.ts',
];

let project = '';

beforeAll(() => {
  project = mkdtempSync(path.join(tmpdir(), 'ganc-adding-'));
  for (const name of COPIED) cpSync(path.join(ROOT, name), path.join(project, name), { recursive: true });
  // A folder of its own, since scripts and tests keep files of theirs in it.
  mkdirSync(path.join(project, 'node_modules'));
  for (const name of readdirSync(path.join(ROOT, 'node_modules')).filter(
    (entry) => !/^\.(?!bin$)/.test(entry),
  ))
    symlinkSync(path.join(ROOT, 'node_modules', name), path.join(project, 'node_modules', name));

  copyFileSync(
    fileURLToPath(new URL('squeeze-excite.ts.txt', import.meta.url)),
    path.join(project, 'compiler/layers/squeeze-excite.ts'),
  );
  const index = path.join(project, 'compiler/layers/index.ts');
  const before = readFileSync(index, 'utf8');
  const after = before
    .replace(/^import \{ swish \}/m, "import { squeezeExcite } from './squeeze-excite.ts';\n$&")
    .replace(/^ {2}selfAttention,$/m, '$&\n  squeezeExcite,');
  expect(after.split('\n').length - before.split('\n').length).toBe(2);
  writeFileSync(index, after);
});
afterAll(() => rmSync(project, { recursive: true, force: true }));

function node(
  args: readonly string[],
  input = '',
): { readonly status: number | null; readonly text: string } {
  const env = { ...process.env, NO_COLOR: '1', FORCE_COLOR: '' };
  const { status, stdout, stderr } = spawnSync(process.execPath, args, {
    cwd: project,
    encoding: 'utf8',
    input,
    env,
  });
  return { status, text: `${stdout}${stderr}` };
}

const SPEC = `gan 1

generator G(x: [4, 4, 2]) -> [4, 4, 3] {
  x -> squeeze_excite(2) -> conv2d(3)
}
`;

describe('a layer that is one file and its line in the index', () => {
  test('keeps the types sound', () => {
    expect(node(['node_modules/typescript/bin/tsc', '--noEmit'])).toEqual({ status: 0, text: '' });
  });

  test('is in the generated files once they are made again, and passes the tests of every layer', () => {
    expect(node(['scripts/generate.js']).status).toBe(0);
    const report = path.join(project, 'report.json');
    const files = [
      'layers/examples',
      'layers/in-a-spec',
      'layers/on-engines',
      'generate/schema',
      'architecture',
    ];
    const { text } = node([
      'node_modules/vitest/vitest.mjs',
      'run',
      ...files.map((file) => `test/${file}.test.ts`),
      ...['--testNamePattern', 'squeeze_excite|definition|written in a spec'],
      ...['--reporter', 'json', '--outputFile', report],
    ]);
    const { testResults } = JSON.parse(readFileSync(report, 'utf8')) as {
      testResults: { assertionResults: { fullName: string; status: string }[] }[];
    };
    const run = testResults.flatMap(({ assertionResults }) => assertionResults);
    expect(
      run.filter(({ status }) => status === 'failed'),
      text,
    ).toEqual([]);
    const passed = run.filter(({ status }) => status === 'passed').map(({ fullName }) => fullName);
    const counted = (pattern: RegExp) => passed.filter((name) => pattern.test(name)).length;
    // Both examples: the shape and the weights, training and sampling, gradients, written in a spec, on wasm.
    expect(counted(/squeeze_excite.*as many weights as it says/)).toBe(2);
    expect(counted(/squeeze_excite.*values in its range/)).toBe(4);
    expect(counted(/squeeze_excite.*right gradients of first and second order/)).toBe(2);
    const examples = layers.flatMap((layer) => layer.examples).length;
    expect(counted(/written in a spec/)).toBe(examples + 2);
    expect(counted(/on wasm 'squeeze_excite/)).toBe(2);
    expect(counted(/gan\.schema\.json' is what its definitions make of it/)).toBe(1);
    expect(counted(/every definition has a file.*\blayers\b/)).toBe(1);
  });

  test('is known to the command line: explained, checked, counted, built', () => {
    expect(node(['scripts/build.js']).status).toBe(0);
    const ganc = (...args: string[]) => node(['bin/ganc.js', ...args], SPEC);
    expect(ganc('explain', 'squeeze_excite').text).toContain('turns channels up and down');
    expect(ganc('check', '-')).toMatchObject({ status: 0 });
    expect(ganc('inspect', '-').text).toMatch(/squeeze_excite.*\b8\b/);
    expect(ganc('build', '-').text).toContain('"G/squeeze_excite/excite"');
    const misspelt = node(
      ['bin/ganc.js', 'check', '-'],
      SPEC.replace('squeeze_excite(2)', 'squeeze_exite(2)'),
    );
    expect(misspelt.text).toContain('squeeze_excite');
    expect(readFileSync(path.join(project, 'specs/schema/gan.schema.json'), 'utf8')).toContain(
      'squeeze_excite',
    );
  });
});
