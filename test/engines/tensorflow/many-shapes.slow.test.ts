import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { inputsOf } from '../../../bench/spec.ts';
import { compile } from '../../../compiler/compile.ts';
import { SourceFile } from '../../../compiler/source/source-file.ts';
import { openEngine } from '../../../runtime/engines/index.ts';
import { describeOn } from '../on-each-engine.ts';

const WIDTHS = Array.from({ length: 30 }, (_, turn) => 12 + ((turn * 7) % 41));

/** pix2pix with another number of filters than 64 in its first layer, and all others in proportion. */
function pix2pix(width: number): string {
  const text = readFileSync('specs/pix2pix.gan', 'utf8');
  return text.replace(
    /(conv2d|Down|Up)\((512|256|128|64)\b/g,
    (_, layer, filters) => `${layer}(${(Number(filters) / 64) * width}`,
  );
}

describeOn(['tensorflow'], 'first steps of many shapes in one process', (name) => {
  // Where memory is overwritten it is this process that ends, sooner or later.
  test('none of them overwrites memory', async () => {
    for (const width of WIDTHS) {
      const { compiled } = compile(new SourceFile('pix2pix.gan', pix2pix(width)));
      const session = await openEngine(name).open(compiled!.set);
      await session.run('init', { key: Int32Array.of(1, 0, 0, 0) });
      const losses = await session.run('update.D', inputsOf(compiled!, 'update.D', 1));
      await session.run('update.G', inputsOf(compiled!, 'update.G', 1));
      expect(Object.values(losses).every(([loss]) => Number.isFinite(loss))).toBe(true);
      await session.close();
    }
  });
});
