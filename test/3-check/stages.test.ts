import { describe, expect, test } from 'vitest';
import { check, compileStage } from '../../compiler/compile.ts';
import { SourceFile } from '../../compiler/source/source-file.ts';
import { findings, modelOf } from './findings.ts';
import { growingSpec } from './growing-spec.ts';

const checked = (text: string, set = {}) => check(new SourceFile('spec.gan', text), { set });
const pathsIn = (stage: ReturnType<typeof checked>['stages'][number], network: string) =>
  stage.model.networks
    .find(({ name }) => name === network)!
    .weights.filter(({ kind }) => kind === 'weight')
    .map(({ path }) => path);

describe('a training in stages', () => {
  const { stages, model, diagnostics } = checked(growingSpec());

  test('is several models, each with the params of its stage; the last is what it ends with', () => {
    expect(diagnostics).toEqual([]);
    expect(stages.map((stage) => stage.model.training!.stage)).toEqual([
      { label: '4x4', start: 0, steps: 10, fade: 0 },
      { label: '8x8', start: 10, steps: 12, fade: 5 },
      { label: '16x16', start: 22, steps: 18, fade: 8 },
    ]);
    expect(stages.map((stage) => stage.model.training!.steps)).toEqual([40, 40, 40]);
    expect(stages.map((stage) => stage.model.training!.batch)).toEqual([8, 4, 4]);
    expect(stages.map((stage) => stage.model.datasets[0]!.fields[0]!.type.shape[0])).toEqual([4, 8, 16]);
    expect(stages.map((stage) => stage.model.params.get('rate'))).toEqual([1e-3, 1e-3, 5e-4]);
    expect(model).toBe(stages[2]!.model);
  });

  test('keeps the paths of modules with a key, wherever they move to', () => {
    const [first, second, third] = stages.map((stage) => pathsIn(stage, 'D'));
    expect(first).toEqual([
      'D/from_ink[4]/conv2d/kernel',
      'D/from_ink[4]/conv2d/bias',
      'D/dense/kernel',
      'D/dense/bias',
    ]);
    expect(second!.filter((path) => !first!.includes(path)).map((path) => path.split('/')[1])).toEqual([
      'from_ink[8]',
      'from_ink[8]',
      'shrink[8]',
      'shrink[8]',
    ]);
    expect(third!.filter((path) => path.includes('shrink'))).toContain('D/shrink[8]/conv2d/kernel');
    expect(third).not.toContain('D/from_ink[4]/conv2d/kernel');
    // A block that was bound to nothing when it came is part of `h` in the next stage.
    const [, before, after] = stages.map((stage) => pathsIn(stage, 'G'));
    expect(before).toContain('G/grow[8]/conv2d/kernel');
    expect(after).toContain('G/grow[8]/conv2d/kernel');
  });

  test('two uses with one key are told apart, and a key may be a word', () => {
    const twice = growingSpec(undefined, (text) =>
      text
        .replace(
          'leaky_relu(0.2)\n}\n\nmodule FromInk',
          'leaky_relu(0.2)\n}\n\nmodule Same(x: [H, W, C], key: string) -> [H, W, C] {\n  x -> conv2d(C)\n}\n\nmodule FromInk',
        )
        .replace('flatten -> dense(1)', 'Same(key: "end") -> Same(key: "end") -> flatten -> dense(1)'),
    );
    const paths = pathsIn(checked(twice).stages[0]!, 'D');
    expect(paths).toContain('D/same[end]/conv2d/kernel');
    expect(paths).toContain('D/same[end].2/conv2d/kernel');
  });

  test('counts for each weight the updates that it has had, for Adam', () => {
    const counts = stages.map((_, index) => {
      const { set } = compileStage({ stages }, index);
      const inputs = Object.values(set.programs).flatMap((program) => program.inputs);
      const before = inputs.flatMap(({ from }) => (from.kind === 'count' ? [from.before ?? 0] : []));
      return [...new Set(before)].sort((a, b) => a - b);
    });
    // D is updated twice in each step, G once.
    expect(counts).toEqual([[0], [0, 10, 20], [0, 12, 22, 24, 44]]);
  });

  test('a training without stages is one from its first step to its last', () => {
    const alone = checked(growingSpec('  steps: 7\n'));
    expect(alone.stages).toHaveLength(1);
    expect(alone.model!.training).toMatchObject({
      steps: 7,
      stage: { label: null, start: 0, steps: 7, fade: 0 },
    });
  });
});

