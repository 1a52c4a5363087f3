import type { Command } from 'commander';
import type { Terminal } from './terminal.ts';

/** What the file of a command exports. */
export interface CommandFile {
  /** Gives `command` its arguments, options, help and action; the action sets `terminal.exitCode`. */
  define(command: Command, terminal: Terminal): void;
}

export interface CommandEntry {
  /** One line for `ganc --help`. */
  readonly summary: string;
  /** Only the command that was asked for is loaded: `ganc check` must not wait for TensorFlow.js. */
  readonly load: () => Promise<CommandFile>;
}

/** Every command by its name, in the order of the help: from writing a spec to looking at samples. */
export const commands: Readonly<Record<string, CommandEntry>> = {
  init: { summary: 'write a small commented spec that trains', load: () => import('./init.ts') },
  check: { summary: 'find mistakes in specs before anything runs', load: () => import('./check.ts') },
  fmt: { summary: 'write specs in the one style', load: () => import('./fmt.ts') },
  explain: { summary: 'explain a diagnostic, a layer or another word', load: () => import('./explain.ts') },
  inspect: {
    summary: 'show networks, layers, weights and costs',
    load: () => import('./inspect.ts'),
  },
  expand: {
    summary: 'write a spec with loops, params and defaults written out',
    load: () => import('./expand.ts'),
  },
  convert: { summary: 'turn text into JSON, or JSON into text', load: () => import('./convert.ts') },
  build: { summary: 'compile a spec to tensor programs, as JSON', load: () => import('./build.ts') },
  train: { summary: 'train a spec, or go on where a run stopped', load: () => import('./train.ts') },
  sample: { summary: 'make pictures from a trained run', load: () => import('./sample.ts') },
  evaluate: {
    summary: 'measure how good a trained run is, as its spec says',
    load: () => import('./evaluate.ts'),
  },
  pack: { summary: 'put a spec, its imports and its weights into one file', load: () => import('./pack.ts') },
  unpack: { summary: 'lay out what is in a packed file', load: () => import('./unpack.ts') },
  engines: { summary: 'list what can run programs here', load: () => import('./engines.ts') },
  engine: { summary: 'install the fast engine, or remove it', load: () => import('./engine.ts') },
};
