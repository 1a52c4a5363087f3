import '@tensorflow/tfjs-backend-cpu';
import * as core from '@tensorflow/tfjs-core';
import * as layers from '@tensorflow/tfjs-layers';
import { describe, expect, it } from 'vitest';
import { dcgan } from '../../bench/by-hand/dcgan.ts';
import { contenders } from '../../bench/contenders/index.ts';
import { convolutionRate } from '../../bench/convolution-rate.ts';
import { type Convolution, convolutionsOf } from '../../bench/convolutions.ts';
import { compiledModel, flopsOf, models, weightsOf } from '../../bench/models.ts';
import { optionsFrom } from '../../bench/options.ts';
import { type Entrant, runRace } from '../../bench/race.ts';

/** An entrant that keeps to the protocol: a `step` takes it so many milliseconds. */
function entrant(name: string, weights: number, step = 1): Entrant {
  const script = `
    console.log('Welcome to a library that greets');
    console.log(JSON.stringify({ ready: { weights: ${weights}, version: '1' } }));
    require('node:readline').createInterface({ input: process.stdin }).on('line', (line) => {
      const { run } = JSON.parse(line);
      if (run) console.log(JSON.stringify({ ms: ${step} }));
      else console.log(JSON.stringify({ peakBytes: 7 }));
    });`;
  return { name, command: { file: process.execPath, args: ['-e', script] }, bodies: ['step'] };
}

const silent = { rounds: 3, weights: 5, progress() {} };

describe('the race', () => {
  it('gives every entrant its turns, and tells its memory', async () => {
    const entrants = [entrant('one', 5), entrant('other', 5, 400)];
    const { results, reasons } = await runRace({ ...silent, entrants });
    expect([...results.values()]).toEqual([
      { name: 'one', version: '1', peakBytes: 7, times: new Map([['step', Array(30).fill(1)]]) },
      { name: 'other', version: '1', peakBytes: 7, times: new Map([['step', Array(15).fill(400)]]) },
    ]);
    expect(reasons.size).toBe(0);
  });

  it('leaves out with its reason who cannot, who dies and who is not there', async () => {
    const cannot = {
      ...entrant('cannot', 5),
      command: say('{"cannot":"it has no gradient\\nat x"}'),
    };
    const dies = { ...entrant('dies', 5), command: say('', 'out of memory') };
    const absent = { ...entrant('absent', 5), command: { file: '/nowhere/python3', args: [] } };
    const entrants = [cannot, dies, absent, entrant('runs', 5)];
    const { results, reasons } = await runRace({ ...silent, entrants });
    expect([...results.keys()].map(({ name }) => name)).toEqual(['runs']);
    expect([...reasons].map(([{ name }, reason]) => `${name}: ${reason}`)).toEqual([
      'cannot: it has no gradient',
      'dies: its process ended: out of memory',
      expect.stringContaining('/nowhere/python3'),
    ]);
  });

  it('refuses another model', async () => {
    const race = runRace({ ...silent, entrants: [entrant('another', 6)] });
    await expect(race).rejects.toThrow('another trains 6 weights and ganc 5');
  });

  function say(line: string, error = '') {
    const script = `console.log(${JSON.stringify(line)}); console.error(${JSON.stringify(error)})`;
    return { file: process.execPath, args: ['-e', script] };
  }
});

it('the hand-written DCGAN has the weights of the spec', async () => {
  await core.setBackend('cpu');
  expect(dcgan({ ...core, ...layers }, 1).weights).toBe(weightsOf(compiledModel(models.dcgan!)));
});

it('the convolutions of the DCGAN are those of three passes of each layer but the way back that losses share, and most of its work', () => {
  const model = compiledModel(models.dcgan!);
  const uses = convolutionsOf(model);
  expect(uses.reduce((sum, { count }) => sum + count, 0)).toBe(20);
  const flops = uses.reduce((sum, use) => sum + use.count * use.flops, 0);
  expect(flops / flopsOf(model)).toBeGreaterThan(0.9);
  expect(flops).toBeLessThan(flopsOf(model));
});

it('the convolution rate takes each kind from whoever is fastest at it, as often as a step has it', () => {
  const convolution: Convolution = { op: 'conv', attributes: {}, shape: [], inputs: [] };
  const uses = [
    { convolution, count: 2, flops: 100 },
    { convolution, count: 1, flops: 30 },
  ];
  const result = (name: string, first: readonly number[], second: readonly number[]) => ({
    name,
    version: '1',
    peakBytes: 1,
    times: new Map([
      ['0', first],
      ['1', second],
    ]),
  });
  const results = [result('a', [9, 4, 5], [3, 3, 3]), result('b', [8, 8, 8], [1, 2, 9])];
  expect(convolutionRate(uses, results)).toEqual({
    time: 2 * 5 + 2,
    flops: 230,
    best: 20,
    fastest: new Map([
      ['a', 1],
      ['b', 1],
    ]),
  });
  expect(convolutionRate(uses, [])).toBeNull();
});

describe('the options', () => {
  const choices = {
    only: ['compare'],
    models: ['dcgan', 'video'],
    contenders: contenders.map(({ name }) => name),
  };

  it('take everything when nothing is said', () => {
    expect(optionsFrom([], choices)).toMatchObject({ ...choices, rounds: 5 });
  });

  it('take lists and numbers, and say what there is to choose', () => {
    const options = optionsFrom(
      ['--models', 'dcgan', '--contenders=torch,tfjs-node', '--rounds', '2'],
      choices,
    );
    expect(options).toMatchObject({ models: ['dcgan'], contenders: ['torch', 'tfjs-node'], rounds: 2 });
    expect(() => optionsFrom(['--models', 'gan'], choices)).toThrow('--models takes some of dcgan, video');
    expect(() => optionsFrom(['--rounds', '0'], choices)).toThrow('--rounds takes a whole number from 1');
  });
});
