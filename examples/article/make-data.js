// Draws the pictures that the specs beside it train on, so that they run without a download: faces of many colours, clips of
// a ball that bounces, and pairs of frames that follow each other. The same pictures each time.
//
//   node examples/article/make-data.js [FOLDER] [COUNT] [SIZE]
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import sharp from 'sharp';

const FRAMES = 24;
const target = process.argv[2] ?? path.join(import.meta.dirname, 'data');
const count = Number(process.argv[3] ?? 200);
const size = Number(process.argv[4] ?? 128);

/** Numbers from 0 to 1, told by a seed (a multiplicative congruential generator). */
function numbers(seed) {
  let state = seed + 1;
  for (let i = 0; i < 8; i++) state = (state * 48271) % 2147483647;
  return () => {
    state = (state * 48271) % 2147483647;
    return state / 2147483647;
  };
}

async function draw(file, pixels, shapes) {
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${pixels}" height="${pixels}" viewBox="0 0 100 100">${shapes}</svg>`;
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(file, await sharp(Buffer.from(svg)).flatten().png().toBuffer());
}

const name = (index) => String(index).padStart(4, '0');
const circle = (x, y, r, fill) => `<circle cx="${x}" cy="${y}" r="${r}" fill="${fill}"/>`;

function face(seed) {
  const next = numbers(seed);
  const between = (low, high) => low + next() * (high - low);
  const [hue, skin, smile] = [between(0, 360), between(35, 85), between(-8, 14)];
  const [wide, high, apart] = [between(24, 34), between(32, 40), between(10, 14)];
  const eye = (x) => circle(x, 46, 5, 'white') + circle(x, 46, between(2, 3), 'black');
  return `
    <rect width="100" height="100" fill="hsl(${hue}, 50%, 60%)"/>
    <ellipse cx="50" cy="40" rx="${wide + 5}" ry="${high}" fill="hsl(${between(15, 45)}, 50%, ${between(5, 45)}%)"/>
    <ellipse cx="50" cy="54" rx="${wide}" ry="${high}" fill="hsl(25, 50%, ${skin}%)"/>
    ${eye(50 - apart)}${eye(50 + apart)}
    <path d="M 36 70 Q 50 ${70 + smile} 64 70" stroke="#922" stroke-width="3" fill="none"/>`;
}

/** Where a ball is that started somewhere and bounces from the walls. */
function ball(seed, frame) {
  const next = numbers(seed);
  const hue = next() * 360;
  const bounce = (start, speed) => {
    const way = (start + speed * frame) % 140;
    return 15 + (way > 70 ? 140 - way : way);
  };
  const x = bounce(next() * 140, 4 + 5 * next());
  const y = bounce(next() * 140, 4 + 5 * next());
  return `<rect width="100" height="100" fill="hsl(${hue}, 40%, 20%)"/>${circle(x, y, 13, `hsl(${hue + 180}, 80%, 60%)`)}`;
}

for (let i = 0; i < count; i++) {
  await draw(path.join(target, 'faces', `${name(i)}.png`), size, face(i));
  await draw(path.join(target, 'frames/this', `${name(i)}.png`), size, ball(i, 3));
  await draw(path.join(target, 'frames/next', `${name(i)}.png`), size, ball(i, 4));
}
for (let clip = 0; clip < Math.ceil(count / 4); clip++) {
  for (let frame = 0; frame < FRAMES; frame++) {
    await draw(path.join(target, 'clips', name(clip), `${name(frame)}.png`), size, ball(clip, frame));
  }
}
