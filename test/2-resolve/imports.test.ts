import { describe, expect, test } from 'vitest';
import { exampleSpec, type SpecParts } from '../../compiler/diagnostics/example-spec.ts';
import { renderDiagnostics } from '../../compiler/diagnostics/render.ts';
import { fix } from '../../compiler/fix.ts';
import { toJson } from '../../compiler/print/json.ts';
import { SourceFile } from '../../compiler/source/source-file.ts';
import { checkFiles, found } from './read-from.ts';

const UP = `gan 1

module Up(x: [H, W, C], filters: int) -> [2*H, 2*W, filters] {
  x -> conv2d_transpose(filters, kernel: 4, stride: 2) -> relu
}
`;

/** A spec whose generator makes its image with `Up` of somewhere. */
const importing = (declarations: string, parts: SpecParts = {}) =>
  exampleSpec({
    declarations,
    generator: `
generator G(z) -> faces.image {
  z -> dense(8*8 * 8) -> reshape(8, 8, 8) -> relu -> Up(8) -> conv2d(3, kernel: 3) -> tanh
}`,
    ...parts,
  });

/** The same spec with everything in one file. */
const alone = importing(UP.replace('gan 1\n', ''));

const factsOf = (texts: Record<string, string>, set = {}) => {
  const checked = checkFiles(texts, set);
  expect(found(checked)).toEqual([]);
  return checked.model!.networks.map(({ name, weights, graph }) => ({
    name,
    weights: weights.map(({ path, shape }) => [path, shape]),
    shapes: graph.map(({ type }) => type.shape),
  }));
};

