import { describe, expect, it } from 'vitest';
import { check } from '../../compiler/compile.ts';
import { expand } from '../../compiler/print/expand.ts';
import { format } from '../../compiler/print/format.ts';
import { SourceFile } from '../../compiler/source/source-file.ts';
import { readSound, SPECS, specText } from '../1-parse/read.ts';

function expanded(text: string): string {
  return format(expand(readSound(text)), false);
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

  it('writes every default', () => {
    const text = expanded(specText('dcgan.gan'));
    expect(text).toContain('dense(8192, bias: false, init: none, weights: none, lr: 1)');
    expect(text).toContain('adam(lr: 2e-4, beta1: 0.5, beta2: 0.999, epsilon: 1e-8)');
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
});
