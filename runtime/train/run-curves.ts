import { type Curve, curvesSvg, stackedSvg } from '../media/curves.ts';
import { readEvents, type TrainingEvent } from './events.ts';
import type { RunFolder } from './run-folder.ts';

/** Writes `curves.svg`: the losses of a run over the steps, and beneath them each figure that was measured. */
export async function drawCurves(run: RunFolder, title: string): Promise<void> {
  const events = readEvents(run.events);
  const losses = curvesOf(
    events.flatMap((event) => (event.event === 'step' ? [{ step: event.step, values: event.losses }] : [])),
  );
  const figures = curvesOf(
    events.flatMap((event) =>
      event.event === 'evaluation' ? [{ step: event.step, values: named(event) }] : [],
    ),
  ).filter(({ steps }) => steps.length > 1);
  const stages = events.flatMap(stageBegun);
  if (losses.length === 0) return;
  const first = curvesSvg(losses, { title, stages });
  // Figures have scales of their own, but steps in common.
  const ends = losses.flatMap(({ steps: of }) => [of[0]!, of[of.length - 1]!]);
  const steps = [Math.min(...ends), Math.max(...ends)] as const;
  const others = figures.map((curve) =>
    curvesSvg([curve], { title: curve.name, stages, steps, height: 220, smooth: false }),
  );
  await run.write(run.curves, others.length === 0 ? first : stackedSvg([first, ...others]));
}

function stageBegun(event: TrainingEvent): { label: string; start: number }[] {
  const begins = event.event === 'stage' || (event.event === 'start' && event.step === 0);
  return begins && event.stage !== undefined ? [{ label: event.stage, start: event.step }] : [];
}

interface Point {
  readonly step: number;
  readonly values: Readonly<Record<string, number>>;
}

function curvesOf(points: readonly Point[]): Curve[] {
  const names = [...new Set(points.flatMap(({ values }) => Object.keys(values)))];
  return names.map((name) => {
    const of = points.filter(({ values }) => name in values);
    return { name, steps: of.map(({ step }) => step), values: of.map(({ values }) => values[name]!) };
  });
}

/** `G modes.high_quality` */
function named({
  network,
  figures,
}: {
  readonly network: string;
  readonly figures: Readonly<Record<string, Readonly<Record<string, number | null>>>>;
}): Record<string, number> {
  return Object.fromEntries(
    Object.entries(figures).flatMap(([measure, values]) =>
      Object.entries(values).flatMap(([figure, value]) =>
        value === null ? [] : [[`${network}  ${measure}.${figure}`, value] as const],
      ),
    ),
  );
}
