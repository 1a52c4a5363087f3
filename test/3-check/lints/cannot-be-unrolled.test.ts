import { expect, test } from 'vitest';
import { check } from '../../../compiler/compile.ts';
import { exampleSpec, exampleTrain, type TrainParts } from '../../../compiler/diagnostics/example-spec.ts';
import { SourceFile } from '../../../compiler/source/source-file.ts';

function messages(parts: TrainParts): string[] {
  const text = exampleSpec({ train: exampleTrain(parts) });
  return check(new SourceFile('a.gan', text)).diagnostics.map(({ message }) => message);
}

const both = 'bce(D(real), 1) + bce(D(fake), 0)';

test('G may look ahead, and so may D', () => {
  expect(messages({ G: { unroll: 5 } })).toEqual([]);
  expect(messages({ D: { unroll: 1 } })).toEqual([]);
  expect(messages({ D: { loss: `${both} + 5 * r1(D(_), real)` }, G: { unroll: 5 } })).toEqual([]);
  const slope = 'mean(square(example_norm(gradient(D(_), real))))';
  expect(messages({ D: { loss: `${both} + ${slope}` }, G: { unroll: 5 } })).toEqual([]);
});

test('an optimizer that follows signs is named', () => {
  expect(messages({ D: { optimizer: 'lion(lr: 2e-5)' }, G: { unroll: 5 } })).toEqual([
    '`update G` cannot look 5 steps ahead: no gradient passes through a step of lion',
  ]);
  // Its own steps are not looked through.
  expect(messages({ D: { unroll: 5 }, G: { optimizer: 'adam(lr: 2e-4, beta1: 0.5)' } })).toEqual([]);
});

test('a penalty that is not counted at every step is named', () => {
  const loss = `${both} + 5 * r1(D(_), real, every: 16)`;
  expect(messages({ D: { loss }, G: { unroll: 1 } })).toEqual([
    '`update G` cannot look 1 step ahead: r1 is counted at every 16th step only',
  ]);
  expect(messages({ D: { loss, unroll: 1 } })).toEqual([]);
});

test('updates whose number changes from step to step are named', () => {
  const text = exampleSpec({ train: exampleTrain({ G: { unroll: 2 } }) }).replace(
    /update D \{/,
    'update D {\n    times: piecewise([0, 5], [10, 1])',
  );
  const { diagnostics } = check(new SourceFile('a.gan', text));
  expect(diagnostics.map(({ message }) => message)).toEqual([
    '`update G` cannot look 2 steps ahead: how often `update D` runs is a schedule',
  ]);
});

test('there must be another network that is trained', () => {
  expect(messages({ D: { loss: 'bce(D(real), 1)', unroll: 2 } })).toContain(
    '`update D` cannot look 2 steps ahead: its loss passes through no other network that is trained',
  );
});

test('the steps together may not be more than any network', () => {
  const text = exampleSpec({
    discriminator: `
discriminator D(x: faces.image) -> [1] {
  x -> flatten -> repeat 110 { dense(4) -> tanh } -> dense(1)
}`,
    train: exampleTrain({ G: { unroll: 100 } }),
  });
  const { diagnostics } = check(new SourceFile('a.gan', text));
  expect(diagnostics.map(({ message }) => message)).toEqual([
    '`update G` with the steps that it looks ahead comes to 22,300 layers; the limit is 20,000 layers',
  ]);
});
