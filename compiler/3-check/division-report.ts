import type * as ast from '../1-parse/ast.ts';
import { eachReferenceInBody } from '../2-resolve/references.ts';
import { indivisibleSize } from '../diagnostics/codes/indivisible-size.ts';
import type { Span } from '../source/span.ts';
import { type Context, mistake } from './context.ts';
import type { Dim } from './dim.ts';
import { goodSizes } from './good-sizes.ts';
import type { Match } from './ports.ts';
import type { Signature } from './signature.ts';
import { bareName } from './source-text.ts';
import type { TensorValue, Walk } from './values.ts';

/** Reports a size that is not the multiple which the signature demands (`H/2`), and says whether it did. */
export function promiseBroken(signature: Signature, match: Match, ctx: Context): boolean {
  const broken = [...signature.multiples].flatMap(([name, by]) => {
    const size = match.sizes.get(name);
    return size && size.value !== null && size.over(by) === null ? [{ name, size, by }] : [];
  });
  const [first] = broken;
  if (!first) return false;
  const { size, by } = first;
  const letters = broken.filter((other) => other.size.equals(size)).map((other) => other.name);
  const divider = dividerIn(signature.graph, by);
  const given = signature.ports
    .map((port) => match.given.get(port.name))
    .find((g) => g?.value.kind === 'tensor');
  const tensor = given?.value.kind === 'tensor' ? given.value : null;
  mistake(ctx, indivisibleSize, {
    at: divider?.at ?? outputSpan(signature.graph),
    facts: {
      size,
      by,
      needs: divider?.needs ?? `${letters[0]}/${by}`,
      axes: axesNamed(signature, letters),
      journey: tensor ? journeyTo(tensor, size) : [],
      skip: (given && bareName(given.expr)) ?? null,
      good: tensor ? goodSizes(ctx) : null,
    },
  });
  return true;
}

/** The layer in a body that does the dividing, as far as its text shows: one with that stride or window. */
function dividerIn(graph: ast.Graph, by: number): { at: Span; needs: string } | null {
  let found: { at: Span; needs: string } | null = null;
  eachReferenceInBody(graph.body, (ref) => {
    if (found || !ref.args) return;
    const at = ref.path[ref.path.length - 1]!.span;
    const stride = ref.args.find((arg) => arg.name?.name === 'stride');
    if (stride?.value.kind === 'number' && by % stride.value.value === 0 && stride.value.value > 1) {
      found = { at, needs: `stride ${stride.value.value}` };
      return;
    }
    const { name } = ref.path[0]!;
    const [window] = ref.args;
    if (name.endsWith('_pool') && window?.value.kind === 'number' && by % window.value.value === 0) {
      found = { at, needs: `${name}(${window.value.value})` };
    }
  });
  return found;
}

function outputSpan(graph: ast.Graph): Span {
  return graph.output.span;
}

const AXES: Readonly<Record<number, readonly string[]>> = {
  1: ['length'],
  2: ['length', 'channels'],
  3: ['height', 'width', 'channels'],
  4: ['frames', 'height', 'width', 'channels'],
};

/** What the letters of a signature are: "height and width". */
function axesNamed(signature: Signature, letters: readonly string[]): string {
  const names: string[] = [];
  for (const port of signature.ports) {
    if (port.type.kind !== 'tensor') continue;
    const { shape } = port.type;
    shape.forEach((size, axis) => {
      const [letter] = size.names;
      const name = AXES[shape.length]?.[axis];
      if (name && letter && letters.includes(letter) && !names.includes(name)) names.push(name);
    });
  }
  return names.length === 0 ? letters.join(' and ') : names.join(' and ').replace(/ and (?=.* and )/g, ', ');
}

/** The sizes on the way to a tensor along the axis that has this size now. */
function journeyTo(tensor: TensorValue, size: Dim): Dim[] {
  const axis = tensor.shape.findIndex((s) => s.equals(size));
  const steps: Walk[] = [];
  for (let walk = tensor.walk; walk; walk = walk.previous) steps.unshift(walk);
  const rank = tensor.shape.length;
  const sizes: Dim[] = [];
  const add = (shape: readonly Dim[]) => {
    const next = shape.length === rank ? shape[axis] : undefined;
    if (next && !sizes[sizes.length - 1]?.equals(next)) sizes.push(next);
  };
  for (const step of steps) {
    add(step.from);
    for (const shape of step.to) add(shape);
  }
  return sizes.length === 0 ? [size] : sizes;
}
