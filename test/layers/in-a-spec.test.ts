import { describe, expect, test } from 'vitest';
import { check } from '../../compiler/compile.ts';
import type { LayerExample } from '../../compiler/layers/layer.ts';
import { SourceFile } from '../../compiler/source/source-file.ts';
import { sizeOf } from '../../compiler/tensor/index.ts';
import { layerExamples } from './all-examples.ts';

/** The example as somebody would write it: a network of one layer. */
function specOf({ call, inputs, output, label }: LayerExample): string {
  const names = inputs.map((_, index) => `x${index}`);
  const ports = inputs.map(
    (shape, at) =>
      `${names[at]}: ${label && shape.length === 0 ? `label(${label})` : `[${shape.join(', ')}]`}`,
  );
  const [name, rest = ''] = call.split(/(?=\()/);
  const others = names.slice(1).join(', ');
  const arguments_ = [others, rest.slice(1, -1)].filter((part) => part !== '').join(', ');
  const step = arguments_ === '' ? name : `${name}(${arguments_})`;
  return `gan 1\n\nnetwork N(${ports.join(', ')}) -> [${output.join(', ')}] {\n  x0 -> ${step}\n}\n`;
}

describe('every example of a layer, written in a spec', () => {
  test.each(layerExamples.map(({ example }) => ({ example, text: specOf(example) })))(
    '$text',
    ({ example, text }) => {
      const { model, diagnostics } = check(new SourceFile('example.gan', text));
      const mistakes = diagnostics.filter(({ severity }) => severity === 'error');
      expect(mistakes.map(({ code, message }) => `${code}: ${message}`)).toEqual([]);
      const trained = model!.networks[0]!.weights.filter(({ kind }) => kind === 'weight');
      expect(trained.reduce((sum, { shape }) => sum + sizeOf(shape), 0)).toBe(example.weights ?? 0);
    },
  );
});
