import { expect, test } from 'vitest';
import { check } from '../../../compiler/compile.ts';
import { gradientPenaltyExample } from '../../../compiler/diagnostics/gradient-penalty-example.ts';
import { SourceFile } from '../../../compiler/source/source-file.ts';

function findings(text: string) {
  return check(new SourceFile('a.gan', text)).diagnostics.map(({ code, message, help, fixes }) => ({
    said: `${code}: ${message}`,
    help,
    fixes: fixes.map(({ title }) => title),
  }));
}

test.each(['max_pool(2)', 'layer_norm', 'relu -> instance_norm', 'tanh', 'elu', 'relu -> avg_pool(2)'])(
  '%s may stand in a critic with a gradient penalty',
  (critic) => {
    expect(findings(gradientPenaltyExample({ critic }))).toEqual([]);
  },
);

test('batch_norm in the generator is no matter', () => {
  const text = gradientPenaltyExample().replace(
    'stride: 2) -> relu',
    'stride: 2, bias: false) -> batch_norm -> relu',
  );
  expect(text).toContain('batch_norm');
  expect(findings(text)).toEqual([]);
});

test('batch_norm in a generator that a gradient is taken through is no matter, in its critic it is', () => {
  const uphill = (text: string) =>
    text.replace('loss: mean(D(fake))', 'loss: mean(D(G(z + gradient(D(G(_)), z))))');
  const generator = gradientPenaltyExample({ penalty: ' + 10 * r1(D(_), real)' }).replace(
    'stride: 2) -> relu',
    'stride: 2, bias: false) -> batch_norm -> relu',
  );
  expect(uphill(generator)).toContain('gradient(');
  expect(findings(uphill(generator))).toEqual([]);
  const critic = 'leaky_relu(0.2) -> conv2d(8, kernel: 3, bias: false) -> batch_norm';
  expect(findings(uphill(gradientPenaltyExample({ penalty: '', critic })))).toMatchObject([
    { said: 'batch-norm-with-penalty: D uses batch_norm inside gradient' },
  ]);
});

test('in a network that the critic uses it is', () => {
  const text = gradientPenaltyExample({ critic: 'Body' })
    .replace(
      'discriminator D',
      'network Body(h: [8, 8, 8]) -> [8, 8, 8] { h -> conv2d(8, kernel: 3, bias: false) -> batch_norm }\n\ndiscriminator D',
    )
    .replace('update D {', 'update D, Body {');
  expect(findings(text)).toEqual([
    {
      said: 'batch-norm-with-penalty: Body uses batch_norm inside gradient_penalty',
      help: 'use layer_norm, or nothing',
      fixes: ['Use layer_norm'],
    },
  ]);
});

test('whatever mixes examples has no place there, and whatever is a step', () => {
  expect(findings(gradientPenaltyExample({ critic: 'shuffle' }))).toEqual([
    {
      said: 'batch-norm-with-penalty: D uses shuffle inside gradient_penalty',
      help: 'remove shuffle',
      fixes: [],
    },
  ]);
  expect(findings(gradientPenaltyExample({ critic: 'floor' }))).toEqual([
    {
      said: 'not-twice-differentiable: floor cannot be used inside gradient_penalty',
      help: 'remove it',
      fixes: [],
    },
  ]);
});
