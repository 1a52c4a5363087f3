import { spawn } from 'node:child_process';

export interface Run {
  readonly code: number | null;
  /** The end of what it printed, on both streams. */
  readonly output: string;
}

export interface RunOptions {
  readonly cwd: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal | undefined;
}

const KEPT = 256 * 1024;

/**
 * Runs a program without a shell and keeps the end of what it prints. Code null: it could not be started.
 * It leads a group of its own, which is ended as a whole on abort: npm and make start programs in their turn.
 *
 * @throws the reason of `signal` when that was aborted, once the program has ended
 */
export async function run(
  program: string,
  args: readonly string[],
  { cwd, env = {}, signal }: RunOptions,
): Promise<Run> {
  signal?.throwIfAborted();
  const child = spawn(program, args, {
    cwd,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  const end = () => {
    try {
      if (child.pid !== undefined) process.kill(-child.pid, 'SIGTERM');
    } catch {}
  };
  signal?.addEventListener('abort', end);
  let output = '';
  const take = (chunk: Buffer) => {
    output = (output + chunk.toString()).slice(-KEPT);
  };
  child.stdout.on('data', take);
  child.stderr.on('data', take);
  const code = await new Promise<number | null>((resolve) => {
    child.on('error', (error) => {
      output = error.message;
      resolve(null);
    });
    child.on('close', (status) => resolve(status ?? 1));
  });
  signal?.removeEventListener('abort', end);
  signal?.throwIfAborted();
  return { code, output };
}

/**
 * The line that says most about a failure: what a compiler calls an error, else the last line with "error" in it
 * that is not only a pointer to another place, else the last line.
 */
export function causeOf({ output, code }: Run): string {
  const lines = output
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
  const telling = (line: string) =>
    /error/i.test(line) && !/complete log|not ok|exit code|Error \d+$/.test(line);
  return (
    lines.find((line) => /\berror: /.test(line) && !line.startsWith('npm')) ??
    lines.findLast(telling) ??
    lines.at(-1) ??
    `it ended with ${code}`
  );
}
