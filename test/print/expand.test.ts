import { describe, expect, it } from 'vitest';
import type { Model } from '../../compiler/3-check/model.ts';
import { type Checked, check } from '../../compiler/compile.ts';
import { exampleSpec } from '../../compiler/diagnostics/example-spec.ts';
import { expand } from '../../compiler/print/expand.ts';
import { format } from '../../compiler/print/format.ts';
import { SourceFile } from '../../compiler/source/source-file.ts';
import { SPECS, specText } from '../1-parse/read.ts';
import { checkFiles } from '../2-resolve/read-from.ts';
import { growingSpec } from '../3-check/growing-spec.ts';

function expanded(text: string): string {
  return format(expand(check(new SourceFile('spec.gan', text)).resolved!), false);
}

/** Everything about the weights of a spec, and the shape of every value in its networks. */
function facts(text: string): unknown {
  const { model, diagnostics } = check(new SourceFile('spec.gan', text));
  if (!model) throw new Error(diagnostics.map(({ message }) => message).join('\n'));
  return model.networks.map(({ name, weights, graph }) => ({
    name,
    weights: weights.map(({ path, shape, initial }) => ({ path, shape, initial: initial.kind })),
    shapes: graph.map(({ type }) => type.shape),
  }));
}

describe('expand', () => {
  it.each(SPECS)('%s compiles to the same networks', (name) => {
    const text = specText(`${name}.gan`);
    expect(facts(expanded(text))).toEqual(facts(text));
  });

  it.each(SPECS)('%s keeps no param and no loop, and expanding again changes nothing', (name) => {
    const text = expanded(specText(`${name}.gan`));
    expect(text).not.toMatch(/^param|\bfor\b|\brepeat\b/m);
    expect(expanded(text)).toBe(text);
  });

  it('writes the defaults of an evaluation and of its measures, and what params stand for', () => {
    const text = exampleSpec({
      declarations: 'param often = 500',
      data: 'data faces from gaussians.ring() {\n  image: [2]\n}',
      generator: 'generator G(z) -> faces.image {\n  z -> dense(2)\n}',
      discriminator: 'discriminator D(x: faces.image) -> [1] {\n  x -> dense(1)\n}',
      sample: 'evaluate G {\n  every: often\n  found: mode_coverage(G(z), faces)\n}',
    });
    expect(expanded(text).split('evaluate')[1]!.replace(/ +/g, ' ')).toBe(
      ' G {\n every: 500\n found: mode_coverage(G(z), faces, within: 3)\n samples: 2500\n}\n',
    );
    expect(expanded(expanded(text))).toBe(expanded(text));
  });

  it('writes every default', () => {
    const text = expanded(specText('dcgan.gan'));
    expect(text).toContain('dense(8192, bias: false, init: none, weights: none, lr: 1)');
    expect(text).toContain('adam(lr: 2e-4, beta1: 0.5, beta2: 0.999, epsilon: 1e-8, l2: 0)');
    expect(text).toContain('batch_norm(epsilon: 1e-5, momentum: 0.9, affine: true)');
    expect(text).toMatch(/draw: +fresh/);
  });

  it('names that hide a param keep their meaning', () => {
    const text = expanded(`gan 1
param ch = 8
module A(x: [H, W, C], ch: int) -> [H, W, ch] {
  x -> conv2d(ch)
}
module B(x: [H, W, C]) -> [H, W, 2*8] {
  x -> for f in [ch, 2*ch] { A(f) }
}
`);
    expect(text).toContain('conv2d(ch,');
    expect(text).toContain('x -> A(8) -> A(16)');
  });

  it('what stages change stays a param; a stage alone is a spec without stages', () => {
    const staged = check(new SourceFile('spec.gan', growingSpec()));
    const text = format(expand(staged.resolved!), false);
    expect(text).toContain('for f in grown { Grow(f) }');
    expect(text).toMatch(/stage "4x4" .* fade: 0 }/);
    expect(text).not.toContain('param width');
    const again = check(new SourceFile('spec.gan', text));
    const pathsOf = ({ model }: { readonly model: Model }) =>
      model.networks.flatMap(({ weights }) => weights.map(({ path, shape }) => `${path} [${shape}]`));
    expect(again.stages.map(pathsOf)).toEqual(staged.stages.map(pathsOf));
    for (const { resolved, model } of staged.stages) {
      const { stage } = model.training!;
      const alone = check(new SourceFile('spec.gan', format(expand(resolved, stage), false)));
      expect(alone.diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
      expect(pathsOf({ model: alone.model! })).toEqual(pathsOf({ model }));
      expect(alone.model!.training!.steps).toBe(stage.steps);
    }
  });

  describe('imports are written out', () => {
    const joined = (texts: Readonly<Record<string, string>>) => {
      const checked = checkFiles(texts);
      expect(errorsOf(checked)).toEqual([]);
      const text = format(expand(checked.resolved!), false);
      expect(text).not.toMatch(/^import/m);
      const alone = check(new SourceFile('spec.gan', text));
      expect(errorsOf(alone)).toEqual([]);
      return { text, before: checked.model!, after: alone.model! };
    };
    const errorsOf = ({ diagnostics }: Checked) =>
      diagnostics.filter(({ severity }) => severity === 'error').map(({ message }) => message);
    const networks = ({ networks: all }: Model) =>
      all.map(({ name, graph, weights }) => ({
        name,
        paths: weights.map(({ path, shape }) => [path, shape]),
        shapes: graph.map(({ type, op }) => [op.kind, type.shape]),
      }));
    const judge = (body: string) => `discriminator D(x: faces.image) -> [1] {\n  ${body}\n}`;

    it('what is used, and what that uses', () => {
      const { text, before, after } = joined({
        'spec.gan': exampleSpec({
          declarations: 'import Down, base from "./blocks.gan"',
          discriminator: judge('x -> Down(base) -> flatten -> dense(1)'),
        }),
        'blocks.gan': `gan 1
param base = 2*width
param width = 4
module Act(x: [H, W, C]) -> [H, W, C] { x -> leaky_relu(0.2) }
module Unused(x: [H, W, C]) -> [H, W, C] { x -> tanh }
module Down(x: [H, W, C], filters: int) -> [H/2, W/2, filters] { x -> conv2d(filters, kernel: 4, stride: 2) -> conv2d(width) -> conv2d(filters) -> Act }
`,
      });
      expect(networks(after)).toEqual(networks(before));
      expect(text).toContain('module Act(');
      expect(text).not.toContain('Unused');
      expect(text).toContain('Down(8)');
      expect(text).toContain('conv2d(4, kernel: 3,');
    });

    it('names that mean different things in two files are told apart', () => {
      const { text, before, after } = joined({
        'spec.gan': exampleSpec({
          declarations: `import Down from "./blocks.gan"
module Act(x: [H, W, C]) -> [H, W, C] { x -> tanh }
loss bce(x, y) = mean(x) * y`,
          discriminator: judge('x -> Act -> Down -> flatten -> dense(1)'),
          train: exampleSpec()
            .slice(exampleSpec().indexOf('train on'))
            .replaceAll('bce(D(fake), 1)', 'bce(D(fake), -1) + mean(judged(D(fake)))')
            .replace('bce(D(real), 1) +', 'bce(D(real), -1) +'),
        }).replace('import Down from', 'import Down, judged from'),
        'blocks.gan': `gan 1
loss judged(x) = bce(x, 1)
module Act(x: [H, W, C]) -> [H, W, C] { x -> relu }
module Down(x: [H, W, C]) -> [H/2, W/2, C] { x -> Act -> conv2d(C, kernel: 4, stride: 2) }
`,
      });
      expect(text).toContain('module Act_2(');
      expect(text).toMatch(/-> Act_2$/m);
      expect(text).toContain('loss bce_2(');
      const plain = (model: Model) =>
        JSON.stringify(model.training!.graph.map(({ op, type }) => [op.kind, type.shape]));
      expect(plain(after)).toBe(plain(before));
    });

    it('a network keeps the shapes of data and latents that stay with its file', () => {
      const { text, before, after } = joined({
        'spec.gan': exampleSpec({ declarations: 'import G from "./other.gan"', generator: '' }),
        'other.gan': exampleSpec({ declarations: 'param width = 8', latent: 'latent z: normal(width)' }),
      });
      expect(networks(after)).toEqual(networks(before));
      expect(text).toContain('generator G(z: [8]) -> [16, 16, 3] in [-1, 1] {');
      expect(text.match(/^data/gm)).toHaveLength(1);
    });
  });
});
