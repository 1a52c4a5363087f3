import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import { excess, largest } from './distance.ts';
import { FOLDER, readTensors } from './fixture.ts';

const PYTHON = process.env.GANC_PYTHON || 'python3';
const hasTorch = spawnSync(PYTHON, ['-c', 'import numpy, torch']).status === 0;
const why = hasTorch ? '' : ' (skipped: GANC_PYTHON names no Python with torch)';

test.skipIf(!hasTorch)(`PyTorch still gives the fixtures${why}`, () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'ganc-parity-'));
  try {
    const run = spawnSync(PYTHON, ['-B', path.join(FOLDER, 'make_fixtures.py'), folder], {
      encoding: 'utf8',
    });
    expect(run.status, run.stderr).toBe(0);
    const kept = readdirSync(FOLDER).filter((name) => name.endsWith('.safetensors'));
    expect(readdirSync(folder).sort()).toEqual(kept.sort());
    for (const name of kept) {
      const [made, fixture] = [readTensors(path.join(folder, name)), readTensors(path.join(FOLDER, name))];
      expect([...made.keys()]).toEqual([...fixture.keys()]);
      for (const [tensor, { shape, values }] of fixture) {
        const found = made.get(tensor)!;
        expect(found.shape).toEqual(shape);
        const distance = excess(found.values, values);
        expect(distance, `${name}: ${tensor}`).toBeLessThanOrEqual(1e-6 * Math.max(largest(values), 1e-6));
      }
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
});
