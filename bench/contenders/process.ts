import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

export interface Command {
  readonly file: string;
  readonly args: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
}

/** A contender that cannot run this model, or not here; the message says why. */
export class Cannot extends Error {
  override name = 'Cannot';
}

interface Answer {
  readonly ready?: { readonly weights?: number; readonly version: string };
  readonly ms?: number;
  readonly peakBytes?: number;
  readonly cannot?: string;
}

/** The end of what a process wrote to standard error, for a reason when it dies. */
const LAST_WORDS = 2000;

/** A contender in a process of its own, waiting for its turn. */
export class ContenderProcess {
  readonly #child: ChildProcessWithoutNullStreams;
  readonly #lines: AsyncIterator<string>;
  #lastWords = '';
  #spawnError: Error | null = null;

  /** Starts it; it is ready when `about` has come. */
  constructor({ file, args, env }: Command) {
    this.#child = spawn(file, args, { env: { ...process.env, ...env } });
    this.#child.on('error', (error) => {
      this.#spawnError = error;
    });
    // A contender that has died cannot be written to: that it ended is seen by the missing answer.
    this.#child.stdin.on('error', () => {});
    this.#child.stderr.setEncoding('utf8').on('data', (text: string) => {
      this.#lastWords = (this.#lastWords + text).slice(-LAST_WORDS);
    });
    this.#lines = createInterface({ input: this.#child.stdout })[Symbol.asyncIterator]();
  }

  async about(): Promise<{ readonly weights?: number; readonly version: string }> {
    return (await this.#answer()).ready!;
  }

  /** Runs a body once; in milliseconds. */
  async run(body: string): Promise<number> {
    this.#tell({ run: body });
    return (await this.#answer()).ms!;
  }

  /** Ends it and tells the largest memory that it held. */
  async end(): Promise<number> {
    this.#tell({ end: true });
    return (await this.#answer()).peakBytes!;
  }

  kill(): void {
    this.#child.kill('SIGKILL');
  }

  #tell(order: object): void {
    this.#child.stdin.write(`${JSON.stringify(order)}\n`);
  }

  async #answer(): Promise<Answer> {
    for (;;) {
      const { value, done } = await this.#lines.next();
      if (done) {
        const said = this.#lastWords.trim().split('\n').at(-1);
        throw new Cannot(this.#spawnError?.message ?? `its process ended${said ? `: ${said}` : ''}`);
      }
      // Libraries greet on standard output too.
      if (!value.startsWith('{')) continue;
      const answer = JSON.parse(value) as Answer;
      if (answer.cannot !== undefined) throw new Cannot(answer.cannot.split('\n')[0]);
      return answer;
    }
  }
}