describe('what is imported', () => {
  const expected = factsOf({ 'spec.gan': alone });

  test('a module is the same as if it stood in the file', () => {
    expect(factsOf({ 'spec.gan': importing('import Up from "./blocks.gan"'), 'blocks.gan': UP })).toEqual(
      expected,
    );
  });

  test('from a file in JSON, into a file in JSON', () => {
    const json = (texts: Record<string, string>) => toJson(checkFiles(texts).file);
    const spec = json({ 'spec.gan': importing('import Up from "./blocks.gan.json"') });
    expect(spec).toMatch(/"\.\/blocks\.gan\.json": \[\s*"Up"\s*\]/);
    expect(factsOf({ 'spec.gan': spec, 'blocks.gan.json': json({ 'spec.gan': UP }) })).toEqual(expected);
  });

  test('through another file, which shares what it imports', () => {
    const texts = {
      'spec.gan': importing('import Up from "./blocks/index.gan"'),
      'blocks/index.gan': 'gan 1\n\nimport Up from "./up.gan"\n',
      'blocks/up.gan': UP,
    };
    expect(factsOf(texts)).toEqual(expected);
  });

  test('what a module uses is what its own file means by it', () => {
    const texts = {
      'spec.gan': importing(
        `import Up from "./blocks.gan"\n\nparam width = 1\nmodule Block(x: [H, W, C]) -> [H, W, C] { x -> tanh }`,
        {
          discriminator:
            'discriminator D(x: faces.image) -> [1] {\n  x -> Block -> flatten -> dense(width)\n}',
        },
      ),
      'blocks.gan': `gan 1

param width = 5
module Block(x: [H, W, C]) -> [H, W, width] { x -> conv2d(width, kernel: 3) -> relu }
module Up(x: [H, W, C], filters: int) -> [2*H, 2*W, filters] { x -> Block -> upsample(2) -> conv2d(filters, kernel: 3) -> relu }
`,
    };
    const [g, d] = factsOf(texts);
    expect(g!.weights).toContainEqual(['G/up/block/conv2d/kernel', [3, 3, 8, 5]]);
    expect(d!.weights).toHaveLength(2);
  });

  test('sizes of a signature are not taken for params of another file', () => {
    const texts = {
      'spec.gan': importing('import Up from "./blocks.gan"\n\nparam C = 3', {
        data: 'data faces from folder("data/faces") {\n  image: [16, 16, C] in [-1, 1]\n}',
      }),
      'blocks.gan': UP,
    };
    expect(factsOf(texts)).toEqual(expected);
  });

  test('a param has one value, which --set reaches', () => {
    const texts = {
      'spec.gan': importing('import Up, ch from "./blocks.gan"', {
        discriminator:
          'discriminator D(x: faces.image) -> [1] {\n  x -> conv2d(ch, kernel: 4, stride: 2) -> relu -> flatten -> dense(1)\n}',
      }),
      'blocks.gan': UP.replace('gan 1\n', 'gan 1\n\nparam ch = 4\n').replace(
        'x -> conv',
        'x -> conv2d(ch, kernel: 3) -> relu -> conv',
      ),
    };
    const paths = (set = {}) => factsOf(texts, set).flatMap(({ weights }) => weights);
    expect(paths()).toContainEqual(['D/conv2d/kernel', [4, 4, 3, 4]]);
    expect(paths({ ch: '6' })).toContainEqual(['D/conv2d/kernel', [4, 4, 3, 6]]);
    expect(paths({ ch: '6' })).toContainEqual(['G/up/conv2d/kernel', [3, 3, 8, 6]]);
  });

  test('a loss, and a family of losses by its first name', () => {
    const train = exampleSpec().slice(exampleSpec().indexOf('train on'));
    const texts = {
      'spec.gan': exampleSpec({
        declarations: 'import mine, soft from "./losses.gan"',
        train: train
          .replace('bce(D(real), 1) + bce(D(fake), 0)', 'soft.critic(D(real), D(fake))')
          .replace('bce(D(fake), 1)', 'mine(D(fake))'),
      }),
      'losses.gan': `gan 1

loss half(x) = 0.5 * mean(x)
loss mine(fake) = half(softplus(-fake))
loss soft.critic(real, fake) = half(softplus(-real)) + half(softplus(fake))
loss soft.generator(fake) = half(softplus(-fake))
`,
    };
    expect(found(checkFiles(texts))).toEqual([]);
  });

  test('a network, with the shapes of the data that it was declared for', () => {
    const texts = {
      'spec.gan': exampleSpec({ declarations: 'import D, E from "./other.gan"', discriminator: '' })
        .replace('bce(D(fake), 1)', 'bce(D(fake), 1) + mean(E(fake))')
        .replace('update D {', 'update D, E {')
        .replace('bce(D(fake), 0)', 'bce(D(fake), 0) + mean(E(fake))'),
      'other.gan': exampleSpec({
        declarations:
          'network Inner(x: [8]) -> [1] { x -> dense(1) }\nnetwork E(x: faces.image) -> [1] { x -> flatten -> dense(8) -> Inner }',
      }),
    };
    const { model } = checkFiles(texts);
    expect(found(checkFiles(texts))).toEqual([]);
    const untrained = { ...texts, 'spec.gan': texts['spec.gan'].replace('update D, E {', 'update D {') };
    expect(found(checkFiles(untrained))).toEqual([
      'spec.gan never-updated: E is used in training, but no update trains it',
    ]);
    expect(model!.networks.map(({ name }) => name)).toEqual(['D', 'E', 'G', 'Inner']);
    expect(model!.datasets).toHaveLength(1);
  });

  test('two networks of one name are told apart', () => {
    const inner = (size: number) => `network Inner(x: [8]) -> [${size}] { x -> dense(${size}) }`;
    const texts = {
      'spec.gan': exampleSpec({
        declarations: `import Judge from "./judge.gan"\n${inner(8)}`,
        discriminator:
          'discriminator D(x: faces.image) -> [1] {\n  x -> flatten -> dense(8) -> Inner -> Judge\n}',
      }).replace('update D {', 'update D, Inner, Judge {'),
      'judge.gan': `gan 1\n\n${inner(4)}\nnetwork Judge(x: [8]) -> [1] { x -> Inner -> dense(1) }\n`,
    };
    const { model, diagnostics } = checkFiles(texts);
    expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
    expect(model!.networks.map(({ name }) => name)).toEqual(['Judge', 'Inner', 'G', 'D', 'Inner.2']);
    const paths = model!.networks.flatMap(({ weights }) => weights.map(({ path }) => path));
    expect(new Set(paths).size).toBe(paths.length);
  });
});

