import { describe, expect, test } from 'vitest';
import * as t from '../../compiler/tensor/index.ts';
import { verify, verifySet } from '../../compiler/tensor/verify.ts';

const W = { path: 'w', shape: [3], dtype: 'f32', role: 'weight' } as const;

function sound(): t.Program {
  const builder = new t.Builder('update.D');
  const x = t.input(builder, { name: 'x', shape: [2, 3], dtype: 'f32', from: { kind: 'count' } });
  const y = builder.within('D/dense', () => t.mul(x, t.state(builder, W)));
  builder.output('loss', t.sum(y));
  builder.assign('w', t.sum(y, 0));
  return builder.finish();
}

/** The sound program with node `id` altered. */
function altered(id: number, change: Partial<t.Node>): t.Program {
  const program = sound();
  return { ...program, nodes: program.nodes.with(id, { ...program.nodes[id]!, ...change }) };
}

test('a sound program passes', () => {
  expect(() => verify(sound())).not.toThrow();
});

describe('what breaks the law is named', () => {
  const cases: readonly (readonly [string, t.Program, string])[] = [
    ['an unknown primitive', altered(2, { op: 'twirl' }), 'node 2, twirl in D/dense'],
    ['a use before the definition', altered(2, { inputs: [0, 3] }), 'uses node 3'],
    ['a reference to nothing', altered(2, { inputs: [0, -1] }), 'uses node -1'],
    ['a wrong shape', altered(2, { shape: [3, 2] }), 'should be f32 [2, 3]'],
    ['a wrong kind', altered(3, { dtype: 'i32' }), 'should be f32 []'],
    [
      'inputs that do not fit',
      altered(1, { shape: [4], attributes: { ...W, shape: [4] } }),
      '[2, 3] and [4]',
    ],
    ['a size of zero', altered(0, { shape: [0, 3] }), 'a size is not a whole number'],
    ['an input that is not declared', { ...sound(), inputs: [] }, 'no such input'],
    [
      'an input declared otherwise',
      { ...sound(), inputs: [{ ...sound().inputs[0]!, shape: [9] }] },
      'declared as f32 [9]',
    ],
    [
      'two inputs of one name',
      { ...sound(), inputs: [sound().inputs[0]!, sound().inputs[0]!] },
      'two inputs have the same name',
    ],
    ['an output of nothing', { ...sound(), outputs: [{ name: 'loss', value: 99 }] }, 'refers to node 99'],
    ['an update of nothing', { ...sound(), updates: [{ path: 'w', value: 99 }] }, 'refers to node 99'],
    ['an update of another shape', { ...sound(), updates: [{ path: 'w', value: 2 }] }, 'over f32 [3]'],
    [
      'two updates of one path',
      { ...sound(), updates: [sound().updates[0]!, sound().updates[0]!] },
      'two updates are named w',
    ],
  ];
  test.each(cases)('%s', (_title, program, message) => {
    expect(() => verify(program)).toThrow(t.ProgramError);
    expect(() => verify(program)).toThrow(message);
    expect(() => verify(program)).toThrow('program update.D');
  });
});

describe('a set', () => {
  const set = (state: readonly t.StateVariable[]) => ({
    version: 1,
    state,
    programs: { 'update.D': sound() },
  });
  test('agrees with its list of state variables', () => {
    expect(() => verifySet(set([W]))).not.toThrow();
    expect(() => verifySet(set([]))).toThrow('no state variable is named w');
    expect(() => verifySet(set([{ ...W, shape: [4] }]))).toThrow('state w is f32 [4] and used as f32 [3]');
  });
});
