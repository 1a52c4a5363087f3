import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { exampleSpec } from '../../compiler/diagnostics/example-spec.ts';
import { say } from './fake-terminal.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'ganc-check-'));
afterAll(() => rmSync(folder, { recursive: true }));

function write(name: string, text: string): string {
  const file = path.join(folder, name);
  writeFileSync(file, text);
  return file;
}

const good = write('good.gan', exampleSpec());
const wrong = exampleSpec().replace('kernel: 4', 'kernal: 4');
const warned = exampleSpec().replace('3, kernel: 4', '3, kernel: 3');
const remarked = exampleSpec().replace(
  'kernel: 4, stride: 2) -> leaky_relu',
  'kernel: 4, stride: 2) -> batch_norm -> leaky_relu',
);

test('a clean spec: nothing on standard output, 0', async () => {
  expect(await say(['check', good])).toEqual({ out: '', err: `${good} is clean\n`, exitCode: 0 });
});

test('findings are the result; what they come to stands beside it', async () => {
  const file = write('wrong.gan', wrong);
  const { out, err, exitCode } = await say(['check', file]);
  expect(out).toMatch(/^error\[unknown-argument\]: conv2d_transpose has no argument `kernal`\n {3}┌─ /);
  expect(err).toBe(`1 error in ${file}\n`);
  expect(exitCode).toBe(1);
});

test('a warning is a finding, a remark is none', async () => {
  const warning = await say(['check', write('warned.gan', warned)]);
  expect(warning.out).toContain('warning[checkerboard-kernel]');
  expect(warning.exitCode).toBe(1);
  const remark = await say(['check', write('remarked.gan', remarked)]);
  expect(remark.out).toContain('info[bias-before-norm]');
  expect(remark.exitCode).toBe(0);
});

test('--strict takes warnings for errors, and leaves remarks', async () => {
  const warning = await say(['check', '--strict', write('warned.gan', warned)]);
  expect(warning.out).toContain('error[checkerboard-kernel]');
  expect(warning.err).toMatch(/^1 error in /);
  const remark = await say(['check', '--strict', write('remarked.gan', remarked)]);
  expect(remark.exitCode).toBe(0);
});

test('--json writes one object per line and nothing else', async () => {
  const { out, err, exitCode } = await say([
    'check',
    '--json',
    write('w1.gan', wrong),
    good,
    write('w2.gan', warned),
  ]);
  const found = out
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as { code: string; file: string });
  expect(found.map(({ code, file }) => [code, path.basename(file)])).toEqual([
    ['unknown-argument', 'w1.gan'],
    ['checkerboard-kernel', 'w2.gan'],
  ]);
  expect(err).toBe('');
  expect(exitCode).toBe(1);
});

test('many files; one that cannot be read does not keep the others from being checked', async () => {
  const missing = path.join(folder, 'missing.gan');
  const { out, err, exitCode } = await say(['check', missing, write('wrong.gan', wrong), folder]);
  expect(out).toContain('error[unknown-argument]');
  expect(err).toContain(`error: ${missing} cannot be read: it does not exist`);
  expect(err).toContain(`error: ${folder} cannot be read: it is a folder, not a file`);
  expect(exitCode).toBe(2);
});

test('- reads standard input, text or JSON', async () => {
  const text = await say(['check', '-'], wrong);
  expect(text.out).toContain('┌─ <stdin>:');
  expect(text.exitCode).toBe(1);
  expect((await say(['check', '-'], exampleSpec())).exitCode).toBe(0);
  const json = await say(['check', '-'], '{ "gan": 1 }');
  expect(json.out).not.toContain('[syntax]');
  expect(json.exitCode).toBe(0);
});

test('--set checks with another value for a param', async () => {
  const file = write(
    'sized.gan',
    exampleSpec({ declarations: 'param size = 16' }).replace('[16, 16, 3]', '[size, size, 3]'),
  );
  expect((await say(['check', file])).exitCode).toBe(0);
  const { out, exitCode } = await say(['check', file, '--set', 'size=32']);
  expect(out).toContain('G makes [16, 16, 3], but faces.image is [32, 32, 3]');
  expect(out).toContain('because size = 32');
  expect(exitCode).toBe(1);
});

test('--memory says what the machine has that will train it', async () => {
  const file = write('large.gan', exampleSpec().replace('batch: 16', 'batch: 16_384'));
  const small = await say(['check', file, '--memory', '128MiB']);
  expect(small.out).toMatch(
    /^warning\[memory-estimate\]: a step takes about \d+ MiB of memory, but --memory gives it 128 MiB\n/,
  );
  expect(small.out).toMatch(/help: use batch: 4096, /);
  expect(small.exitCode).toBe(1);
  expect((await say(['check', file, '--memory', '2 GB'])).exitCode).toBe(0);
  expect((await say(['check', file, '--memory', 'none'])).exitCode).toBe(0);
  const odd = await say(['check', file, '--memory', 'much']);
  expect(odd.err).toContain('Give a size, such as 16GiB, or none.');
  expect(odd.exitCode).toBe(2);
});

