import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { libraryFolders } from '../../../runtime/engines/tensorflow/folders.ts';
import { findLibrary, QUIET_START } from '../../../runtime/engines/tensorflow/library.ts';

const addon = findLibrary(libraryFolders())?.addon;
const file = addon ? path.join(path.dirname(addon), QUIET_START) : null;
const why =
  file && existsSync(file) ? '' : ' (skipped: TensorFlow is not here, or not built by ganc on Linux)';

/** What a process says on standard error that loads these one after the other. */
function said(...files: readonly string[]): string {
  const script = files.map((one) => `require(${JSON.stringify(one)});`).join(' ');
  const { status, stderr } = spawnSync(process.execPath, ['-e', `${script} console.error('loaded')`], {
    encoding: 'utf8',
    env: { ...process.env, TF_CPP_MIN_LOG_LEVEL: '2' },
  });
  expect(status).toBe(0);
  return stderr;
}

test.skipIf(why !== '')(`TensorFlow does not greet, and standard error is heard again after it${why}`, () => {
  expect(said(file!, addon!)).toBe('loaded\n');
  expect(said(addon!)).toContain('oneDNN');
});
