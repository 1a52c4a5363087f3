import { describe, expect, test } from 'vitest';
import { check } from '../../compiler/compile.ts';
import { SourceFile } from '../../compiler/source/source-file.ts';
import { findings, judge, maker, modelOf } from './findings.ts';

const start = 'z -> dense(8*8 * 16) -> reshape(8, 8, 16) -> leaky_relu(0.2)';

describe('modules', () => {
  test('a module is checked for all sizes, and its mistake is said once, with its first use', () => {
    const text = maker(`${start} -> M(8) -> M(3) -> M(3) -> tanh`, {
      declarations: 'module M(x: [H, W, C], f: int) -> [2*H, 2*W, f] {\n  x -> conv2d(f)\n}',
      data: 'data faces from folder("f") {\n  image: [64, 64, 3] in [-1, 1]\n}',
    });
    const { diagnostics } = check(new SourceFile('spec.gan', text));
    expect(diagnostics.map((d) => d.message)).toEqual([
      'M promises [2*H, 2*W, f], but its body makes [H, W, f]',
    ]);
    expect(diagnostics[0]!.notes[0]).toMatch(/^in M, used at \d+:\d+$/);
  });

  test('a signature with H/2 demands an even size, one with ceil(H/2) welcomes odd ones', () => {
    const down = (half: string) => `
module M(x: [H, W, C], f: int) -> [${half.replaceAll('X', 'H')}, ${half.replaceAll('X', 'W')}, f] {
  x -> conv2d(f, kernel: 4, stride: 2, padding: "same")
}`;
    const body = 'z -> dense(31*31 * 3) -> reshape(31, 31, 3) -> relu -> M(3) -> tanh';
    expect(findings(maker(body, { declarations: down('X/2') }))).toEqual([
      'indivisible-size: 31 cannot be halved',
    ]);
    expect(findings(maker(body, { declarations: down('ceil(X/2)') }))).toEqual([]);
  });

  test('a whole number that a module is given says how wide a border is', () => {
    const declarations = `
module M(x: [H, W, C], n: int) -> [2*H, 2*W, 3] {
  x -> upsample(2) -> pad([[n, 1], n], mode: "reflect") -> crop([[1, n], n]) -> conv2d(3, kernel: 3, padding: n)
}`;
    const body = (width: string) => `${start} -> M(${width}) -> tanh`;
    expect(findings(maker(body('1'), { declarations }))).toEqual([]);
    expect(findings(maker(body('2'), { declarations }))).toEqual([
      'signature-mismatch: M promises [16, 16, 3], but its body makes [18, 18, 3]',
    ]);
  });

  test('a quotient in the body is checked where it is used', () => {
    const declarations = `
module M(x: [H, W, C], f: int) -> [2*H, 2*W, f] {
  x -> upsample(2) -> conv2d(C/2) -> relu -> conv2d(f)
}`;
    expect(findings(maker(`${start} -> M(3) -> tanh`, { declarations }))).toEqual([]);
    expect(
      findings(maker('z -> dense(8*8 * 5) -> reshape(8, 8, 5) -> M(3) -> tanh', { declarations })),
    ).toEqual(['not-a-whole-number: filters of conv2d must be a whole number, but is 2.5']);
  });

  test('a border may be a share of a size', () => {
    const declarations = `
module Quarter(x: [H, W, C]) -> [H/2, W/2, C] {
  x -> crop([[0, H/2], [W/2, 0]])
}`;
    const body = 'z -> dense(32*32 * 3) -> reshape(32, 32, 3) -> Quarter -> tanh';
    expect(findings(maker(body, { declarations }))).toEqual([]);
    expect(findings(maker(body, { declarations: declarations.replace('W/2, 0]]', 'W/4, 0]]') }))).toEqual([
      'signature-mismatch: Quarter promises [16, 16, 3], but its body makes [16, 24, 3]',
    ]);
  });

  test('layers are values: given, left out, or a module of their own', () => {
    const declarations = `
module Pair(x: [H, W, C]) -> [H, W, C] {
  x -> relu -> conv2d(C, kernel: 1)
}

module M(x: [H, W, C], f: int, end: layer = none) -> [2*H, 2*W, f] {
  x -> upsample(2) -> conv2d(f) -> end
}`;
    const layers = (call: string) =>
      modelOf(maker(`${start} -> ${call} -> tanh`, { declarations }))
        .networks[0]!.graph.flatMap(({ op }) => (op.kind === 'layer' ? [op.path.replace('G/', '')] : []))
        .slice(3);
    const usual = ['m/upsample', 'm/conv2d'];
    expect(layers('M(3)')).toEqual([...usual, 'tanh']);
    expect(layers('M(3, none)')).toEqual([...usual, 'tanh']);
    expect(layers('M(3, end: dropout(0.5))')).toEqual([...usual, 'm/dropout', 'tanh']);
    expect(layers('M(3, end: Pair)')).toEqual([...usual, 'm/pair/relu', 'm/pair/conv2d', 'tanh']);
  });

  test('modules use modules, and a module of two tensors is called like a function or in a flow', () => {
    const declarations = `
module Join(a: [H, W, C], b: [H, W, B], f: int) -> [H, W, f] {
  concat(a, b) -> conv2d(f)
}

module Twice(x: [H, W, C]) -> [H, W, 2*C] {
  Join(x, x, 2*C)
}`;
    for (const call of [
      'Join(h, h, 3)',
      'h -> Join(h, 3)',
      'h -> Join(b: h, f: 3)',
      'h -> Twice -> conv2d(3)',
    ]) {
      const text = maker(`h = ${start} -> upsample(2)\n  return ${call} -> tanh`, { declarations });
      expect(modelOf(text).networks[0]!.outputs[0]!.type.shape).toEqual([16, 16, 3]);
    }
  });

  test('sizes of inputs are compared, by name', () => {
    const declarations = `
module Join(a: [H, W, C], b: [H, W, C]) -> [H, W, 2*C] {
  concat(a, b)
}`;
    const text = maker(`h = ${start}\n  return Join(h, h -> upsample(2)) -> conv2d(3) -> tanh`, {
      declarations,
    });
    expect(findings(text)).toEqual([
      'input-shape-mismatch: Join takes [8, 8, 16] as b, but h -> upsample(2) is [16, 16, 16]',
    ]);
  });

  test('sizes are found from inputs that are calculated from them, when whole numbers do it', () => {
    const declarations = `
module Half(x: [2*N, 2*M, C]) -> [N, M, C] {
  x -> avg_pool(2)
}`;
    const body = (size: number) =>
      `z -> dense(${size}*16 * 3) -> reshape(${size}, 16, 3) -> Half -> relu -> upsample(2) -> conv2d(3)`;
    expect(findings(maker(`${body(16)} -> tanh`, { declarations }))).toEqual([]);
    expect(findings(maker(`${body(15)} -> tanh`, { declarations }))).toEqual([
      'input-shape-mismatch: Half takes [2*N, 16, 3] as x, but reshape(15, 16, 3) is [15, 16, 3]',
    ]);
  });

  test('a module that contains itself is refused, however long the way round', () => {
    const declarations = `
module A(x: [H, W, C]) -> [H, W, C] {
  x -> B
}

module B(x: [H, W, C]) -> [H, W, C] {
  x -> A
}`;
    expect(findings(maker(`${start} -> A -> upsample(2) -> conv2d(3) -> tanh`, { declarations }))).toEqual([
      'recursive-module: module A contains itself',
    ]);
  });

  test('a record has named fields', () => {
    const declarations = `
module Split(x: [H, W, C]) -> (small: [H/2, W/2, C], wide: [H, W, 2*C]) {
  return (small: x -> avg_pool(2), wide: concat(x, x))
}`;
    const text = maker(
      `h = ${start}\n  s = Split(h)\n  return concat(s.small -> upsample(4), s.wide -> upsample(2)) -> conv2d(3) -> tanh`,
      { declarations },
    );
    expect(modelOf(text).networks[0]!.outputs[0]!.type.shape).toEqual([16, 16, 3]);
    expect(findings(text.replace('s.small', 's.smal'))).toEqual([
      'unknown-name: there is no field of Split called `smal`',
    ]);
  });

  test('a body may end in the outputs of a module', () => {
    const declarations = `
module Both(x: [H, W, C]) -> (score: [1], features: [8]) {
  h = x -> flatten -> dense(8) -> leaky_relu(0.2)
  return (features: h, score: h -> dense(1))
}

module Same(x: [H, W, C]) -> (score: [1], features: [8]) {
  x -> Both
}`;
    const text = judge('x -> Same', 'discriminator D(x: faces.image) -> (score: [1], features: [8])')
      .replaceAll('D(real)', 'D(real).score')
      .replaceAll('D(fake)', 'D(fake).score')
      .replace('latent z', `${declarations}\n\nlatent z`);
    const { outputs } = modelOf(text).networks.find(({ name }) => name === 'D')!;
    expect(outputs.map(({ name, type }) => [name, type.shape])).toEqual([
      ['score', [1]],
      ['features', [8]],
    ]);
    expect(
      findings(text.replaceAll('(score: [1], features: [8]) {\n  x', '(score: [1], middle: [8]) {\n  x')),
    ).toEqual(['argument-value: the result of Same takes score, middle, but is given score, features']);
  });
});
