import { describe, expect, test } from 'vitest';
import { pages } from '../../compiler/explain/explain.ts';
import { say } from './fake-terminal.ts';

test('without a name it lists every page', async () => {
  const { out, exitCode } = await say(['explain']);
  expect(exitCode).toBe(0);
  for (const { name } of pages()) expect(out).toContain(`  ${name} `);
  expect(out).toMatch(/^Layers$/m);
  const kind = await say(['explain', 'optimizers']);
  expect(kind.out).toContain('adam');
  expect(kind.out).not.toContain('conv2d');
});

describe.each(pages().map((page) => [page.kind, page.name, page] as const))('%s %s', (kind, name, page) => {
  test('has a page that says something', async () => {
    const { out, err, exitCode } = await say(['explain', kind, name]);
    expect(err).toBe('');
    expect(exitCode).toBe(0);
    expect(out.split('\n')[0]).toBe(name);
    expect(page.summary).toMatch(/\S/);
    expect(out.length).toBeGreaterThan(60);
    expect(out).not.toMatch(/undefined|\[object|NaN/);
    // Lines made by wrapping fit; examples are left as they are.
    for (const line of out.split('\n'))
      if (!line.startsWith('    ')) expect(line.length).toBeLessThanOrEqual(100);
  });
});

test('the page of a layer shows its call, its arguments and what its examples make', async () => {
  const { out } = await say(['explain', 'conv2d']);
  expect(out).toMatch(/ {4}conv2d\(filters, kernel: 3, stride: 1, padding: "same"/);
  expect(out).toMatch(/• `filters`: .*required/s);
  expect(out).toMatch(
    / {4}\[6, 4, 2\] -> conv2d\(3, kernel: 4, stride: 2, bias: false\) {2}makes \[3, 2, 3\], 96 weights/,
  );
});

test('the page of a source shows its example as it is written', async () => {
  const { out } = await say(['explain', 'frames_folder']);
  expect(out).toContain(
    '\n\n    data clips from frames_folder("data/clips") {\n      video: [16, 64, 64, 3] in [-1, 1]\n    }\n\n',
  );
  expect(out).not.toContain('```');
});

test('the page of a diagnostic shows what is said about its example, and the example mended', async () => {
  const { out } = await say(['explain', 'checkerboard-kernel']);
  expect(out).toContain('    warning[checkerboard-kernel]: kernel 3 is not a multiple of stride 2');
  expect(out).toMatch(/Right is:\n\n.*kernel: 4, stride: 2/s);
});

test('a loss shows its expression, and one word may have several pages', async () => {
  expect((await say(['explain', 'hinge.critic'])).out).toContain(
    'hinge.critic(real, fake) = mean(relu(1 - real))',
  );
  const { out } = await say(['explain', 'tanh']);
  expect(out).toContain('A layer:');
  expect(out).toContain('Also a primitive: ganc explain primitive tanh');
  expect((await say(['explain', 'primitive', 'tanh'])).out).toContain('A primitive of the tensor program');
});

test('a name that is misspelt, or spelt as elsewhere, finds the one that was meant', async () => {
  for (const [written, meant] of [
    ['conv_2d', 'conv2d'],
    ['BatchNorm2d', 'batch_norm'],
    ['checkerbord-kernel', 'checkerboard-kernel'],
    ['adm', 'adam'],
  ]) {
    const { out, err, exitCode } = await say(['explain', written!]);
    expect(out).toBe('');
    expect(err).toContain(`there is no page about \`${written}\``);
    expect(err).toContain(`ganc explain ${meant}`);
    expect(exitCode).toBe(2);
  }
  expect((await say(['explain', 'zzzzzzzz'])).err).toContain('run ganc explain to see every page');
  expect((await say(['explain', 'one', 'two'])).exitCode).toBe(2);
});