describe('what is wrong in a stage', () => {
  const one = (options: string) => growingSpec(`  stage "only" { ${options} }\n`);

  test.each([
    ['sise: 8  steps: 5', 'unknown-argument: stage "only" has no option `sise`'],
    ['size: 8', 'unknown-argument: stage "only" needs the option `steps`'],
    [
      'size: "8"  steps: 5',
      'argument-value: `size` of stage "only" takes a number, as the param is, but is given "8"',
    ],
    [
      'new: 8  steps: 5',
      'argument-value: `new` of stage "only" takes a list, as the param is, but is given 8',
    ],
    ['steps: 5  size: 8  size: 4', 'unknown-argument: stage "only" is given `size` twice'],
    ['steps: 0.5', 'not-a-whole-number: steps of stage "only" must be a whole number, but is 0.5'],
    [
      'steps: 5  fade: 6',
      'argument-value: `fade` of stage "only" takes at most the 5 steps of the stage, but is given 6',
    ],
    [
      'steps: 5  batch: 2',
      'unknown-argument: stage "only" can change params only, and `batch` is an option of train',
    ],
    ['steps: 5  size: [4', 'syntax: '],
  ])('%s', (options, expected) => {
    expect(
      findings(one(options)).some((found) => found.startsWith(expected)),
      findings(one(options)).join('\n'),
    ).toBe(true);
  });

  test('the nearest name is offered', () => {
    const [found] = checked(one('sise: 8  steps: 5')).diagnostics;
    expect(found!.label).toBe('did you mean `size`?');
  });

  test('a stage that cannot be, of three, is named; what is wrong in all is said once', () => {
    const text = growingSpec(undefined, (spec) =>
      spec.replace('size: 8   grown: []   new: [4]', 'size: 10  grown: []   new: [4]'),
    );
    const { diagnostics, model, stages } = checked(text);
    expect([model, stages]).toEqual([null, []]);
    const errors = diagnostics.filter(({ severity }) => severity === 'error');
    expect(errors.length).toBeGreaterThan(0);
    for (const { notes } of errors) expect(notes).toContain('In the stage "8x8".');
    const all = checked(
      growingSpec(undefined, (spec) => spec.replace('kernel: 4, stride', 'kernal: 4, stride')),
    );
    const kernal = all.diagnostics.filter(({ message }) => message.includes('kernal'));
    expect(kernal).toHaveLength(1);
    expect(kernal[0]!.notes.join()).not.toContain('In the stage');
  });

  test('a warning in all stages is given once', () => {
    const idle = growingSpec(undefined, (spec) =>
      spec.replace('param images', 'param idle = 3\nparam images'),
    );
    expect(findings(idle)).toEqual(['unused-declaration: param idle is never used']);
  });

  test('names are used once, and steps are those of the stages', () => {
    const stages = '  steps: 3\n  stage "a" { steps: 1 }\n  stage "a" { steps: 2 }\n';
    expect(findings(growingSpec(stages)).map((found) => found.split(':')[0])).toEqual([
      'unknown-argument',
      'duplicate-name',
    ]);
    expect(findings(growingSpec('  stage "\\u001b[2J" { steps: 1 }\n')).join()).toContain('argument-value');
    const many = Array.from({ length: 101 }, (_, i) => `  stage "${i}" { steps: 1 }\n`).join('');
    expect(findings(growingSpec(many))).toEqual([
      'network-too-large: the number of stages comes to 101; the limit is 100',
    ]);
  });

  test('a value from outside that every stage replaces is refused; others count for all stages', () => {
    expect(findings(growingSpec(), { size: '32' })[0]).toMatch(/argument-value: `size` of --set/);
    const { stages } = checked(growingSpec(), { width: '2' });
    expect(stages.map(({ model }) => model.networks[0]!.weights[0]!.shape[1])).toEqual([32, 32, 32]);
    expect(modelOf(growingSpec(), { rate: '1e-4' }).params.get('rate')).toBe(5e-4);
  });
});
