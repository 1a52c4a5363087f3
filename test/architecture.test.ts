import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { library } from '../compiler/2-resolve/library.ts';
import { diagnosticDefinitions } from '../compiler/diagnostics/codes/index.ts';
import { pages } from '../compiler/index.ts';

// The rules of the house that a machine can keep.

const ROOT = fileURLToPath(new URL('..', import.meta.url));

/** All TypeScript files beneath a folder, as paths from the root. */
function filesOf(folder: string): readonly string[] {
  return readdirSync(path.join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .map((file) => `${folder}/${file.replaceAll(path.sep, '/')}`)
    .filter((file) => /\.(ts|js)$/.test(file) && !file.includes('node_modules'));
}

interface Import {
  readonly file: string;
  /** A path from the root, or the name of a package. */
  readonly from: string;
  /** `import type`: nothing is left of it when the program runs. */
  readonly typeOnly: boolean;
}

const IMPORT =
  /^\s*(?:import|export)\s+(type\s+)?[^;'"]*?from\s+'([^']+)'|^\s*import\s+()'([^']+)'|\bimport\(\s*'([^']+)'\s*\)/gm;

function importsOf(file: string): readonly Import[] {
  const text = readFileSync(path.join(ROOT, file), 'utf8');
  return [...text.matchAll(IMPORT)].map((found) => {
    const name = (found[2] ?? found[4] ?? found[5])!;
    const from = name.startsWith('.') ? path.posix.join(path.posix.dirname(file), name) : name;
    return { file, from, typeOnly: found[1] !== undefined };
  });
}

const compilerImports = filesOf('compiler').flatMap(importsOf);
const runtimeImports = filesOf('runtime').flatMap(importsOf);
const shown = ({ file, from }: Import) => `${file} imports ${from}`;

describe('the compiler is pure', () => {
  it('it imports nothing of Node.js or TensorFlow.js', () => {
    const packages = compilerImports.filter(({ from }) => !from.startsWith('compiler/'));
    expect(packages.length).toBeGreaterThan(3);
    // Ajv writes the validator when files are generated; nobody needs it when a spec is compiled.
    const allowed = (one: Import) =>
      one.from === 'chevrotain' || (one.file.startsWith('compiler/generate/') && one.from.startsWith('ajv'));
    expect(packages.filter((one) => !allowed(one)).map(shown)).toEqual([]);
  });

  it('it prints nothing, and knows no process, clock or chance', () => {
    const impure =
      /\b(console\.|process\.|Date\.now|new Date\(|performance\.|Math\.random|setTimeout|fetch\()/;
    const found = filesOf('compiler').filter((file) => {
      const code = readFileSync(path.join(ROOT, file), 'utf8').replace(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, '');
      return impure.test(code);
    });
    expect(found).toEqual([]);
  });
});

describe('phases know only earlier phases', () => {
  const PHASES = ['1-parse', '2-resolve', '3-check', '4-lower', '5-optimize'];
  const phaseOf = (file: string) => PHASES.indexOf(file.split('/')[1] ?? '');

  it.each(PHASES)('%s', (phase) => {
    const later = compilerImports.filter(
      ({ file, from }) => phaseOf(file) === PHASES.indexOf(phase) && phaseOf(from) > phaseOf(file),
    );
    expect(later.map(shown)).toEqual([]);
  });
});

it('the runtime meets the parser and the checker in its commands only', () => {
  const found = runtimeImports.filter(
    ({ file, from, typeOnly }) =>
      !file.startsWith('runtime/cli/') &&
      !typeOnly &&
      /^compiler\/(1-parse|2-resolve|3-check|print|lsp|compile\.ts|index\.ts)/.test(from),
  );
  expect(found.map(shown)).toEqual([]);
});

describe('files and folders', () => {
  const all = ['compiler', 'runtime', 'test'].flatMap(filesOf);

  it('no folder is called after nothing in particular', () => {
    const vague = all.filter((file) => /\/(utils?|helpers?|common|types|misc|shared)(\/|\.ts$)/.test(file));
    expect(vague).toEqual([]);
  });

  it('names are in kebab-case', () => {
    const odd = all.filter(
      (file) => !/^[a-z0-9-]+(\.slow)?(\.(test|bench))?\.(ts|js)$/.test(path.basename(file)),
    );
    expect(odd).toEqual([]);
  });

  it.each([
    ['compiler', 100],
    ['compiler/layers', 80],
  ])('files are small: half of those in %s below %i lines', (folder, most) => {
    const lines = filesOf(folder)
      .map((file) => readFileSync(path.join(ROOT, file), 'utf8').split('\n').length)
      .sort((a, b) => a - b);
    expect(lines[lines.length >> 1]).toBeLessThan(most);
  });

  it('tests lie where the code that they test lies', () => {
    const rooms = readdirSync(path.join(ROOT, 'test')).filter((name) =>
      statSync(path.join(ROOT, 'test', name)).isDirectory(),
    );
    const homeless = rooms.filter(
      (name) =>
        !['reference', 'parity'].includes(name) &&
        !['compiler', 'runtime', '.'].some((home) => existsSync(path.join(ROOT, home, name))),
    );
    expect(homeless).toEqual([]);
  });
});

interface Definition {
  readonly name: string;
  readonly summary: string;
  readonly documentation: string;
}

/** `conv2d_transpose` lies in `conv2d-transpose.ts`, `gaussians.ring` in `gaussians-ring.ts`. */
const fileName = (name: string) => `${name.replaceAll('_', '-').replaceAll('.', '-')}.ts`;

describe('every definition has a file, an index line and a page', () => {
  const rooms: readonly (readonly [folder: string, definitions: readonly Definition[]])[] = [
    ['regularizers', [...library.penalties.values()]],
    ['optimizers', [...library.optimizers.values()]],
    ['schedules', [...library.schedules.values()]],
    ['distributions', [...library.distributions.values()]],
    ['sources', [...library.sources.values()]],
    ['constraints', [...library.constraints.values()]],
    ['measures', [...library.measures.values()]],
  ];
  const layers = [...library.layers.values()];
  const inLayers = layers.filter(({ name }) =>
    existsSync(path.join(ROOT, 'compiler/layers', fileName(name))),
  );
  const inFunctions = layers.filter((layer) => !inLayers.includes(layer));
  const all = [...rooms, ['layers', inLayers] as const, ['functions', inFunctions] as const];

  it.each(all.map(([folder, definitions]) => ({ folder, definitions })))(
    '$folder',
    ({ folder, definitions }) => {
      expect(definitions.length).toBeGreaterThan(0);
      const known = new Set(pages().map(({ name }) => name));
      for (const { name, summary, documentation } of definitions) {
        expect(
          existsSync(path.join(ROOT, 'compiler', folder, fileName(name))),
          `${folder}/${fileName(name)}`,
        ).toBe(true);
        expect(summary.length, `the summary of ${name}`).toBeGreaterThan(3);
        expect(documentation.trim().length, `the documentation of ${name}`).toBeGreaterThan(20);
        expect(known, `a page about ${name}`).toContain(name);
      }
    },
  );

  it('no file of a definition is missing from its index', () => {
    const defined = new Set(
      all.flatMap(([folder, definitions]) => definitions.map(({ name }) => `${folder}/${fileName(name)}`)),
    );
    const files = all.flatMap(([folder]) =>
      readdirSync(path.join(ROOT, 'compiler', folder))
        .filter((file) => file.endsWith('.ts'))
        .map((file) => `${folder}/${file}`),
    );
    // Beside its fields, a definition has its name as a text; what several share takes it from elsewhere.
    const definition = /^\s*name: '[a-z0-9_.]+',\n[\s\S]*^\s*documentation:/m;
    const written = files.filter((file) =>
      definition.test(readFileSync(path.join(ROOT, 'compiler', file), 'utf8')),
    );
    expect(written.length).toBeGreaterThan(20);
    expect(written.filter((file) => !defined.has(file))).toEqual([]);
  });

  it('every layer has an example', () => {
    expect(layers.filter(({ examples }) => examples.length === 0).map(({ name }) => name)).toEqual([]);
  });

  it('every argument says what it means', () => {
    const silent = [...rooms.flatMap(([, definitions]) => definitions), ...layers].flatMap((definition) =>
      (definition as Definition & { arguments: readonly { name: string; summary: string }[] }).arguments
        .filter(({ summary }) => summary.trim() === '')
        .map(({ name }) => `${definition.name}.${name}`),
    );
    expect(silent).toEqual([]);
  });
});

describe('diagnostics', () => {
  it('every code has a file, an index line, a page and two examples', () => {
    const folder = path.join(ROOT, 'compiler/diagnostics/codes');
    const files = readdirSync(folder)
      .map((file) => file.replace(/\.ts$/, ''))
      .filter((file) => file !== 'index' && file !== 'all');
    expect(diagnosticDefinitions.map(({ code }) => code).sort()).toEqual(files.sort());
    for (const { code, title, explanation, bad, good } of diagnosticDefinitions) {
      expect(title.length, code).toBeGreaterThan(5);
      expect(explanation.trim().length, code).toBeGreaterThan(100);
      expect(bad, code).not.toBe(good);
    }
  });
});
