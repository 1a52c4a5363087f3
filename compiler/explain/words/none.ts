import type { Word } from './word.ts';

export const none: Word = {
  kind: 'form',
  name: 'none',
  is: 'A value',
  summary: 'the layer that does nothing, and an option that is left out',
  example: {
    declarations: `
module Down(x: [H, W, C], filters: int, norm: layer = instance_norm) -> [H/2, W/2, filters] {
  x -> conv2d(filters, kernel: 4, stride: 2) -> norm -> leaky_relu(0.2)
}`,
    discriminator: `
discriminator D(x: faces.image) -> [1] {
  x -> Down(8, norm: none) -> Down(16, norm: none) -> flatten -> dense(1)
}`,
  },
  text: () => [TEXT],
};

const TEXT = `
\`none\` is a step of a flow like any other, and stands for a layer where one is asked for. As an option it means that nothing is
written, and the page of the option says what that does: \`weights: none\`, \`ema: none\`. A param of \`none\` may be given
something by \`--set\`.
`;
