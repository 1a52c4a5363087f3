import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { historyPng, pickSteps } from '../media/history.ts';
import type { RunFolder } from './run-folder.ts';

/** How many moments make a picture that fits on a screen. */
const MOMENTS = 6;

/**
 * Draws how the samples of a run came to be, out of its pictures: `history.png`, or one for each output that has pictures
 * of its own. Gives the files written.
 */
export async function drawHistory(run: RunFolder): Promise<string[]> {
  const folder = path.join(run.folder, 'samples');
  const byOutput = new Map<string, Map<number, string>>();
  for (const name of await readdir(folder).catch(() => [])) {
    const [, output, step] = /^(?:(.+)-)?step-(\d+)\.png$/.exec(name) ?? [];
    if (step === undefined) continue;
    const files = byOutput.get(output ?? '') ?? new Map<number, string>();
    byOutput.set(output ?? '', files.set(Number(step), path.join(folder, name)));
  }
  const written: string[] = [];
  for (const [output, files] of byOutput) {
    const chosen = pickSteps([...files.keys()], MOMENTS).map((step) => files.get(step)!);
    if (chosen.length < 2) continue;
    const png = await historyPng(await Promise.all(chosen.map((file) => readFile(file))));
    if (!png) continue;
    const file = path.join(run.folder, output === '' ? 'history.png' : `history-${output}.png`);
    await run.write(file, png);
    written.push(file);
  }
  return written;
}