test('an ignored estimate is never unused: another machine may be smaller', async () => {
  const comment = '// ganc-ignore memory-estimate: with two machines\n  batch: 16_384';
  const file = write('ignored.gan', exampleSpec().replace('batch: 16', comment));
  for (const memory of ['128MiB', 'none']) {
    expect((await say(['check', file, '--memory', memory])).exitCode, memory).toBe(0);
  }
});

test('--fix mends the file in place and says what is left', async () => {
  const file = write('fix.gan', wrong.replace(' -> tanh', ''));
  chmodSync(file, 0o640);
  const { out, err, exitCode } = await say(['check', '--fix', file]);
  expect(readFileSync(file, 'utf8')).toBe(exampleSpec());
  expect(statSync(file).mode & 0o777).toBe(0o640);
  expect(out).toBe('');
  expect(err).toBe(`mended 2 mistakes in ${file}\n${file} is clean\n`);
  expect(exitCode).toBe(0);
});

test('--fix leaves a file alone in which there is nothing to mend', async () => {
  const text = exampleSpec().replace('G(z) ->', 'G(q) ->').replace('z -> dense', 'unheard_of -> dense');
  const file = write('unfixable.gan', text);
  const before = statSync(file).mtimeMs;
  expect((await say(['check', '--fix', file])).exitCode).toBe(1);
  expect(readFileSync(file, 'utf8')).toBe(text);
  expect(statSync(file).mtimeMs).toBe(before);
});

test('--fix with - writes the mended spec to standard output, findings beside it', async () => {
  const { out, err, exitCode } = await say(
    ['check', '--fix', '-'],
    wrong.replace('steps: 10_000', 'stepz: 10_000'),
  );
  expect(out).toBe(exampleSpec());
  expect(err).toContain('mended 2 mistakes');
  expect(exitCode).toBe(0);
});

const blocks = 'gan 1\n\nmodule Up(x: [H, W, C]) -> [H, W, C] { x -> conv2d(C, kernel: 3) -> relu }\n';

test('imports are looked for beside the spec and where npm puts packages', async () => {
  const shared = path.join(folder, 'node_modules', 'gan-blocks');
  mkdirSync(shared, { recursive: true });
  const spec = (from: string) =>
    write(
      'imports.gan',
      exampleSpec({ declarations: `import Up from "${from}"` }).replace('relu\n', 'relu -> Up\n'),
    );
  const codeOf = async (from: string) =>
    /\w+\[([\w-]+)\]: (.*)/.exec((await say(['check', spec(from)])).out)?.slice(1);
  writeFileSync(path.join(shared, 'package.json'), '{ "exports": { ".": "./index.js" } }');
  expect(await codeOf('gan-blocks')).toEqual(['import-not-found', 'the package gan-blocks shares no spec']);
  writeFileSync(path.join(shared, 'package.json'), '{ "exports": { ".": { "gan": "./index.gan" } } }');
  writeFileSync(path.join(shared, 'index.gan'), blocks);
  expect(await codeOf('gan-blocks')).toBeUndefined();
  write('blocks.gan', blocks);
  expect(await codeOf('./blocks.gan')).toBeUndefined();
  expect(await codeOf('./other.gan')).toEqual(['import-not-found', 'there is no file ./other.gan']);
  expect((await codeOf('../../../etc/passwd'))?.[0]).toBe('import-not-found');
});

test('findings of an imported file are shown there, and --fix leaves it alone', async () => {
  const file = write(
    'main.gan',
    exampleSpec({ declarations: 'import Up from "./broken.gan"' }).replace('relu\n', 'relu -> Up\n'),
  );
  const broken = blocks.replace('relu', 'rellu');
  const imported = write('broken.gan', broken);
  const { out, err, exitCode } = await say(['check', file]);
  expect(out).toContain(`┌─ ${imported}:3:`);
  expect(err).toBe(`1 error in ${imported}\n`);
  expect(exitCode).toBe(1);
  const [json] = (await say(['check', '--json', file])).out.trim().split('\n');
  expect(JSON.parse(json!)).toMatchObject({ code: 'unknown-layer', file: imported, start: { line: 3 } });
  await say(['check', '--fix', file]);
  expect(readFileSync(imported, 'utf8')).toBe(broken);
  await say(['check', '--fix', imported]);
  expect(readFileSync(imported, 'utf8')).toBe(blocks);
  expect((await say(['check', file, imported])).exitCode).toBe(0);
});