describe('what is wrong', () => {
  const blocks = `gan 1

param size = 4
latent noise: normal(4)
data faces from folder("faces") { image: [4, 4, 3] in [-1, 1] }
module Up(x: [H, W, C]) -> [H, W, C] { x -> relu }
module Down(x: [H, W, C]) -> [H, W, C] { x -> relu }
`;
  const foundWith = (declarations: string, texts: Record<string, string> = { 'blocks.gan': blocks }) =>
    found(checkFiles({ 'spec.gan': exampleSpec({ declarations }), ...texts })).filter(
      (line) => !line.includes('unused-declaration'),
    );

  test.each([
    ['Upp', 'import-not-found: ./blocks.gan declares no `Upp`'],
    ['noise', 'import-not-found: noise is a latent of ./blocks.gan, and that cannot be imported'],
    ['faces', 'import-not-found: faces is data of ./blocks.gan, and that cannot be imported'],
    ['bce', 'import-not-found: ./blocks.gan declares no `bce`'],
    ['Up, Up', 'duplicate-name: `Up` is declared twice'],
  ])('import %s', (names, message) => {
    expect(foundWith(`import ${names} from "./blocks.gan"`)).toEqual([`spec.gan ${message}`]);
  });

  test('a name that is near is meant, and --fix writes it', () => {
    const source = new SourceFile(
      'spec.gan',
      importing('import Upp from "./blocks.gan"').replace('Up(8)', 'Upp(8)'),
    );
    const readImport = () => new SourceFile('blocks.gan', UP);
    const { text } = fix(source, { readImport });
    expect(text).toContain('import Up from');
  });

  test('a name that the file declares itself', () => {
    expect(
      foundWith('import Up from "./blocks.gan"\n\nmodule Up(x: [H, W, C]) -> [H, W, C] { x -> tanh }'),
    ).toEqual(['spec.gan duplicate-name: `Up` is declared twice']);
  });

  test('what is not imported is not seen, and is not suggested', () => {
    const texts = {
      'spec.gan': importing('import Up from "./blocks.gan"').replace('Up(8)', 'Up -> Down'),
      'blocks.gan': blocks.replace('Down', 'Downn'),
    };
    const { diagnostics } = checkFiles(texts);
    expect(diagnostics.map(({ message }) => message)).toEqual(['there is no layer called `Down`']);
    expect(diagnostics[0]!.label).toBe('');
  });

  test('files in a circle: the whole circle is named, once', () => {
    const texts = {
      'spec.gan': importing('import Up from "./a.gan"'),
      'a.gan': 'gan 1\n\nimport Up from "./b.gan"\n',
      'b.gan': 'gan 1\n\nimport Up from "./a.gan"\n',
    };
    const { diagnostics } = checkFiles(texts);
    expect(diagnostics.map(({ code, label }) => [code, label])).toEqual([
      ['import-cycle', 'a.gan → b.gan → a.gan'],
    ]);
  });

  test('mistakes in a file are shown there, and their uses are no second mistake', () => {
    const texts = {
      'spec.gan': importing('import Up, Res from "./blocks.gan"').replace('Up(8)', 'Up(8) -> Res'),
      'blocks.gan': `${UP.replace('relu', 'rellu')}module Res(x: [H, W, C) -> [H, W, C] { x -> relu }\n`,
    };
    expect(found(checkFiles(texts)).map((line) => line.split(':')[0])).toEqual([
      'blocks.gan unknown-layer',
      'blocks.gan syntax',
    ]);
    const checked = checkFiles(texts);
    expect(renderDiagnostics(checked.diagnostics, { sources: checked.sources })).toContain(
      '┌─ blocks.gan:4:',
    );
  });

  test('a mistake of a use in another file shows both', () => {
    const texts = {
      'spec.gan': exampleSpec({
        declarations: 'import Half from "./blocks.gan"',
        discriminator: 'discriminator D(x: faces.image) -> [1] {\n  x -> Half -> flatten -> dense(1)\n}',
        data: 'data faces from folder("data/faces") {\n  image: [15, 15, 3] in [-1, 1]\n}',
        generator: 'generator G(z) -> faces.image {\n  z -> dense(15*15*3) -> reshape(15, 15, 3) -> tanh\n}',
      }),
      'blocks.gan':
        'gan 1\n\nmodule Half(x: [H, W, C]) -> [H/2, W/2, C] { x -> conv2d(C, kernel: 4, stride: 2) }\n',
    };
    const checked = checkFiles(texts);
    const text = renderDiagnostics(checked.diagnostics, { sources: checked.sources });
    expect(text).toContain('┌─ blocks.gan:3:');
    expect(text).toContain('in Half, used at spec.gan:16:8');
  });

  test('an import that cannot be read is one mistake, in JSON as in text', () => {
    const text = importing('import Up from "./blocks.gan"');
    const json = toJson(checkFiles({ 'spec.gan': text }).file).replace(/"Up"\s*\]/, '"Up", 5]');
    expect(json).toContain('"Up", 5]');
    expect(found(checkFiles({ 'spec.gan': json, 'blocks.gan': UP }))).toHaveLength(1);
    const broken = text.replace('import Up from', 'import Up, from');
    expect(found(checkFiles({ 'spec.gan': broken, 'blocks.gan': UP }))).toHaveLength(1);
  });

  test('a newer version of the language', () => {
    expect(
      foundWith('import Up from "./blocks.gan"', { 'blocks.gan': blocks.replace('gan 1', 'gan 2') }),
    ).toEqual([
      'blocks.gan unsupported-version: this spec is written in version 2 of the language, and this compiler reads version 1',
    ]);
  });

  test('what a file cannot run yet is said if it would be used, and its training is not judged', () => {
    const other = exampleSpec({
      declarations: UP.replace('gan 1\n', ''),
      sample: 'evaluate G {\n  samples: 10\n}',
    });
    expect(
      found(checkFiles({ 'spec.gan': importing('import Up from "./other.gan"'), 'other.gan': other })),
    ).toEqual([]);
  });

  test('too many files, and too many in a row', () => {
    const chain = Object.fromEntries(
      Array.from({ length: 30 }, (_, i) => [`f${i}.gan`, `gan 1\n\nimport Up from "./f${i + 1}.gan"\n`]),
    );
    expect(foundWith('import Up from "./f0.gan"', chain)[0]).toMatch(
      /f18\.gan too-large: more than 20 files import/,
    );
    const many = Object.fromEntries(
      Array.from({ length: 120 }, (_, i) => [`f${i}.gan`, `gan 1\n\nparam p${i} = 1\n`]),
    );
    const imports = Object.keys(many).map((file, i) => `import p${i} from "./${file}"`);
    expect(foundWith(imports.join('\n'), many)[0]).toBe(
      'spec.gan too-large: more than 100 files would be imported from here',
    );
  });
});

