// Trains, resumes and samples with other versions of Node, on every engine that is installed:
// `node scripts/check-nodes.js`, or only some: `node scripts/check-nodes.js 22 24.0.0`.
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

/** The oldest that package.json promises, and the newest of every line with long support. */
const VERSIONS = ['20.9.0', '22', '24', '26'];

const ganc = path.resolve('bin/ganc.js');
const platform = process.platform === 'win32' ? 'win' : process.platform;
const archive = `node-${platform}-${process.arch}`;

/** The executable of a version, from its package in the npm registry; null where there is none to be had. */
function fetchNode(version, folder) {
  const flags = ['--no-save', '--ignore-scripts', '--no-audit', '--no-fund', '--silent', '--prefix', folder];
  const { status } = spawnSync('npm', ['install', ...flags, `${archive}@${version}`], { cwd: folder });
  const node = path.join(folder, 'node_modules', archive, 'bin', 'node');
  return status === 0 && spawnSync(node, ['--version']).status === 0 ? node : null;
}

function enginesOf(node) {
  const output = execFileSync(node, [ganc, 'engines', '--json'], { encoding: 'utf8', stdio: 'pipe' });
  return JSON.parse(output).engines;
}

function check(node, folder) {
  const run = (...args) => execFileSync(node, [ganc, ...args], { cwd: folder, stdio: 'pipe' });
  run('init', 'ring', '--template', 'ring');
  const engines = enginesOf(node);
  for (const name of wanted) {
    const { available, reason } = engines.find((engine) => engine.name === name);
    if (!available) throw new Error(`${name}: ${reason}`);
    run('train', 'ring.gan', '--engine', name, '--out', name, '--steps', '3');
    run('train', name, '--resume', '--steps', '6');
    run('sample', name, '--engine', name, '--grid', '2x2', '--out', `${name}.png`);
  }
}

const wanted = enginesOf(process.execPath)
  .filter(({ name, available }) => available && name !== 'cpu')
  .map(({ name }) => name);
const versions = process.argv.length > 2 ? process.argv.slice(2) : VERSIONS;
const scratch = mkdtempSync(path.join(os.tmpdir(), 'ganc-nodes-'));
try {
  for (const version of versions) {
    const folder = path.join(scratch, version);
    mkdirSync(folder);
    const node = fetchNode(version, folder);
    if (!node) {
      console.log(`Node ${version}: skipped, ${archive}@${version} cannot be had from the npm registry`);
      continue;
    }
    const exact = execFileSync(node, ['--version'], { encoding: 'utf8' }).trim();
    try {
      check(node, folder);
      console.log(`Node ${exact}: trains, resumes and samples on ${wanted.join(' and ')}`);
    } catch (error) {
      console.log(`Node ${exact}: failed: ${error.message}\n${error.stderr ?? ''}`);
      process.exitCode = 1;
    }
  }
} finally {
  rmSync(scratch, { recursive: true, force: true });
}
