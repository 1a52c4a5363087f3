import { createHash } from 'node:crypto';
import { deflateRawSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import type { Bundle } from '../../runtime/share/bundle.ts';
import { readBundle, readParts } from '../../runtime/share/read-bundle.ts';
import type { Weights } from '../../runtime/share/weights.ts';
import { writeBundle } from '../../runtime/share/write-bundle.ts';
import { readZip, writeZip, ZipError } from '../../runtime/share/zip.ts';
import { type RawEntry, rawZip } from './raw-zip.ts';

const weights: Weights = {
  step: 12,
  seed: 3,
  engine: 'wasm',
  spec: 'a'.repeat(64),
  state: new Map([
    ['G/dense/kernel', { shape: [2, 3], values: Float32Array.of(1, -2, 3.5, 0, 1e-9, 6) }],
    ['D/embed/table', { shape: [2], values: Int32Array.of(7, -7) }],
  ]),
};

const bundle: Bundle = {
  ganc: '0.1.0',
  spec: { file: 'spec/small.gan', text: 'gan 1\n\n// α → β\n' },
  imports: { 'parts/up.gan': 'gan 1\n', 'node_modules/@a/b/package.json': '{}\n' },
  lock: 'gan 1\n',
  card: '# small\n',
  license: 'MIT',
  weights,
  samples: new Map([['step-00000012.png', Uint8Array.of(0x89, 0x50, 0x4e, 0x47)]]),
};
const bytes = writeBundle(bundle);

const refusal = (archive: Uint8Array): string => {
  try {
    readBundle(archive);
  } catch (error) {
    if (error instanceof ZipError) return error.message;
    throw error;
  }
  return 'read';
};

describe('a bundle', () => {
  test('is read back as it was written', () => {
    expect(readBundle(bytes)).toEqual({
      ...bundle,
      weights: { ...weights, state: new Map([...weights.state].sort()) },
    });
  });

  test('without weights, pictures and licence', () => {
    const bare = { ...bundle, weights: null, license: null, samples: new Map(), imports: {} };
    expect(readBundle(writeBundle(bare))).toEqual(bare);
  });

  test('is the same bytes for the same things, in whatever order they come', () => {
    const state = new Map([...weights.state].reverse());
    const imports = Object.fromEntries(Object.entries(bundle.imports).reverse());
    expect(Buffer.compare(writeBundle({ ...bundle, imports, weights: { ...weights, state } }), bytes)).toBe(
      0,
    );
  });

  test('lists the SHA-256 of every part but the list itself', () => {
    const parts = readParts(bytes);
    const manifest = JSON.parse(Buffer.from(parts.get('ganc-bundle.json')!).toString());
    expect(Object.keys(manifest.parts)).toEqual(
      [...parts.keys()].filter((name) => name !== 'ganc-bundle.json'),
    );
    for (const [name, part] of parts) {
      if (name === 'ganc-bundle.json') continue;
      const sha256 = createHash('sha256').update(part).digest('hex');
      expect(manifest.parts[name]).toEqual({ bytes: part.length, sha256 });
    }
  });
});

/** The parts of the good bundle as entries, some of them changed, and others behind them. */
function changed(change: (entry: RawEntry) => RawEntry, ...more: RawEntry[]): Buffer {
  const entries = [...readParts(bytes)].map(([name, data]): RawEntry => ({ name, data }));
  return rawZip([...entries.map(change), ...more]);
}
const same = (entry: RawEntry) => entry;
const text = (name: string, data = 'gan 1\n'): RawEntry => ({ name, data: Buffer.from(data) });

/** The bundle with another manifest, laid out as ganc does. */
function withManifest(edit: (manifest: Record<string, unknown>) => unknown): Uint8Array {
  const parts = readParts(bytes);
  const manifest = JSON.parse(Buffer.from(parts.get('ganc-bundle.json')!).toString());
  return writeZip(new Map(parts).set('ganc-bundle.json', Buffer.from(JSON.stringify(edit(manifest)))));
}

describe('what a stranger may send is refused', () => {
  test('the archive made by hand is the one that ganc writes, if nothing is changed', () => {
    expect(Buffer.compare(changed(same), bytes)).toBe(0);
  });

  test.each([
    '../evil.gan',
    'spec/../../evil.gan',
    '/etc/evil',
    'C:\\evil.gan',
    'C:/evil.gan',
    'spec\\..\\evil.gan',
    'spec//evil.gan',
    './evil.gan',
    'spec/',
    '',
    'spec/evil\u0000.gan',
    'spec/evil.gan.',
    `${'d/'.repeat(30)}evil.gan`,
    'x'.repeat(300),
  ])('a path that leads out, or that some system cannot write: %j', (name) => {
    expect(refusal(changed(same, text(name)))).toMatch(/^has a part that would lead out of its folder/);
  });

  test('a part twice, also under a name that only some systems tell apart', () => {
    expect(refusal(changed(same, text('lock.gan')))).toBe('holds "lock.gan" twice');
    expect(refusal(changed(same, text('LOCK.gan')))).toBe('holds "LOCK.gan" twice');
  });

  test('a file that is a folder as well', () => {
    expect(refusal(changed(same, text('lock.gan/evil.gan')))).toBe(
      'holds "lock.gan" both as a file and as a folder',
    );
  });

  test('a link', () => {
    const link = {
      ...text('spec/evil.gan', '/etc/passwd'),
      madeBy: (3 << 8) | 20,
      attributes: 0o120777 << 16,
    };
    expect(refusal(changed(same, link))).toMatch(/may be a link/);
  });

  test('a bomb: a part that unfolds, whatever it claims', () => {
    const zeros = deflateRawSync(Buffer.alloc(50_000_000));
    for (const claimed of [50_000_000, 10, 0xfffffff0]) {
      const bomb = { name: 'spec/bomb.gan', data: zeros, method: 8, claimed };
      expect(refusal(changed(same, bomb))).toMatch(/in compressed form .* which ganc never writes/);
    }
  });

  test('a part that claims more bytes than there are', () => {
    const grows = (entry: RawEntry) => (entry.name === 'lock.gan' ? { ...entry, claimed: 2 ** 31 } : entry);
    expect(refusal(changed(grows))).toBe(`claims more bytes than its ${bytes.length}`);
  });

  test('more parts than any bundle has', () => {
    const many = Array.from({ length: 1001 }, (_, i) => text(`spec/p${i}.gan`, ''));
    expect(refusal(rawZip(many))).toBe('has more than 1000 parts');
  });

  test.each<[string, (entry: RawEntry) => RawEntry]>([
    ['encrypted', (entry) => (entry.name === 'lock.gan' ? { ...entry, flags: 1 } : entry)],
    [
      'extra fields',
      (entry) => (entry.name === 'lock.gan' ? { ...entry, extra: Buffer.from([1, 0, 1, 0, 9]) } : entry),
    ],
    [
      'another name before the data',
      (entry) => (entry.name === 'lock.gan' ? { ...entry, localName: '../k.gan' } : entry),
    ],
  ])('%s', (_, change) => {
    expect(refusal(changed(change))).toMatch(/is not laid out as ganc does it/);
  });

  test('bytes after the end, before the beginning, or in a comment', () => {
    expect(refusal(Buffer.concat([bytes, Buffer.from('tail')]))).toBe('goes on for 4 bytes after its end');
    expect(refusal(Buffer.concat([Buffer.from('head'), bytes]))).not.toBe('read');
    const parts = [...readParts(bytes)].map(([name, data]): RawEntry => ({ name, data }));
    expect(refusal(rawZip(parts, 'hidden'))).not.toBe('read');
  });

  test('cut short, anywhere', () => {
    for (let length = 0; length < bytes.length; length++) {
      expect(refusal(bytes.subarray(0, length)), `${length} bytes`).not.toBe('read');
    }
    expect(refusal(bytes.subarray(0, 500))).toBe('is cut short, or is no zip archive');
  });

  test('any byte changed', () => {
    for (let at = 0; at < bytes.length; at++) {
      const damaged = Buffer.from(bytes);
      damaged[at] = damaged[at]! ^ (1 << (at % 8));
      expect(refusal(damaged), `byte ${at}`).not.toBe('read');
    }
  });

  test('a part that was changed, is missing, or was added, in an archive that is laid out well', () => {
    const parts = readParts(bytes);
    expect(refusal(writeZip(new Map(parts).set('lock.gan', Buffer.from('gan 2\n'))))).toBe(
      'was changed after it was packed: lock.gan does not have the SHA-256 in the manifest',
    );
    const less = new Map(parts);
    less.delete('README.md');
    expect(refusal(writeZip(less))).toBe('lacks README.md, which its manifest lists');
    expect(refusal(writeZip(new Map(parts).set('spec/more.gan', Buffer.from('gan 1\n'))))).toBe(
      'holds spec/more.gan, which its manifest does not list',
    );
  });

  test('another archive, and other versions', () => {
    expect(refusal(writeZip(new Map([['a.txt', Buffer.from('a')]])))).toBe(
      'is no bundle of ganc: it has no ganc-bundle.json',
    );
    expect(refusal(withManifest((manifest) => ({ ...manifest, format: 'x' })))).toMatch(
      /its manifest says so/,
    );
    expect(refusal(withManifest((manifest) => ({ ...manifest, version: 2 })))).toMatch(
      /bundle of version 2, and this ganc reads version 1/,
    );
    expect(refusal(withManifest(({ version: _, ...manifest }) => manifest))).toMatch(
      /bundle of version none/,
    );
    expect(refusal(withManifest((manifest) => [manifest]))).toBe('has a manifest that is no JSON object');
    expect(refusal(withManifest((manifest) => ({ ...manifest, parts: 5 })))).toBe(
      'has a manifest without what it must say',
    );
    expect(refusal(withManifest((manifest) => ({ ...manifest, spec: '../../etc/passwd' })))).toBe(
      'does not say which part is the spec',
    );
    expect(refusal(withManifest((manifest) => ({ ...manifest, spec: 'spec/none.gan' })))).toBe(
      'lacks spec/none.gan',
    );
  });

  test.each<[string, string, string]>([
    ['.npmrc', 'x', 'holds spec/.npmrc, which is no part of a bundle'],
    ['package.json', '{}', 'holds spec/package.json, which is no part of a bundle'],
    ['node_modules/a/index.js', 'x', 'holds spec/node_modules/a/index.js, which is no part of a bundle'],
    [
      'node_modules/a/package.json',
      '{ "scripts": {} }',
      'holds spec/node_modules/a/package.json with more in it than what the package shares',
    ],
    ['node_modules/a/package.json', '[]', 'has spec/node_modules/a/package.json that is no JSON object'],
  ])('what other programs would run or obey: %s', (name, text, message) => {
    expect(refusal(writeBundle({ ...bundle, imports: { [name]: text } }))).toBe(message);
  });

  test('weights that are not what they say', () => {
    const parts = readParts(bytes);
    const part = Buffer.from('not safetensors at all, but long enough');
    const manifest = JSON.parse(Buffer.from(parts.get('ganc-bundle.json')!).toString());
    manifest.parts['weights.safetensors'] = {
      bytes: part.length,
      sha256: createHash('sha256').update(part).digest('hex'),
    };
    const forged = new Map(parts)
      .set('weights.safetensors', part)
      .set('ganc-bundle.json', Buffer.from(JSON.stringify(manifest)));
    expect(refusal(writeZip(forged))).toMatch(/^holds weights\.safetensors, but its header claims/);
  });
});

test('readZip gives parts in their order', () => {
  const parts = new Map([
    ['b', Buffer.from('2')],
    ['a/c', Buffer.alloc(0)],
  ]);
  expect([...readZip(writeZip(parts))].map(([name, data]) => [name, Buffer.from(data).toString()])).toEqual([
    ['b', '2'],
    ['a/c', ''],
  ]);
});
