import { describe, expect, it } from 'vitest';
import { bareTree } from './bare-tree.ts';
import { readSound, specText } from './read.ts';

describe('the JSON form', () => {
  it('gives the same tree as the text form', () => {
    const text = readSound(specText('pix2pix.gan'));
    const json = readSound(specText('pix2pix.gan.json'), 'pix2pix.gan.json');
    expect(bareTree(json)).toEqual(bareTree(text));
  });
});
