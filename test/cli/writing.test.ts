import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, test } from 'vitest';
import { say } from './fake-terminal.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'ganc-writing-'));
afterAll(() => rmSync(folder, { recursive: true }));

const spec = (name: string) => fileURLToPath(new URL(`../../specs/${name}`, import.meta.url));
const DCGAN = readFileSync(spec('dcgan.gan'), 'utf8');

function write(name: string, text: string): string {
  const file = path.join(folder, name);
  writeFileSync(file, text);
  return file;
}

describe('ganc fmt', () => {
  const untidy = DCGAN.replace('param size = 64', 'param   size=64');

  test('writes the result to standard output and leaves the file', async () => {
    const file = write('untidy.gan', untidy);
    expect(await say(['fmt', file])).toEqual({ out: DCGAN, err: '', exitCode: 0 });
    expect(readFileSync(file, 'utf8')).toBe(untidy);
  });

  test('--write changes the file, once', async () => {
    const file = write('untidy.gan', untidy);
    expect(await say(['fmt', '--write', file])).toEqual({ out: '', err: `formatted ${file}\n`, exitCode: 0 });
    expect(readFileSync(file, 'utf8')).toBe(DCGAN);
    expect(await say(['fmt', '--write', file])).toEqual({ out: '', err: '', exitCode: 0 });
  });

  test('--check names the files that are not in the style', async () => {
    const file = write('untidy.gan', untidy);
    const tidy = write('tidy.gan', DCGAN);
    expect(await say(['fmt', '--check', tidy, file])).toEqual({ out: `${file}\n`, err: '', exitCode: 1 });
    expect(await say(['fmt', '--check', tidy])).toEqual({ out: '', err: '', exitCode: 0 });
    expect(readFileSync(file, 'utf8')).toBe(untidy);
  });

  test('a file with a mistake is left alone', async () => {
    const text = DCGAN.replace('-> relu', 'relu');
    const file = write('wrong.gan', text);
    const { out, err, exitCode } = await say(['fmt', '--write', file]);
    expect(out).toBe('');
    expect(err).toContain('error[syntax]');
    expect(err).toContain('1 mistake in its writing');
    expect(exitCode).toBe(1);
    expect(readFileSync(file, 'utf8')).toBe(text);
  });

  test('JSON is formatted as JSON, and keeps its schema', async () => {
    const json = readFileSync(spec('pix2pix.gan.json'), 'utf8');
    const file = write('flat.gan.json', JSON.stringify(JSON.parse(json)));
    expect((await say(['fmt', file])).out).toBe(json);
  });

  test('JSON may begin with a byte order mark, as some editors write it', async () => {
    const json = readFileSync(spec('pix2pix.gan.json'), 'utf8');
    const file = write('marked.gan.json', `\uFEFF${json}`);
    expect(await say(['fmt', file])).toEqual({ out: json, err: '', exitCode: 0 });
  });

  test('- reads standard input', async () => {
    expect((await say(['fmt', '-'], untidy)).out).toBe(DCGAN);
  });
});

describe('ganc convert', () => {
  test('there and back', async () => {
    const json = await say(['convert', spec('dcgan.gan')]);
    expect(JSON.parse(json.out)).toMatchObject({ gan: 1, params: { size: 64, ch: 64 } });
    expect(json.err).toBe('');
    const text = await say(['convert', write('dcgan.gan.json', json.out)]);
    expect(text.exitCode).toBe(0);
    expect(text.out).toContain('generator G(z) -> faces.image {');
  });

  test('says that comments are lost, and writes where it is told', async () => {
    const target = path.join(folder, 'out.json');
    const { out, err, exitCode } = await say(['convert', spec('pix2pix.gan'), '--out', target]);
    expect(out).toBe('');
    expect(err).toContain('JSON has no comments');
    expect(exitCode).toBe(0);
    expect(JSON.parse(readFileSync(target, 'utf8'))).toMatchObject({ gan: 1 });
    const nowhere = await say(['convert', spec('pix2pix.gan'), '--out', path.join(folder, 'no', 'x')]);
    expect(nowhere.err).toContain('cannot be written');
    expect(nowhere.exitCode).toBe(1);
  });
});

describe('ganc expand', () => {
  test('writes loops, params and defaults out, with other values where they are set', async () => {
    const { out, exitCode } = await say(['expand', spec('dcgan.gan'), '--set', 'ch=32']);
    expect(exitCode).toBe(0);
    expect(out).toContain('-> Up(128)');
    expect(out).toContain('beta2: 0.999');
    expect(out).not.toMatch(/^param/m);
    const again = await say(['check', write('expanded.gan', out)]);
    expect(again.exitCode).toBe(0);
  });
});
