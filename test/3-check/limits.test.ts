import { describe, expect, test } from 'vitest';
import { exampleSpec } from '../../compiler/diagnostics/example-spec.ts';
import { findings, judge, maker } from './findings.ts';

/** Checks that a spec is refused as too large; were it laid out first, the test would never end. */
function refused(text: string): string[] {
  const found = findings(text);
  expect(found.every((finding) => finding.startsWith('network-too-large'))).toBe(true);
  return found;
}

describe('limits', () => {
  test('a loop without end', () => {
    expect(refused(judge('x -> repeat 1e9 { relu } -> flatten -> dense(1)'))).toEqual([
      'network-too-large: repeat comes to 1,000,000,000 rounds; the limit is 20,000 layers',
    ]);
  });

  test('loops in loops', () => {
    expect(
      refused(judge('x -> repeat 1000 { repeat 1000 { repeat 1000 { none } } } -> flatten -> dense(1)')),
    ).toHaveLength(1);
  });

  test('modules that double', () => {
    let declarations = 'module M0(x: [H, W, C]) -> [H, W, C] {\n  x -> tanh\n}\n';
    for (let i = 1; i <= 40; i++) {
      declarations += `module M${i}(x: [H, W, C]) -> [H, W, C] {\n  x -> M${i - 1} -> M${i - 1}\n}\n`;
    }
    const text = maker('z -> dense(768) -> reshape(16, 16, 3) -> M40', { declarations });
    expect(refused(text)).toEqual(['network-too-large: M0 comes to more than 20,000 layers']);
  });

  test('losses that double', () => {
    let declarations = 'loss l0(s) = mean(s)\n';
    for (let i = 1; i <= 40; i++) declarations += `loss l${i}(s) = l${i - 1}(s) + l${i - 1}(s)\n`;
    const text = exampleSpec({ declarations }).replace('bce(D(fake), 1)', 'l40(D(fake))');
    expect(refused(text)).toHaveLength(1);
  });

  test.each([
    '[1000000, 1000000, 1]',
    '[1e6, 1e6, 1e6]',
    '[999999999999999, 999999999999999, 999999999999999]',
  ])('a shape of %s', (shape) => {
    const data = `data faces from folder("f") {\n  image: ${shape} in [-1, 1]\n}`;
    const found = findings(exampleSpec({ data }));
    expect(found[0]).toMatch(/^network-too-large: a tensor of shape/);
  });

  test('sizes that no number holds', () => {
    const found = findings(maker('z -> dense(9e15 * 9e15) -> tanh'));
    expect(found).toEqual([expect.stringMatching(/^not-a-whole-number/)]);
    const power = findings(
      maker('z -> dense(768) -> reshape(16, 16, 3) -> P -> tanh', {
        declarations: `module P(x: [H, W, C]) -> [H, W, ${'C*'.repeat(40)}C] {\n  x\n}`,
      }),
    );
    expect(power).toEqual([expect.stringMatching(/^network-too-large/)]);
  });

  test('more weights than fit', () => {
    expect(refused(maker('z -> dense(100_000_000) -> dense(100_000_000) -> tanh'))).toEqual([
      'network-too-large: dense comes to 1.00e+16 weights; the limit is 1,073,741,824 in all',
    ]);
  });

  test('a batch for no machine', () => {
    expect(refused(exampleSpec().replace('batch: 16', 'batch: 1e9'))).toEqual([
      'network-too-large: batch comes to 1,000,000,000; the limit is 65,536',
    ]);
  });
});
