import { spawnSync } from 'node:child_process';
import { libraryFolders } from '../../runtime/engines/tensorflow/folders.ts';
import { hasLibrary } from '../../runtime/engines/tensorflow/library.ts';
import { type Contender, contenders, convolvers, lastConvolver, type Need, PYTHON } from './index.ts';

const FIND = `
import importlib.util
print(*[name for name in ("tensorflow", "torch") if importlib.util.find_spec(name)])
`;

/** Who trains models, and who runs their convolutions alone. */
export interface Field {
  readonly trainers: readonly Contender[];
  readonly convolvers: readonly Contender[];
}

/** Those for which all is installed, of the named ones; what is not, and how to change that, is told once. */
export function fieldHere(names: readonly string[], tell: (message: string) => void): Field {
  const trainers = contenders.filter(({ name }) => names.includes(name));
  const needs = new Set([...trainers, ...convolvers].flatMap((contender) => contender.needs ?? []));
  const found = new Set([...pythonPackages(), ...(hasLibrary(libraryFolders()) ? ['tfjs-node'] : [])]);
  for (const need of needs) if (!found.has(need)) tell(`left out what needs ${need}: ${why(need)}`);
  const isHere = ({ needs }: Contender) => !needs || found.has(needs);
  const able = convolvers.filter(isHere);
  return { trainers: trainers.filter(isHere), convolvers: able.length > 0 ? able : [lastConvolver] };
}

function pythonPackages(): readonly string[] {
  const { stdout } = spawnSync(PYTHON, ['-c', FIND], { encoding: 'utf8' });
  return (stdout ?? '').trim().split(' ');
}

function why(need: Need): string {
  return need === 'tfjs-node'
    ? 'it is not installed; "ganc engine install tensorflow" brings it'
    : `${PYTHON} does not have it; GANC_PYTHON names another python`;
}
