import os from 'node:os';
import { parseArgs } from 'node:util';

/** What `npm run bench -- …` can be told. */
export interface Options {
  readonly only: readonly string[];
  readonly models: readonly string[];
  readonly contenders: readonly string[];
  readonly rounds: number;
  readonly threads: number;
  readonly progress: (message: string) => void;
}

/** What may be chosen of each list. */
export type Choices = Readonly<Record<'only' | 'models' | 'contenders', readonly string[]>>;

/** Reads the command line: lists are separated by commas. Throws with what is wrong. */
export function optionsFrom(args: readonly string[], choices: Choices): Options {
  const { values } = parseArgs({
    args: [...args],
    options: {
      only: { type: 'string' },
      models: { type: 'string' },
      contenders: { type: 'string' },
      rounds: { type: 'string', default: '5' },
      threads: { type: 'string', default: `${os.availableParallelism()}` },
    },
  });
  const list = (name: keyof Choices) => {
    const chosen = values[name]?.split(',') ?? choices[name];
    const unknown = chosen.filter((one) => !choices[name].includes(one));
    if (unknown.length > 0) throw new Error(`--${name} takes some of ${choices[name].join(', ')}`);
    return chosen;
  };
  const count = (name: 'rounds' | 'threads') => {
    const number = Number(values[name]);
    if (!Number.isInteger(number) || number < 1) throw new Error(`--${name} takes a whole number from 1`);
    return number;
  };
  return {
    only: list('only'),
    models: list('models'),
    contenders: list('contenders'),
    rounds: count('rounds'),
    threads: count('threads'),
    progress: (message) => process.stderr.write(`${message}\n`),
  };
}
