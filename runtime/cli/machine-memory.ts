import os from 'node:os';
import process from 'node:process';
import { InvalidArgumentError } from 'commander';
import type { MachineMemory } from '../../compiler/source/machine-memory.ts';

/** The memory of this machine, or what a container may take of it. */
export function thisMachine(): MachineMemory {
  const allowed = process.constrainedMemory();
  const bytes = allowed > 0 ? Math.min(allowed, os.totalmem()) : os.totalmem();
  return { bytes, of: 'this machine has' };
}

const UNITS: Readonly<Record<string, number>> = {
  mb: 1e6,
  gb: 1e9,
  tb: 1e12,
  mib: 2 ** 20,
  gib: 2 ** 30,
  tib: 2 ** 40,
};

/** `--memory 80GiB`: another machine than this one; `none`, null, for one that has enough. */
export function memorySize(text: string): MachineMemory | null {
  if (text === 'none') return null;
  const [, amount, unit] = /^(\d+(?:\.\d+)?) ?([mgt]i?b)$/i.exec(text) ?? [];
  const bytes = Number(amount) * (UNITS[unit?.toLowerCase() ?? ''] ?? Number.NaN);
  if (bytes > 0) return { bytes, of: '--memory gives it' };
  throw new InvalidArgumentError('Give a size, such as 16GiB, or none.');
}
