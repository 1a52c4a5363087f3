import { defineDiagnostic } from '../diagnostic.ts';
import { exampleSpec } from '../example-spec.ts';
import { journeyText, listText, type Shown, shapeText } from '../wording.ts';

export const outputShapeMismatch = defineDiagnostic<
  {
    /** `G` */
    readonly network: string;
    readonly made: readonly Shown[];
    /** What it promises to make: `faces.image`; null for a shape of its own. */
    readonly wantedName: string | null;
    readonly wanted: readonly Shown[];
    /** Params that the wanted shape was written with and their values: `size = 64`. */
    readonly because: readonly { readonly name: string; readonly value: Shown }[];
    /** The height on its way through the layer or loop that the report points at: `[4, 8, 16]`. */
    readonly journey: readonly Shown[];
    /** What to do, when it is known: `add a size to the list, for example [4*ch, 2*ch, ch]`. */
    readonly suggestion: string | null;
  },
  'declared'
>({
  code: 'output-shape-mismatch',
  severity: 'error',
  number: 12,
  title: 'A network that makes another shape than it promises',
  message: ({ network, made, wantedName, wanted }) =>
    `${network} makes ${shapeText(made)}, but ${wantedName ? `${wantedName} is` : 'its signature says'} ${shapeText(wanted)}`,
  label: ({ journey, made }) =>
    journey.length > 1 ? `${journeyText(journey)} here` : `makes ${shapeText(made)}`,
  labels: {
    declared: ({ wantedName, wanted, because }) =>
      `${wantedName ? `${wantedName} is ` : ''}${shapeText(wanted)}${
        because.length > 0
          ? ` because ${because.map(({ name, value }) => `${name} = ${value}`).join(', ')}`
          : ''
      }`,
  },
  notes: ({ made, wanted }) => {
    const note = doublings(made, wanted) ?? otherFamily(made, wanted)?.note;
    return note ? [note] : [];
  },
  help: ({ suggestion, made, wanted }) =>
    suggestion ??
    otherFamily(made, wanted)?.help ??
    (made.length === wanted.length && made.slice(0, -1).join() === wanted.slice(0, -1).join()
      ? `end with ${wanted.at(-1)} filters`
      : null),
  explanation: `
What a generator makes is compared with the data, so both must have the same shape, to the last pixel. The sizes
along the way are shown beside the layers that change them: every \`conv2d_transpose(…, stride: 2)\` or \`upsample(2)\`
doubles height and width, every \`conv2d(…, stride: 2)\` halves them.

**What to do.** Add or remove a doubling, or begin from another size. With halvings from 64 a generator starts at
4 and doubles four times: 4 → 8 → 16 → 32 → 64.

Radford, Metz & Chintala, *Unsupervised Representation Learning with DCGANs*, 2016.
`,
  bad: exampleSpec({
    generator: `
generator G(z) -> faces.image {
  z -> dense(4*4 * 16) -> reshape(4, 4, 16) -> relu
    -> conv2d_transpose(3, kernel: 4, stride: 2) -> tanh
}`,
  }),
  good: exampleSpec(),
});

/** Says how many doublings or halvings are missing, when both sizes differ by the same power of two. */
function doublings(made: readonly Shown[], wanted: readonly Shown[]): string | null {
  if (made.length !== wanted.length || made.length < 2) return null;
  const ratios = made.slice(0, -1).map((size, axis) => Number(wanted[axis]) / Number(size));
  const count = Math.log2(ratios[0]!);
  if (!Number.isInteger(count) || count === 0 || ratios.some((ratio) => ratio !== ratios[0])) return null;
  const words = ['One', 'Two', 'Three', 'Four'];
  const many = words[Math.abs(count) - 1] ?? String(Math.abs(count));
  const one = Math.abs(count) === 1;
  return count > 0
    ? `${many} more doubling${one ? ' is' : 's are'} missing.`
    : `${many} doubling${one ? ' is' : 's are'} too many.`;
}

/** Says that doubling leads past the wanted size, and where to start instead: 7 → 14 → 28 → 56 is never 32. */
function otherFamily(
  made: readonly Shown[],
  wanted: readonly Shown[],
): { note: string; help: string } | null {
  if (made.length !== wanted.length || made.length < 3) return null;
  const [is, should] = [Number(made.at(-3)), Number(wanted.at(-3))];
  const start = oddPart(is);
  // Sizes that one doubling or none leads to are right or wrong for another reason.
  if (!Number.isInteger(is) || is < 2 * start || should % 8 !== 0 || start === oddPart(should)) return null;
  const small = (should / oddPart(should) > 16 ? [4, 8] : [4]).map((size) => size * oddPart(should));
  const way = [1, 2, 4, 8, 16, 32].map((factor) => factor * start).filter((size) => size <= 2 * is);
  return {
    note: `Doubling ${start} never makes ${should}: ${journeyText(way)}.`,
    help: `start from ${listText(small, 'or')}, which doubles to ${should}`,
  };
}

/** What is left of a size when it is halved as often as it can be: 28 → 7. */
function oddPart(size: number): number {
  let odd = size;
  while (odd > 0 && odd % 2 === 0) odd /= 2;
  return odd;
}
