import { describe, expect, test } from 'vitest';
import { exampleSpec } from '../../compiler/diagnostics/example-spec.ts';
import { check } from '../../compiler/index.ts';
import { SourceFile } from '../../compiler/source/source-file.ts';

/** A spec whose kernel does not fit its stride, with comments around that line. */
function findings(above: string, after = '', layer = 'conv2d_transpose(3, kernel: 3, stride: 2)') {
  const text = exampleSpec({
    generator: `
generator G(z) -> faces.image {
  z -> dense(8*8 * 8) -> reshape(8, 8, 8) -> relu
${above}
    -> ${layer} ${after}
    -> tanh
}`,
  });
  return check(new SourceFile('a.gan', text)).diagnostics.map(({ code, message }) => [code, message]);
}

describe('ganc-ignore', () => {
  test('on the line above, with a reason', () => {
    expect(findings('// nothing')).toEqual([
      ['checkerboard-kernel', 'kernel 3 is not a multiple of stride 2'],
    ]);
    expect(findings('    // ganc-ignore checkerboard-kernel: as published')).toEqual([]);
  });

  test('other comments may stand between', () => {
    expect(findings('    // ganc-ignore checkerboard-kernel: as published\n    // more')).toEqual([]);
  });

  test('at the end of the same line', () => {
    expect(findings('', '// ganc-ignore checkerboard-kernel: as published')).toEqual([]);
  });

  test('without a reason it does not count', () => {
    expect(findings('    // ganc-ignore checkerboard-kernel')).toEqual([
      ['unused-ignore', 'this comment does not say why checkerboard-kernel is fine here'],
      ['checkerboard-kernel', 'kernel 3 is not a multiple of stride 2'],
    ]);
  });

  test('one that ignores nothing, or does not exist, or is an error', () => {
    const right = 'conv2d_transpose(3, kernel: 4, stride: 2)';
    expect(findings('    // ganc-ignore checkerboard-kernel: was 3', '', right)).toEqual([
      ['unused-ignore', 'there is no checkerboard-kernel on the next line to ignore'],
    ]);
    expect(findings('    // ganc-ignore checkerbord-kernel: why', '', right)).toEqual([
      ['unused-ignore', 'there is no diagnostic called `checkerbord-kernel`'],
    ]);
    expect(findings('    // ganc-ignore range-mismatch: why', '', right)).toEqual([
      ['unused-ignore', 'range-mismatch is an error and cannot be ignored'],
    ]);
    expect(findings('    // ganc-ignore', '', right)).toEqual([
      ['unused-ignore', 'this comment does not say what to ignore'],
    ]);
  });

  test('says nothing about warnings that an error keeps from being found', () => {
    const codes = findings(
      '    // ganc-ignore checkerboard-kernel: as published',
      '',
      'conv2d_transpose(3, kernal: 3)',
    );
    expect(codes.map(([code]) => code)).toEqual(['unknown-argument']);
  });
});
