import { createColors } from 'picocolors';
import { run } from '../../runtime/cli/command-line.ts';
import type { Output, Terminal } from '../../runtime/cli/terminal.ts';

export interface Spoken {
  readonly out: string;
  readonly err: string;
  readonly exitCode: number;
}

/** A terminal that remembers. */
export function fakeTerminal(input = ''): { terminal: Terminal; spoken: () => Spoken } {
  const said = { out: '', err: '' };
  const output = (stream: 'out' | 'err'): Output => ({
    write: (text) => {
      said[stream] += text;
    },
    interactive: false,
    columns: 100,
    colors: createColors(false),
  });
  const terminal: Terminal = {
    out: output('out'),
    err: output('err'),
    exitCode: 0,
    whenClosed: null,
    readInput: async () => input,
  };
  return { terminal, spoken: () => ({ ...said, exitCode: terminal.exitCode }) };
}

/** Runs a command line in this process and tells what it said where. */
export async function say(argv: readonly string[], input = ''): Promise<Spoken> {
  const { terminal, spoken } = fakeTerminal(input);
  await run(argv, terminal);
  return spoken();
}
