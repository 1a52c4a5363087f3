import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { renderDiagnostic } from '../../compiler/diagnostics/render.ts';
import { renderJson } from '../../compiler/diagnostics/render-json.ts';
import { check } from '../../compiler/index.ts';
import { SourceFile } from '../../compiler/source/source-file.ts';

/** Checks a spec of the library with one thing changed, and gives the findings of one kind as text. */
function findings(name: string, code: string, changes: readonly (readonly [from: string, to: string])[]) {
  let text = readFileSync(new URL(`../../specs/${name}`, import.meta.url), 'utf8');
  for (const [from, to] of changes) {
    expect(text).toContain(from);
    text = text.replace(from, to);
  }
  const { diagnostics, sources } = check(new SourceFile(name, text));
  return diagnostics
    .filter((diagnostic) => diagnostic.code === code)
    .map((diagnostic) => ({ diagnostic, sources }));
}

function render(name: string, code: string, ...changes: (readonly [from: string, to: string])[]): string {
  const found = findings(name, code, changes);
  expect(found).toHaveLength(1);
  return `\n${renderDiagnostic(found[0]!.diagnostic, { sources: found[0]!.sources })}\n`;
}

describe('finished texts', () => {
  test('output-shape-mismatch', () => {
    expect(
      render('dcgan.gan', 'output-shape-mismatch', ['[4*ch, 2*ch, ch] { Up', '[4*ch, 2*ch] { Up']),
    ).toBe(`
error[output-shape-mismatch]: G makes [32, 32, 3], but faces.image is [64, 64, 3]
   ┌─ dcgan.gan:31:8
10 │   image: [size, size, 3] in [-1, 1]
   │          --------------- faces.image is [64, 64, 3] because size = 64
   ·
31 │     -> for f in [4*ch, 2*ch] { Up(f) }
   │        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ 4 → 8 → 16 here
32 │     -> conv2d_transpose(3, kernel: 4, stride: 2, bias: false)
   │        ------------------------------------------------------ 16 → 32 here
   = One more doubling is missing.
 help: add a size to the list, for example [4*ch, 2*ch, ch]
`);
  });

  test('range-mismatch', () => {
    expect(render('dcgan.gan', 'range-mismatch', ['-> tanh', '-> sigmoid'])).toBe(`
error[range-mismatch]: G makes values in [0, 1], but faces.image holds values in [-1, 1]
   ┌─ dcgan.gan:33:8
10 │   image: [size, size, 3] in [-1, 1]
   │                          ---------- declared here
   ·
33 │     -> sigmoid
   │        ^^^^^^^ sigmoid gives [0, 1]
   = D could tell real from fake by brightness alone, so G would get no useful signal.
 help: end with tanh, or declare the data \`in [0, 1]\`                                     (fix available)
`);
  });

  test('concat-size-mismatch', () => {
    const text = render('pix2pix.gan', 'concat-size-mismatch', ['concat(e6)', 'concat(e5)']);
    expect(text).toBe(`
error[concat-size-mismatch]: this skip joins 4 × 4 with 8 × 8
   ┌─ pix2pix.gan:34:47
27 │   e5 = e4 -> Down(512)                  //   8
   │   -- e5 is [8, 8, 512]
   ·
34 │      -> Up(512, drop: dropout(0.5)) -> concat(e5)
   │         --------------------------- [4, 4, 512] arrives here
   │                                               ^^ every size but the last must match
   = Skips must meet at the same level: 2: e7   4: e6   8: e5   16: e4   32: e3   64: e2   128: e1
 help: use e6                                                                             (fix available)
`);
  });

  test('indivisible-size', () => {
    const text = render(
      'pix2pix.gan',
      'indivisible-size',
      ['sketch: [256, 256, 3]', 'sketch: [300, 300, 3]'],
      ['photo:  [256, 256, 3]', 'photo:  [300, 300, 3]'],
    );
    expect(text).toBe(`
error[indivisible-size]: 75 cannot be halved
   ┌─ pix2pix.gan:12:27
12 │   x -> leaky_relu(0.2) -> conv2d(filters, kernel: 4, stride: 2, bias: false) -> norm
   │                           ^^^^^^ stride 2 needs an even height and width
   = in Down, used at 25:14       300 → 150 → 75 → ?
   = An odd size cannot be doubled back exactly, so the skip at e2 would not fit.
 help: this generator halves 8 times; use sizes divisible by 256: 256, 512
`);
  });

  test('batch-norm-with-penalty', () => {
    const text = render('wgan_gp_resnet.gan', 'batch-norm-with-penalty', [
      'main = x -> relu -> conv2d(filters, kernel: 3)\n',
      'main = x -> batch_norm -> relu -> conv2d(filters, kernel: 3)\n',
    ]);
    expect(text).toBe(`
warning[batch-norm-with-penalty]: D uses batch_norm inside gradient_penalty
   ┌─ wgan_gp_resnet.gan:23:15
23 │   main = x -> batch_norm -> relu -> conv2d(filters, kernel: 3)
   │               ^^^^^^^^^^ mixes the examples of a batch
   ·
60 │           + 10 * gradient_penalty(D(_, y), real, fake)
   │             ------------------------------------------ defined for one example at a time
   = in ResDown, used at 43:23
   = The penalty would then punish the wrong slope. WGAN-GP leaves batch normalisation out of the critic.
 help: use layer_norm, or nothing                                                         (fix available)
`);
  });

  test('not-twice-differentiable', () => {
    const text = render('wgan_gp_resnet.gan', 'not-twice-differentiable', [
      '-> relu -> conv2d(filters, kernel: 3) -> avg_pool(2)',
      '-> sign -> conv2d(filters, kernel: 3) -> avg_pool(2)',
    ]);
    expect(text).toBe(`
error[not-twice-differentiable]: sign cannot be used inside gradient_penalty
   ┌─ wgan_gp_resnet.gan:24:15
24 │            -> sign -> conv2d(filters, kernel: 3) -> avg_pool(2)
   │               ^^^^ its gradient has no gradient
   ·
60 │           + 10 * gradient_penalty(D(_, y), real, fake)
   │             ------------------------------------------ asks for one
   = in ResDown, used at 43:23
 help: use tanh
`);
  });

  test('max_pool is differentiable to any order here, so it may stand inside a penalty', () => {
    const changes = [
      ['conv2d(filters, kernel: 3) -> avg_pool(2)', 'conv2d(filters, kernel: 3) -> max_pool(2)'],
    ] as const;
    expect(findings('wgan_gp_resnet.gan', 'not-twice-differentiable', changes)).toEqual([]);
  });

  test('sigmoid-on-score', () => {
    const text = render('wgan_gp_resnet.gan', 'sigmoid-on-score', [
      'return (h -> dense(1)) + (h -> projection(y))',
      'return h -> dense(1) -> sigmoid',
    ]);
    expect(text).toBe(`
error[sigmoid-on-score]: D ends in sigmoid, but its loss needs an unbounded score
   ┌─ wgan_gp_resnet.gan:46:27
46 │   return h -> dense(1) -> sigmoid
   │                           ^^^^^^^ squeezes the score into [0, 1]
   ·
59 │     loss: mean(D(fake, y)) - mean(D(real, y))
   │           ----------------------------------- Wasserstein: how far apart, not how likely
 help: remove sigmoid                                                                     (fix available)
`);
  });

  test('label-used-as-number', () => {
    const text = render('wgan_gp_resnet.gan', 'label-used-as-number', [
      'concat(z, y -> embed(ch))',
      'concat(z, y)',
    ]);
    expect(text).toBe(`
error[label-used-as-number]: y is a label, so it cannot be joined to numbers
   ┌─ wgan_gp_resnet.gan:34:13
11 │   class: label(10)
   │          --------- one of 10 classes; 7 is not "more" than 3
   ·
34 │   concat(z, y)
   │             ^
 help: turn it into a vector first: y -> embed(128)                                       (fix available)
`);
  });

  test('condition-mismatch', () => {
    const text = render('wgan_gp_resnet.gan', 'condition-mismatch', [
      'loss: -mean(D(fake, y))',
      'loss: -mean(D(fake, shuffle(y)))',
    ]);
    expect(text).toBe(`
error[condition-mismatch]: D judges the fake with different labels than G used
   ┌─ wgan_gp_resnet.gan:64:25
55 │   fake = G(z, y)
   │               - made with y
   ·
64 │     loss: -mean(D(fake, shuffle(y)))
   │                         ^^^^^^^^^^ judged with shuffle(y)
   = G could never satisfy D, whatever it draws.
 help: pass y
`);
  });

  test('checkerboard-kernel', () => {
    const text = render('dcgan.gan', 'checkerboard-kernel', [
      'conv2d_transpose(filters, kernel: 4',
      'conv2d_transpose(filters, kernel: 3',
    ]);
    expect(text).toBe(`
warning[checkerboard-kernel]: kernel 3 is not a multiple of stride 2
   ┌─ dcgan.gan:15:34
15 │   x -> conv2d_transpose(filters, kernel: 3, stride: 2, bias: false)
   │                                  ^^^^^^^^^ some output cells get more paint than others
   = in Up, used at 31:36
   = This shows up as a checkerboard in the images (Odena, Dumoulin & Olah, 2016).
 help: use kernel: 4, or upsample(2) -> conv2d(filters, kernel: 3)                        (fix available)
`);
  });

  test('update-has-no-effect', () => {
    const text = render('dcgan.gan', 'update-has-no-effect', [
      '    loss: bce(D(fake), 1)\n',
      '    loss: bce(D(real), 1)\n',
    ]);
    expect(text).toBe(`
error[update-has-no-effect]: the loss of \`update G\` does not depend on G
   ┌─ dcgan.gan:56:11
56 │     loss: bce(D(real), 1)
   │           ^^^^^^^^^^^^^^^ uses D and real only
   = G's weights would never change.
 help: use fake, which is made by G: bce(D(fake), 1)
`);
  });

  test('unknown-argument', () => {
    const text = render('dcgan.gan', 'unknown-argument', [
      'conv2d(filters, kernel: 4',
      'conv2d(filters, kernal: 4',
    ]);
    expect(text).toContain(`
error[unknown-argument]: conv2d has no argument \`kernal\`
   ┌─ dcgan.gan:22:24
22 │   x -> conv2d(filters, kernal: 4, stride: 2, bias: false)
   │                        ^^^^^^ did you mean \`kernel\`?
   = conv2d(filters, kernel: 3, stride: 1, padding: "same", bias: true`);
    expect(text).toMatch(/ {2}\(fix available\)\n$/);
  });

  test('unknown-argument as JSON', () => {
    const [found] = findings('dcgan.gan', 'unknown-argument', [
      ['conv2d(filters, kernel: 4', 'conv2d(filters, kernal: 4'],
    ]);
    expect(renderJson(found!.diagnostic, found!.sources)).toBe(
      '{"code":"unknown-argument","severity":"error","message":"conv2d has no argument `kernal`","file":"dcgan.gan",' +
        '"start":{"line":22,"column":24,"offset":519},"end":{"line":22,"column":30,"offset":525},"related":[],' +
        '"help":null,"fixes":[{"title":"Change to `kernel`","edits":[{"start":519,"end":525,"text":"kernel"}],"safe":true}]}',
    );
  });
});
