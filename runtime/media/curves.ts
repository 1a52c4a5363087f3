import { FAINT_INK, GRID_LINE, INK, PALETTE } from './palette.ts';
import { niceTicks, tickLabels } from './ticks.ts';

export interface Curve {
  readonly name: string;
  /** Ascending. */
  readonly steps: ArrayLike<number>;
  readonly values: ArrayLike<number>;
}

export interface CurvesOptions {
  readonly title?: string;
  /** Stages of training, each after so many steps. */
  readonly stages?: readonly { readonly label: string; readonly start: number }[];
  /** Pixels; default 880 × 420. */
  readonly width?: number;
  readonly height?: number;
  /** The first and the last step that are shown; default: those that there are. */
  readonly steps?: readonly [first: number, last: number];
  /** Whether points are faint behind an average of them (default), as suits what jumps from step to step. */
  readonly smooth?: boolean;
}

const MARGIN = { left: 64, right: 24, top: 56, bottom: 48 };
/** Points of a line that a screen can still show. */
const MOST_POINTS = 600;

/**
 * Loss curves as the text of an SVG file: each loss as it was, faint, and smoothed over it. Rare spikes run off the
 * top rather than flatten everything else.
 */
export function curvesSvg(curves: readonly Curve[], options: CurvesOptions = {}): string {
  const { title = 'Losses', stages = [], width = 880, height = 420, smooth = true } = options;
  const plot = {
    left: MARGIN.left,
    top: MARGIN.top,
    right: width - MARGIN.right,
    bottom: height - MARGIN.bottom,
  };
  const [firstStep, lastStep] = stepRange(options.steps ? [{ steps: options.steps }] : curves);
  const [low, high] = valueRange(curves);
  const yTicks = niceTicks(low, high, 5);
  const bottom = Math.min(low, yTicks[0] ?? low);
  const top = Math.max(high, yTicks.at(-1) ?? high);
  const x = (step: number) =>
    plot.left + ((step - firstStep) / (lastStep - firstStep)) * (plot.right - plot.left);
  const y = (value: number) => plot.bottom - ((value - bottom) / (top - bottom)) * (plot.bottom - plot.top);

  const grid = yTicks.map((tick) => `M${plot.left} ${y(tick).toFixed(1)}H${plot.right}`).join('');
  const yLabels = tickLabels(yTicks).map((label, i) => text(plot.left - 10, y(yTicks[i]!) + 4, label, 'end'));
  const xTicks = niceTicks(firstStep, lastStep, 7).filter((tick) => tick >= firstStep && tick <= lastStep);
  const xLabels = tickLabels(xTicks).map((label, i) =>
    text(x(xTicks[i]!), plot.bottom + 20, label, 'middle'),
  );
  const begun = stages.filter(({ start }) => start <= lastStep);
  const borders = begun.filter(({ start }) => start > firstStep);
  const stageNames = begun.map(({ label, start }) =>
    text(x(Math.max(start, firstStep)) + 4, plot.top - 10, label, 'start'),
  );
  const lines = curves.flatMap((curve, i) => {
    const colour = PALETTE[i % PALETTE.length]!;
    const line = (points: readonly (readonly [number, number])[], stroke: string) =>
      `<path d="${path(points, x, y)}" stroke="${colour}" ${stroke}/>`;
    if (!smooth) return [line(thinned(pairs(curve)), 'stroke-width="2"')];
    return [
      line(thinned(pairs(curve)), 'stroke-width="1" stroke-opacity="0.25"'),
      line(thinned(smoothed(pairs(curve))), 'stroke-width="2"'),
    ];
  });

  return `${[
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}"`,
    `  font-family="system-ui, -apple-system, 'Segoe UI', 'DejaVu Sans', sans-serif" font-size="12" fill="none">`,
    `<rect width="${width}" height="${height}" rx="8" fill="#ffffff"/>`,
    `<text x="${plot.left}" y="30" font-size="15" font-weight="600" fill="${INK}">${escapeXml(title)}</text>`,
    ...(curves.length > 1 || title !== curves[0]?.name ? legend(curves, plot.right) : []),
    `<path d="${grid}" stroke="${GRID_LINE}"/>`,
    `<path d="M${plot.left} ${plot.bottom}H${plot.right}" stroke="${FAINT_INK}"/>`,
    ...borders.map(
      ({ start }) =>
        `<path d="M${x(start).toFixed(1)} ${plot.top - 20}V${plot.bottom}" stroke="${FAINT_INK}" stroke-dasharray="3 4"/>`,
    ),
    `<g fill="${FAINT_INK}">`,
    ...yLabels,
    ...xLabels,
    ...stageNames,
    text((plot.left + plot.right) / 2, plot.bottom + 40, 'step', 'middle'),
    '</g>',
    `<clipPath id="plot"><rect x="${plot.left}" y="${plot.top - 6}" width="${plot.right - plot.left}" height="${plot.bottom - plot.top + 6}"/></clipPath>`,
    '<g clip-path="url(#plot)" stroke-linejoin="round">',
    ...lines,
    '</g>',
    '</svg>',
  ].join('\n')}\n`;
}

/** Pictures of one width beneath each other, as one SVG file. */
export function stackedSvg(pictures: readonly string[]): string {
  let top = 0;
  const placed = pictures.map((picture, index) => {
    const [, height] = /height="(\d+)"/.exec(picture)!;
    // Names are those of the whole file.
    const inside = picture.replaceAll('plot"', `plot-${index}"`).replaceAll('#plot)', `#plot-${index})`);
    const at = inside.replace('<svg ', `<svg y="${top}" `);
    top += Number(height);
    return at;
  });
  const [, width] = /width="(\d+)"/.exec(pictures[0]!)!;
  const size = `width="${width}" height="${top}" viewBox="0 0 ${width} ${top}"`;
  return `<svg xmlns="http://www.w3.org/2000/svg" ${size}>\n${placed.join('')}</svg>\n`;
}

