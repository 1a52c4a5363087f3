import { describe, expect, test } from 'vitest';
import { findings, maker, modelOf } from './findings.ts';

const text = maker('z -> dense(8*8 * ch) -> reshape(8, 8, ch) -> upsample(2) -> conv2d(3) -> tanh', {
  declarations:
    'param base = 4\nparam ch = 2 * base\nparam smooth = true\nparam title = "faces"\nparam rate = linear(from: 1e-3, to: 0, over: 100)',
}).replaceAll('lr: 2e-4', 'lr: rate');

describe('--set', () => {
  test('a param takes another value, and so does what is calculated from it', () => {
    const filters = (set: Record<string, string>) =>
      modelOf(text, set).networks[0]!.graph.find(
        ({ op }) => op.kind === 'layer' && op.layer.name === 'reshape',
      )!.type.shape[2];
    expect(filters({})).toBe(8);
    expect(filters({ base: '3' })).toBe(6);
    expect(filters({ ch: '1_0' })).toBe(10);
    expect(modelOf(text, { ch: '16' }).params.get('ch')).toBe(16);
  });

  test('switches and texts keep their kind; a schedule may become a number', () => {
    const { params } = modelOf(text, { smooth: 'false', title: '12', rate: '1e-4' });
    expect([params.get('smooth'), params.get('title'), params.get('rate')]).toEqual([false, '12', 1e-4]);
  });

  test('a word that an argument takes one of a few of may come from a param', () => {
    const scaled = text
      .replace('upsample(2)', 'upsample(2, mode: way)')
      .replace('param base', 'param way = "bilinear"\nparam base');
    const modeOf = (spec: string, set: Record<string, string>) =>
      modelOf(spec, set).networks[0]!.graph.flatMap(({ op }) =>
        op.kind === 'layer' && op.layer.name === 'upsample' ? [op.args.string('mode')] : [],
      );
    expect([modeOf(scaled, {}), modeOf(scaled, { way: 'nearest' })]).toEqual([['bilinear'], ['nearest']]);
    const wrong = 'argument-value: `mode` of upsample takes "nearest" or "bilinear", but is given "cubic"';
    expect(findings(scaled, { way: 'cubic' })).toContain(wrong);
    expect(findings(scaled.replace('mode: way', 'mode: cubic'))).toContain(wrong);
    // A word of the argument's own is that word.
    const own = scaled.replaceAll(' way', ' nearest');
    expect(modeOf(own, { nearest: 'bilinear' })).toEqual(['nearest']);
  });

  test.each([
    [{ chh: '3' }, 'unknown-name: there is no param called `chh`'],
    [{ ch: 'many' }, 'argument-value: `ch` of --set takes a number, but is given `many`'],
    [{ ch: '' }, 'argument-value: `ch` of --set takes a number, but is given ``'],
    [{ smooth: 'yes' }, 'argument-value: `smooth` of --set takes true or false, but is given `yes`'],
    [{ base: '0.25' }, 'not-a-whole-number: shape of reshape must be a whole number, but is 0.5'],
  ])('%j is refused', (set, expected) => {
    expect(findings(text, set as Record<string, string>)).toContain(expected);
  });
});
