import sharp from 'sharp';
import { GRID_LINE, PALETTE } from './palette.ts';
import { type Stamp, stampPng } from './stamp.ts';

export interface ScatterOptions {
  /** Real points, x and y in turn, drawn in grey behind. They also decide what part of the plane is shown. */
  readonly real?: Float32Array;
  readonly stamp?: Stamp;
}

const SIDE = 720;
/** More points than this make a file large and the picture no clearer. */
const MOST_POINTS = 5000;

/** Generated points of the plane, x and y in turn, over the real ones: the bytes of a PNG file. */
export async function scatterPng(points: Float32Array, options: ScatterOptions = {}): Promise<Buffer> {
  const frame = frameAround(options.real ?? points);
  const place = (x: number, y: number): [number, number] => [
    ((x - frame.x) / frame.side + 0.5) * SIDE,
    (0.5 - (y - frame.y) / frame.side) * SIDE,
  ];
  const dots = (cloud: Float32Array, radius: number, colour: string, opacity: number) => {
    const drawn: string[] = [];
    for (let i = 0; i < Math.min(cloud.length, 2 * MOST_POINTS); i += 2) {
      const [x, y] = place(cloud[i]!, cloud[i + 1]!);
      if (x >= 0 && x <= SIDE && y >= 0 && y <= SIDE) drawn.push(`M${x.toFixed(1)} ${y.toFixed(1)}h0`);
    }
    return `<path d="${drawn.join('')}" stroke="${colour}" stroke-opacity="${opacity}" stroke-width="${2 * radius}" stroke-linecap="round"/>`;
  };
  const [left, bottom] = place(0, 0);
  const svg = [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${SIDE}" height="${SIDE}" fill="none">`,
    `<rect width="${SIDE}" height="${SIDE}" fill="#ffffff"/>`,
    `<path d="M0 ${bottom.toFixed(1)}H${SIDE}M${left.toFixed(1)} 0V${SIDE}" stroke="${GRID_LINE}" stroke-width="1.5"/>`,
    options.real ? dots(options.real, 2.5, '#9ca3af', 0.45) : '',
    dots(points, 2.5, PALETTE[0], 0.55),
    '</svg>',
  ].join('\n');
  const png = await sharp(Buffer.from(svg), { unlimited: true }).png({ compressionLevel: 9 }).toBuffer();
  return options.stamp ? stampPng(png, options.stamp) : png;
}

/** The square that shows a cloud with some air around it. Far outliers do not shrink the rest. */
function frameAround(points: Float32Array): { x: number; y: number; side: number } {
  const along = (axis: 0 | 1) => {
    const values = points.filter((value, i) => i % 2 === axis && Number.isFinite(value)).sort();
    if (values.length === 0) return [-1, 1] as const;
    const cut = Math.floor(values.length * 0.005);
    return [values[cut]!, values[values.length - 1 - cut]!] as const;
  };
  const [[left, right], [bottom, top]] = [along(0), along(1)];
  const side = Math.max(right - left, top - bottom) * 1.3 || 1;
  return { x: (left + right) / 2, y: (bottom + top) / 2, side };
}
