import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Dim, SizeTooLarge } from '../../compiler/3-check/dim.ts';

const H = Dim.named('H');
const W = Dim.named('W');
const C = Dim.named('C');

/** An expression over H and W, as a Dim and as the function of two numbers that it stands for. */
interface Expression {
  dim: Dim;
  at(h: number, w: number): number;
}

const { expression } = fc.letrec<{ expression: Expression }>((tie) => ({
  expression: fc.oneof(
    { maxDepth: 4 },
    fc.constant<Expression>({ dim: H, at: (h) => h }),
    fc.constant<Expression>({ dim: W, at: (_, w) => w }),
    fc.integer({ min: -9, max: 9 }).map((n): Expression => ({ dim: Dim.of(n), at: () => n })),
    fc
      .tuple(tie('expression'), tie('expression'))
      .map(([a, b]): Expression => ({ dim: a.dim.plus(b.dim), at: (h, w) => a.at(h, w) + b.at(h, w) })),
    fc
      .tuple(tie('expression'), tie('expression'))
      .map(([a, b]): Expression => ({ dim: a.dim.minus(b.dim), at: (h, w) => a.at(h, w) - b.at(h, w) })),
    fc
      .tuple(tie('expression'), fc.integer({ min: -4, max: 4 }))
      .map(([a, n]): Expression => ({ dim: a.dim.times(n), at: (h, w) => a.at(h, w) * n })),
    fc
      .tuple(tie('expression'), fc.integer({ min: 1, max: 6 }))
      .map(([a, n]): Expression => ({ dim: a.dim.floorOver(n), at: (h, w) => Math.floor(a.at(h, w) / n) })),
    fc
      .tuple(tie('expression'), fc.integer({ min: 1, max: 6 }))
      .map(([a, n]): Expression => ({ dim: a.dim.ceilOver(n), at: (h, w) => Math.ceil(a.at(h, w) / n) })),
  ),
}));

const size = fc.integer({ min: 1, max: 300 });

describe('sizes', () => {
  test('mean what the arithmetic says, for every size put in', () => {
    fc.assert(
      fc.property(expression, size, size, ({ dim, at }, h, w) => {
        const known = dim.substitute(
          new Map([
            ['H', Dim.of(h)],
            ['W', Dim.of(w)],
          ]),
        );
        expect(known?.value).toBe(at(h, w) + 0);
      }),
      { numRuns: 2000 },
    );
  });

  test('add and multiply as numbers do', () => {
    fc.assert(
      fc.property(expression, expression, expression, ({ dim: a }, { dim: b }, { dim: c }) => {
        expect(a.plus(b).equals(b.plus(a))).toBe(true);
        expect(a.times(b).equals(b.times(a))).toBe(true);
        expect(a.times(b.plus(c)).equals(a.times(b).plus(a.times(c)))).toBe(true);
        expect(a.minus(a).value).toBe(0);
      }),
      { numRuns: 500 },
    );
  });

  test('divide exactly or not at all', () => {
    expect(H.times(6).over(3)!.equals(H.times(2))).toBe(true);
    expect(H.over(2)).toBeNull();
    expect(Dim.of(75).over(2)).toBeNull();
    expect(Dim.of(8).over(0)).toBeNull();
    fc.assert(
      fc.property(expression, fc.integer({ min: 1, max: 9 }), ({ dim }, n) => {
        expect(dim.times(n).over(n)!.equals(dim)).toBe(true);
        expect(dim.times(n).ceilOver(n).equals(dim)).toBe(true);
        expect(dim.times(n).floorOver(n).equals(dim)).toBe(true);
      }),
    );
  });

  test('fold quotients of quotients', () => {
    expect(H.ceilOver(2).ceilOver(2).equals(H.ceilOver(4))).toBe(true);
    expect(H.floorOver(2).floorOver(3).equals(H.floorOver(6))).toBe(true);
    expect(H.plus(2).ceilOver(2).equals(H.ceilOver(2).plus(1))).toBe(true);
  });

  test('read as a person would write them', () => {
    expect(H.times(2).toString()).toBe('2*H');
    expect(H.ceilOver(2).toString()).toBe('ceil(H/2)');
    expect(H.floorOver(2).toString()).toBe('floor(H/2)');
    expect(H.minus(3).floorOver(2).toString()).toBe('ceil(H/2) - 2');
    expect(H.times(W).minus(1).toString()).toBe('H*W - 1');
    expect(C.times(-1).plus(4).toString()).toBe('-C + 4');
    expect(Dim.of(0).toString()).toBe('0');
  });

  test('a promised multiple halves exactly and keeps its name', () => {
    const even = Dim.named('H', 4);
    expect(even.toString()).toBe('H');
    expect(even.over(2)!.toString()).toBe('H/2');
    expect(even.ceilOver(2).toString()).toBe('H/2');
    expect(even.over(4)!.times(3).toString()).toBe('3*H/4');
    expect(even.times(2).toString()).toBe('2*H');
    expect(even.over(8)).toBeNull();
    expect(even.over(2)!.substitute(new Map([['H', Dim.of(300)]]))!.value).toBe(150);
    expect(even.over(2)!.substitute(new Map([['H', Dim.of(75)]]))).toBeNull();
  });

  test('solve for a name', () => {
    expect(H.times(2).plus(3).linearIn('H')).toEqual({ factor: 2, offset: 3 });
    expect(Dim.named('H', 2).over(2)!.linearIn('H')).toEqual({ factor: 0.5, offset: 0 });
    expect(H.times(W).linearIn('H')).toBeNull();
    expect(W.linearIn('H')).toBeNull();
  });

  test('stay bounded', () => {
    expect(() => Dim.of(2 ** 52).times(4)).toThrow(SizeTooLarge);
    expect(() => {
      let x = H;
      for (let i = 0; i < 100; i++) x = x.times(x);
    }).toThrow(SizeTooLarge);
    expect(() => {
      let x = H.plus(W);
      for (let i = 0; i < 100; i++) x = x.times(H.plus(i));
    }).toThrow(SizeTooLarge);
  });
});
