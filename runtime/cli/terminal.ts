import { createColors } from 'picocolors';

type Colors = ReturnType<typeof createColors>;

/** Where a command writes, and what it ends with. Results go to `out`, everything else to `err`. */
export interface Terminal {
  readonly out: Output;
  readonly err: Output;
  /** 0 clean, 1 findings, 2 bad use, 130 interrupted after saving. */
  exitCode: number;
  /** Called instead of ending at once when the reader of standard output has gone: training saves first. */
  whenClosed: (() => void) | null;
  /** All of standard input. */
  readInput(): Promise<string>;
}

export interface Output {
  write(text: string): void;
  /** Whether a person sees it as it is written: only then is anything drawn over. */
  readonly interactive: boolean;
  /** Characters per line; 80 where it is not known. */
  readonly columns: number;
  /** Does nothing where colour is not wanted. */
  readonly colors: Colors;
}

/** The terminal of this process. `NO_COLOR` and `--no-color` turn colour off, `FORCE_COLOR` turns it on. */
export function processTerminal(argv: readonly string[]): Terminal {
  const { NO_COLOR, FORCE_COLOR, TERM } = process.env;
  const off = Boolean(NO_COLOR) || argv.includes('--no-color');
  const on = Boolean(FORCE_COLOR) && FORCE_COLOR !== '0';
  const output = (stream: NodeJS.WriteStream): Output => ({
    write: (text) => void stream.write(text),
    interactive: stream.isTTY === true && TERM !== 'dumb',
    get columns() {
      return stream.columns ?? 80;
    },
    colors: createColors(!off && (on || (stream.isTTY === true && TERM !== 'dumb'))),
  });
  const [out, err] = [output(process.stdout), output(process.stderr)];
  return { out, err, exitCode: 0, whenClosed: null, readInput };
}

async function readInput(): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of process.stdin) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}
