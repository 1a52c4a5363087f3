import { suggestArgument } from '../diagnostics/framework-spellings.ts';
import { optimizers } from '../optimizers/index.ts';
import {
  evaluateOptions,
  pretrainedOptions,
  sampleOptions,
  stateOptions,
  trainOptions,
  updateOptions,
} from './block-options.ts';

/** The blocks and their options, with those that take an expression of their own. */
const BLOCKS: Readonly<Record<string, readonly string[]>> = {
  train: trainOptions.map(({ name }) => name),
  update: ['loss', 'optimizer', ...updateOptions.map(({ name }) => name)],
  state: ['next', ...stateOptions.map(({ name }) => name)],
  sample: ['rows', ...sampleOptions.map(({ name }) => name)],
  evaluate: evaluateOptions.map(({ name }) => name),
  pretrained: ['layers', ...pretrainedOptions.map(({ name }) => name)],
  'the optimizer': optimizers.flatMap((optimizer) => optimizer.arguments.map(({ name }) => name)),
};

/** Where an option belongs that stands in the wrong block, by this name or another one: its block and its name there. */
export function placeOfOption(written: string): { readonly block: string; readonly name: string } | null {
  const all = new Set(Object.values(BLOCKS).flat());
  const name = all.has(written) ? written : suggestArgument(written, all);
  const block = name !== null && Object.keys(BLOCKS).find((one) => BLOCKS[one]!.includes(name));
  return block ? { block, name } : null;
}
