import { describe, expect, it } from 'vitest';
import { format } from '../../compiler/print/format.ts';
import { readSound } from '../1-parse/read.ts';

/** Formats, and sees to it that formatting the result changes nothing. */
function formatted(text: string): string {
  const result = format(readSound(text));
  expect(format(readSound(result))).toBe(result);
  return result;
}

describe('the formatter', () => {
  it('puts spaces, indentation and blocks in the one style', () => {
    expect(
      formatted(`gan   1
param a=1
param long_name   =   [ 1,2 ,3 ]
module A( x:[H,W,C] , f :int=3 )->[H,W,f]{x->conv2d( f,kernel :1 )->relu}
train on d { batch:4
 update D{loss:mean( D(x) )} }`),
    ).toBe(`gan 1

param a = 1
param long_name = [1, 2, 3]

module A(x: [H, W, C], f: int = 3) -> [H, W, f] {
  x -> conv2d(f, kernel: 1) -> relu
}

train on d {
  batch: 4
  update D {
    loss: mean(D(x))
  }
}
`);
  });

  it('sets stages of one row each as a table, and leaves others as blocks', () => {
    expect(
      formatted(`gan 1
train on d {
  batch: 4
  stage "4" { size:4 new: [] steps: 1_000 }
  stage "16×16" {size: 16  new: [2*ch]  steps:20 fade: 5}
  stage "32" {
    size: 32
  }
  // Alone.
  stage "64" { size: 64 } // the end
}`),
    ).toBe(`gan 1

train on d {
  batch: 4
  stage "4"     { size: 4   new: []      steps: 1_000 }
  stage "16×16" { size: 16  new: [2*ch]  steps: 20     fade: 5 }
  stage "32" {
    size: 32
  }
  // Alone.
  stage "64" { size: 64 } // the end
}
`);
  });

  it('keeps comments: above, behind, inside, at the end', () => {
    const text = `/// The file.
gan 1

// above a param
param a = 1 // behind it

/// Doc.
// note
module A(x: [H, W, C]) -> [H, W, C] { // behind the brace
  // above the flow
  x -> relu // behind a row
    // between rows
    -> tanh

  // last in the block
}
// at the end
`;
    expect(formatted(text)).toBe(text);
  });

  it('a comment inside of what becomes one line goes above it', () => {
    expect(
      formatted(`gan 1
param a = f(1, // one
  2)
`),
    ).toBe(`gan 1

// one
param a = f(1, 2)
`);
  });

  it('keeps one blank line, and none at the beginning of a block', () => {
    expect(
      formatted(`gan 1


param a = 1



param b = 2
sample G {

  every: 5


  grid: [1, 1]

}
`),
    ).toBe(`gan 1

param a = 1

param b = 2

sample G {
  every: 5

  grid: [1, 1]
}
`);
  });

  it('keeps columns that the author aligned, and only those', () => {
    const text = `gan 1

param size = 1
param ch   = 2

sample G {
  every: 1
  grid:  [1, 1]
  rows:  y
}

sample H {
  every: 1
  grid: [1, 1]
}
`;
    expect(formatted(text)).toBe(text);
  });

  it('breaks what is wider than 100 columns', () => {
    const layers = Array.from({ length: 8 }, (_, i) => `conv2d(${i + 1}00, kernel: 4, stride: 2)`);
    const text = formatted(`gan 1\nmodule A(x: [H, W, C]) -> [1] {\n x -> ${layers.join(' -> ')}\n}\n`);
    expect(Math.max(...text.split('\n').map((line) => line.length))).toBeLessThanOrEqual(100);
    const list = Array.from({ length: 60 }, (_, i) => 100 + i);
    const wide = formatted(`gan 1\nparam a = [${list.join(',')}]\n`);
    expect(Math.max(...wide.split('\n').map((line) => line.length))).toBeLessThanOrEqual(100);
  });

  it('writes parentheses only where they are needed', () => {
    expect(formatted('gan 1\nparam a = ((1 + 2)) * (3) - (4 - (5)) - ((x -> relu)) + -(-(2))\n')).toBe(
      'gan 1\n\nparam a = (1 + 2) * 3 - (4 - 5) - (x -> relu) + --2\n',
    );
  });

  it('keeps a doc comment whole, whatever breaks its lines in JSON', () => {
    for (const doc of ['one\ntwo', 'one\r\ntwo', 'one\rtwo']) {
      const json = JSON.stringify({ gan: 1, params: { a: { value: 1, doc } } });
      expect(formatted(format(readSound(json, 'spec.gan.json')))).toBe(
        'gan 1\n\n/// one\n/// two\nparam a = 1\n',
      );
    }
  });
});
