// Trains every spec in this folder with several seeds, and says what came of it: a table of modes, good samples and spread, and a
// picture of each set. Stopped by Ctrl-C or otherwise, it goes on where it was when it is started again.
//
//   node examples/mode-coverage/compare.js [--steps 2000 | --full] [--seeds 5] [--methods gan,pacgan] [--jobs 2] [--engine NAME]
//     [--out FOLDER]
import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import sharp from 'sharp';

const SETS = [
  { set: 'ring', modes: 8 },
  { set: 'grid', modes: 25 },
];
/** `cost` is how long a step takes beside one of the first GAN: the bar counts with it. */
const METHODS = [
  { method: 'gan', title: 'GAN', cost: 1 },
  { method: 'pacgan', title: 'PacGAN, packs of 2', cost: 1.2 },
  { method: 'wgan-gp', title: 'WGAN-GP', cost: 5 },
  { method: 'r3gan', title: 'Relativistic, R1 and R2', cost: 1.3 },
];
/** 400 epochs of 100,000 points in batches of 100. */
const FULL = 400_000;

const { values: options } = parseArgs({
  options: {
    steps: { type: 'string', default: '2000' },
    full: { type: 'boolean', default: false },
    seeds: { type: 'string', default: '5' },
    methods: { type: 'string' },
    jobs: { type: 'string', default: String(availableParallelism()) },
    engine: { type: 'string' },
    out: { type: 'string', default: path.join('runs', 'mode-coverage') },
  },
});
const steps = options.full ? FULL : whole('steps');
const seeds = whole('seeds');
const methods = chosen();
const ganc = path.join(import.meta.dirname, '..', '..', 'bin', 'ganc.js');

// Seed by seed, so that what was stopped early is a table of fewer seeds.
const runs = Array.from({ length: seeds }, (_, seed) =>
  SETS.flatMap(({ set }) =>
    methods.map(({ method, cost }) => ({
      set,
      method,
      cost,
      seed,
      folder: path.join(options.out, `${method}-${set}-seed-${seed}`),
      step: 0,
    })),
  ),
).flat();
/** What is to be ended when this is. */
const children = new Set();
let stopped = false;
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, stop);

const bar = progress();
const waiting = runs.filter((run) => {
  const isDone = figuresOf(run) !== null;
  if (isDone) run.step = steps;
  return !isDone;
});
bar.begin();
await Promise.all(Array.from({ length: whole('jobs') }, work));
bar.end();
if (stopped) {
  process.stderr.write('stopped and saved; the same command goes on\n');
  process.exit(130);
}
const failed = runs.filter((run) => figuresOf(run) === null);
for (const { folder } of failed)
  process.stderr.write(`nothing was measured of ${folder} after step ${steps}\n`);
const table = tableOf();
await mkdir(options.out, { recursive: true });
await writeFile(path.join(options.out, 'table.md'), table);
for (const { set } of SETS) await drawSet(set);
process.stdout.write(table);
process.exit(failed.length > 0 ? 1 : 0);

function whole(name) {
  const value = Number(options[name].replaceAll('_', ''));
  if (Number.isSafeInteger(value) && value > 0) return value;
  process.stderr.write(`--${name} takes a whole number of at least 1, not ${options[name]}\n`);
  process.exit(2);
}

/** All methods, or those that are named. */
function chosen() {
  const names = options.methods?.split(',') ?? METHODS.map(({ method }) => method);
  const unknown = names.find((name) => !METHODS.some(({ method }) => method === name));
  if (unknown === undefined) return METHODS.filter(({ method }) => names.includes(method));
  const known = METHODS.map(({ method }) => method).join(', ');
  process.stderr.write(`--methods takes some of ${known}, with commas between, not ${unknown}\n`);
  process.exit(2);
}

/** Takes one run after the other until none is left. */
async function work() {
  for (let run = waiting.shift(); run && !stopped; run = waiting.shift()) await train(run);
}

/** Trains in a process of its own, on one thread, as networks this small are no faster on two. */
async function train(run) {
  const { set, method, seed, folder } = run;
  const spec = path.join(import.meta.dirname, `${method}-${set}.gan`);
  const place = existsSync(path.join(folder, 'events.jsonl'))
    ? [folder, '--resume']
    : [spec, '--out', folder, '--seed', String(seed)];
  const argv = ['train', ...place, '--steps', String(steps), '--threads', '1', '--json'];
  if (options.engine) argv.push('--engine', options.engine);
  const child = spawn(process.execPath, [ganc, ...argv], { stdio: ['ignore', 'pipe', 'pipe'] });
  children.add(child);
  let said = '';
  child.stderr.on('data', (chunk) => {
    said = (said + chunk).slice(-2000);
  });
  let line = '';
  for await (const chunk of child.stdout) {
    const lines = (line + chunk).split('\n');
    line = lines.pop();
    run.step = lines.map((one) => JSON.parse(one).step).at(-1) ?? run.step;
    bar.draw();
  }
  const code = child.exitCode ?? (await new Promise((resolve) => child.on('close', resolve)));
  children.delete(child);
  if (code !== 0 && !stopped) bar.note(`${folder} ended with ${code}:\n${said}`);
}

