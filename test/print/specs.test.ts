import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { convert, restyle } from '../../compiler/print/convert.ts';
import { toJson } from '../../compiler/print/json.ts';
import { bareTree } from '../1-parse/bare-tree.ts';
import { readSound, SPECS, specText } from '../1-parse/read.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const specs = ['specs', 'examples', 'bench'].flatMap((folder) =>
  readdirSync(`${root}${folder}`, { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.gan(\.json)?$/.test(file))
    .map((file) => `${folder}/${file}`)
    .sort(),
);

it('these are all specs of the project', () => {
  expect(specs).toEqual(expect.arrayContaining(SPECS.map((name) => `specs/${name}.gan`)));
  for (const folder of ['specs/architectures/', 'specs/library/', 'examples/article/']) {
    expect(specs.filter((spec) => spec.startsWith(folder)).length, folder).toBeGreaterThan(2);
  }
});

describe.each(specs)('%s', (spec) => {
  const text = readFileSync(`${root}${spec}`, 'utf8');
  const tree = readSound(text, spec);

  it('is in the one style already', () => {
    expect(restyle(tree)).toBe(text);
  });

  it('becomes the other form and comes back the same but for comments', () => {
    const other = convert(tree);
    const back = readSound(other, spec.endsWith('.json') ? 'spec.gan' : 'spec.gan.json');
    expect(bareTree(back)).toEqual(bareTree(tree));
    const again = readSound(convert(back), spec);
    expect(bareTree(again)).toEqual(bareTree(tree));
    expect(restyle(again)).toBe(convert(back));
    expect(convert(again)).toBe(other);
  });
});

it('specs/pix2pix.gan.json is what `ganc convert` makes of specs/pix2pix.gan', () => {
  expect(toJson(readSound(specText('pix2pix.gan')), './schema/gan.schema.json')).toBe(
    specText('pix2pix.gan.json'),
  );
});
