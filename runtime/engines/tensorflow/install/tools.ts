import os from 'node:os';
import { UserError } from '../../../user-error.ts';
import { run } from './run-program.ts';

/** The programs that an installation needs, as commands. */
export interface Tools {
  readonly node: string;
  readonly npm: string;
  readonly python: string;
  readonly compiler: string;
}

interface Need {
  readonly name: string;
  /** Tried one after the other: a command and what makes it show that it works. */
  readonly commands: readonly (readonly [string, ...string[]])[];
  /** What to install. */
  readonly help: string;
}

const COMPILER = 'a C++ compiler';

const NEEDS: readonly Need[] = [
  { name: 'npm', commands: [['npm', '--version']], help: 'npm, which comes with Node' },
  {
    name: 'python',
    commands: [
      ['python3', '--version'],
      ['python', '--version'],
    ],
    help: 'python3',
  },
  {
    name: 'pip',
    commands: [
      ['python3', '-m', 'pip', '--version'],
      ['python', '-m', 'pip', '--version'],
    ],
    help: 'python3-pip',
  },
  { name: 'make', commands: [['make', '--version']], help: 'make' },
  {
    name: COMPILER,
    commands: [
      ['c++', '--version'],
      ['g++', '--version'],
      ['clang++', '--version'],
    ],
    help: 'g++',
  },
];

/** Finds all that is needed, or says everything that is missing at once. */
export async function checkTools(signal?: AbortSignal): Promise<Tools> {
  if (process.platform === 'win32') {
    throw new UserError(
      'the tensorflow engine cannot be built here: TensorFlow has no library to link with on Windows',
      'use WSL, or `npm install @tensorflow/tfjs-node` with a Node version that it has binaries for',
    );
  }
  const found = new Map<string, string>();
  for (const { name, commands } of NEEDS) {
    for (const [command, ...args] of commands) {
      if ((await run(command, args, { cwd: os.tmpdir(), signal })).code !== 0) continue;
      found.set(name, command);
      break;
    }
  }
  const missing = NEEDS.filter(({ name }) => !found.has(name));
  if (missing.length > 0) {
    throw new UserError(
      `building the tensorflow engine needs ${missing.map(({ name }) => name).join(' and ')}, not found on this machine`,
      `install ${missing.map(({ help }) => help).join(', ')} (on Debian: apt-get install python3-pip make g++), then run this again`,
    );
  }
  return {
    node: process.execPath,
    npm: found.get('npm')!,
    python: found.get('python')!,
    compiler: found.get(COMPILER)!,
  };
}