function stop() {
  stopped = true;
  for (const child of children) child.kill('SIGINT');
}

/** What was measured after the last step; null when the run has not come there. */
function figuresOf({ folder }) {
  const file = path.join(folder, 'events.jsonl');
  if (!existsSync(file)) return null;
  const lines = readFileSync(file, 'utf8').split('\n');
  const found = lines.findLast((line) => line.startsWith(`{"event":"evaluation","step":${steps},`));
  return found ? JSON.parse(found).figures.coverage : null;
}

function pictureOf({ folder }) {
  return path.join(folder, 'samples', `step-${String(steps).padStart(8, '0')}.png`);
}

/** Mean and standard deviation over the seeds, in Markdown. */
function tableOf() {
  const cell = (values, digits, suffix = '') => {
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    const square =
      values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / Math.max(1, values.length - 1);
    return values.length === 0
      ? ''
      : `${mean.toFixed(digits)} ± ${Math.sqrt(square).toFixed(digits)}${suffix}`;
  };
  const rows = methods.map(({ method, title }) => {
    const cells = SETS.flatMap(({ set }) => {
      const found = runs.filter((run) => run.set === set && run.method === method).map(figuresOf);
      const of = (name) => found.flatMap((figures) => (figures ? [figures[name]] : []));
      const shares = of('high_quality').map((share) => 100 * share);
      return [cell(of('modes'), 1), cell(shares, 1, ' %'), cell(of('reverse_kl'), 3)];
    });
    return `| ${[title, ...cells].join(' | ')} |`;
  });
  const heads = SETS.flatMap(({ set, modes }) => [`${set}: modes of ${modes}`, 'good', 'reverse KL']);
  const count = `${steps.toLocaleString('en-US')} steps, ${seeds} ${seeds === 1 ? 'seed' : 'seeds'}`;
  return [
    `| ${[count, ...heads].join(' | ')} |`,
    `| ---${' | ---:'.repeat(heads.length)} |`,
    ...rows,
    '',
  ].join('\n');
}

/** The samples of every method, of the first seed that has a picture, side by side. */
async function drawSet(set) {
  const side = 360;
  const top = 36;
  const panels = methods.flatMap(({ method, title }, index) => {
    const drawn = runs.filter((run) => run.set === set && run.method === method).map(pictureOf);
    const file = drawn.find((picture) => existsSync(picture));
    return file ? [{ file, title, left: index * side }] : [];
  });
  const names = panels.map(
    ({ title, left }) => `<text x="${left + side / 2}" y="25" text-anchor="middle">${title}</text>`,
  );
  const style = `font-family="system-ui, 'DejaVu Sans', sans-serif" font-size="18" fill="#1f2937"`;
  const width = methods.length * side;
  const height = top + side;
  const between = methods.map((_, index) => `<path d="M${index * side} ${top}V${height}" stroke="#9ca3af"/>`);
  const words = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" ${style}>${[...names, ...between.slice(1)].join('')}</svg>`;
  const pictures = await Promise.all(
    panels.map(async ({ file, left }) => ({
      input: await sharp(file).resize(side, side).toBuffer(),
      left,
      top,
    })),
  );
  await sharp({ create: { width, height, channels: 3, background: '#ffffff' } })
    .composite([...pictures, { input: Buffer.from(words), left: 0, top: 0 }])
    .png({ compressionLevel: 9, palette: true })
    .toFile(path.join(options.out, `${set}.png`));
}

/** One bar over all runs on a terminal, a line every half minute elsewhere. */
function progress() {
  const { stderr } = process;
  const all = runs.reduce((sum, { cost }) => sum + cost * steps, 0);
  const started = Date.now();
  let [shown, before] = [0, 0];
  const done = () => runs.reduce((sum, { cost, step }) => sum + cost * step, 0);
  const clear = () => stderr.isTTY && stderr.write('\r\x1b[K');
  const line = () => {
    const share = done() / all;
    const here = done() - before;
    const left = here > 0 ? Math.round((((Date.now() - started) / 60_000) * (all - done())) / here) : null;
    const finished = runs.filter(({ step }) => step === steps).length;
    const full = Math.round(30 * share);
    const drawn = stderr.isTTY ? ` ${'━'.repeat(full)}${'─'.repeat(30 - full)}` : '';
    const rest = left === null ? '' : `, about ${left} min left`;
    return `${(100 * share).toFixed(1)} %${drawn}  ${finished} of ${runs.length} runs${rest}`;
  };
  const draw = () => {
    const now = Date.now();
    if (now - shown < (stderr.isTTY ? 200 : 30_000)) return;
    shown = now;
    clear();
    stderr.write(`${line()}${stderr.isTTY ? '' : '\n'}`);
  };
  return {
    begin() {
      before = done();
      draw();
    },
    draw,
    note(text) {
      clear();
      stderr.write(`${text}\n`);
    },
    end() {
      clear();
      stderr.write(`${line()}\n`);
    },
  };
}
