import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { convert, restyle } from '../../compiler/print/convert.ts';
import { format } from '../../compiler/print/format.ts';
import { toJson } from '../../compiler/print/json.ts';
import { bareTree } from '../1-parse/bare-tree.ts';
import { read, readSound, SPECS, specText } from '../1-parse/read.ts';

describe.each(SPECS)('specs/%s.gan', (name) => {
  const text = specText(`${name}.gan`);

  it('is in the one style already', () => {
    expect(format(readSound(text))).toBe(text);
  });

  it('becomes JSON and comes back the same but for comments', () => {
    const tree = readSound(text);
    const json = convert(tree);
    const back = readSound(json, 'spec.gan.json');
    expect(bareTree(back)).toEqual(bareTree(tree));
    const again = convert(back);
    expect(bareTree(readSound(again))).toEqual(bareTree(tree));
    expect(format(readSound(again))).toBe(again);
    expect(toJson(back)).toBe(json);
  });
});

it('every spec of the project is in the one style', () => {
  const root = fileURLToPath(new URL('../../', import.meta.url));
  const specs = ['specs', 'examples', 'bench'].flatMap((folder) =>
    readdirSync(`${root}${folder}`, { recursive: true, encoding: 'utf8' })
      .filter((file) => /\.gan(\.json)?$/.test(file))
      .map((file) => `${root}${folder}/${file}`),
  );
  expect(specs.length).toBeGreaterThan(SPECS.length);
  for (const spec of specs) {
    const text = readFileSync(spec, 'utf8');
    const { file } = read(text, spec);
    // Examples of mistakes in the writing cannot be formatted.
    if (file && file.broken.length === 0) expect(restyle(file), spec).toBe(text);
  }
});

it('specs/pix2pix.gan.json is what `ganc convert` makes of specs/pix2pix.gan', () => {
  expect(toJson(readSound(specText('pix2pix.gan')), './schema/gan.schema.json')).toBe(
    specText('pix2pix.gan.json'),
  );
});