describe('an import that nothing uses', () => {
  test.each([
    ['import Up, Down from "./blocks.gan"', 'import Up from "./blocks.gan"'],
    ['import Down, Up from "./blocks.gan"', 'import Up from "./blocks.gan"'],
    ['import Up from "./blocks.gan"\nimport Down from "./blocks.gan"', 'import Up from "./blocks.gan"'],
    ['import Up from "./blocks.gan"\nimport Down, Over from "./blocks.gan"', 'import Up from "./blocks.gan"'],
  ])('%s', (written, mended) => {
    const others = UP.replace('gan 1\n', '');
    const blocks = UP + others.replace('Up', 'Down') + others.replace('Up', 'Over');
    const readImport = () => new SourceFile('blocks.gan', blocks);
    const { text, fixed } = fix(new SourceFile('spec.gan', importing(written)), { readImport });
    expect(fixed.map(({ code }) => code)).toContain('unused-declaration');
    expect(text).toBe(importing(mended));
  });

  test('is no mistake in a file without training, which gathers for others', () => {
    expect(found(checkFiles({ 'spec.gan': 'gan 1\n\nimport Up from "./up.gan"\n', 'up.gan': UP }))).toEqual(
      [],
    );
  });

  test('a comment of an imported file silences what is found in it', () => {
    const kernel3 = UP.replace('kernel: 4', 'kernel: 3');
    const texts = (blocks: string) => ({
      'spec.gan': importing('import Up from "./blocks.gan"'),
      'blocks.gan': blocks,
    });
    expect(found(checkFiles(texts(kernel3)))[0]).toMatch(/^blocks.gan checkerboard-kernel/);
    const meant = kernel3.replace('  x ->', '  // ganc-ignore checkerboard-kernel: tested\n  x ->');
    expect(found(checkFiles(texts(meant)))).toEqual([]);
    // Whether it silences anything depends on who uses the module, so that is judged in the file itself only.
    expect(
      found(checkFiles(texts(UP.replace('  x ->', '  // ganc-ignore checkerboard-kernel: tested\n  x ->')))),
    ).toEqual([]);
  });
});