/** Names of the curves, right-aligned above the plot. Widths are estimated, as no font is at hand. */
function legend(curves: readonly Curve[], right: number): string[] {
  const parts: string[] = [];
  let end = right;
  for (const [i, { name }] of [...curves.entries()].reverse()) {
    const start = end - name.length * 7;
    parts.push(
      `<path d="M${start - 26} 26h18" stroke="${PALETTE[i % PALETTE.length]}" stroke-width="3" stroke-linecap="round"/>`,
      `<text x="${start}" y="30" fill="${INK}">${escapeXml(name)}</text>`,
    );
    end = start - 44;
  }
  return parts;
}

function text(x: number, y: number, words: string, anchor: 'start' | 'middle' | 'end'): string {
  return `<text x="${x.toFixed(1)}" y="${y.toFixed(1)}" text-anchor="${anchor}">${escapeXml(words)}</text>`;
}

function pairs({ steps, values }: Curve): [number, number][] {
  const points: [number, number][] = [];
  for (let i = 0; i < Math.min(steps.length, values.length); i++) {
    if (Number.isFinite(values[i])) points.push([steps[i]!, values[i]!]);
  }
  return points;
}

/** Averaged over about a fortieth of the curve: once forwards and once backwards, so that nothing lags behind. */
function smoothed(points: readonly (readonly [number, number])[]): (readonly [number, number])[] {
  const keep = 1 - 2 / (Math.max(5, points.length / 40) + 1);
  return averaged(averaged(points, keep).reverse(), keep).reverse();
}

/** An exponential average, free of the pull of its first value. */
function averaged(
  points: readonly (readonly [number, number])[],
  keep: number,
): (readonly [number, number])[] {
  let average = 0;
  let weight = 0;
  return points.map(([step, value]) => {
    average = keep * average + (1 - keep) * value;
    weight = keep * weight + (1 - keep);
    return [step, average / weight];
  });
}

/** The lowest and highest point of each stretch, so that a long run stays a small file and keeps its spikes. */
function thinned(points: readonly (readonly [number, number])[]): readonly (readonly [number, number])[] {
  const stretch = Math.ceil((2 * points.length) / MOST_POINTS);
  if (stretch <= 2) return points;
  const kept: (readonly [number, number])[] = [];
  for (let start = 0; start < points.length; start += stretch) {
    const part = points.slice(start, start + stretch);
    const lowest = part.reduce((a, b) => (b[1] < a[1] ? b : a));
    const highest = part.reduce((a, b) => (b[1] > a[1] ? b : a));
    kept.push(...(lowest[0] < highest[0] ? [lowest, highest] : [highest, lowest]));
  }
  return kept;
}

function path(
  points: readonly (readonly [number, number])[],
  x: (step: number) => number,
  y: (value: number) => number,
): string {
  return points
    .map(([step, value], i) => `${i ? 'L' : 'M'}${x(step).toFixed(1)} ${y(value).toFixed(1)}`)
    .join('');
}

function stepRange(curves: readonly Pick<Curve, 'steps'>[]): [number, number] {
  const ends = curves.flatMap(({ steps }) => (steps.length ? [steps[0]!, steps[steps.length - 1]!] : []));
  if (ends.length === 0) return [0, 1];
  const [first, last] = [Math.min(...ends), Math.max(...ends)];
  return last > first ? [first, last] : [first, first + 1];
}

/** From the lowest to the highest value, leaving out the most extreme hundredth at either end. */
function valueRange(curves: readonly Curve[]): [number, number] {
  const values = Float64Array.from(curves.flatMap((curve) => pairs(curve).map(([, value]) => value))).sort();
  if (values.length === 0) return [0, 1];
  const cut = Math.floor(values.length / 100);
  const [low, high] = [values[cut]!, values[values.length - 1 - cut]!];
  return high > low ? [low, high] : [low - 0.5, low + 0.5];
}

function escapeXml(words: string): string {
  return words.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);
}
