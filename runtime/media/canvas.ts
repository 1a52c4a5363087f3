import sharp from 'sharp';

export type Colour = readonly [red: number, green: number, blue: number];

/** A picture of pixels that are set one block at a time. */
export class Canvas {
  readonly width: number;
  readonly height: number;
  /** Red, green and blue of every pixel, row by row. */
  readonly pixels: Buffer;

  constructor(width: number, height: number, background: Colour) {
    this.width = width;
    this.height = height;
    this.pixels = Buffer.alloc(width * height * 3);
    for (let i = 0; i < this.pixels.length; i += 3) this.pixels.set(background, i);
  }

  /**
   * Draws an image of 1, 3 or 4 channels with every pixel as a square of `scale`. Alpha lets the background
   * through.
   */
  image(
    bytes: Uint8Array,
    [height, width, channels]: readonly [number, number, number],
    left: number,
    top: number,
    scale: number,
  ): void {
    const colour: [number, number, number] = [0, 0, 0];
    for (let y = 0; y < height; y++) {
      for (let x = 0; x < width; x++) {
        const at = (y * width + x) * channels;
        colour[0] = bytes[at]!;
        colour[1] = channels < 3 ? bytes[at]! : bytes[at + 1]!;
        colour[2] = channels < 3 ? bytes[at]! : bytes[at + 2]!;
        const alpha = channels === 4 ? bytes[at + 3]! / 255 : 1;
        this.block(left + x * scale, top + y * scale, scale, scale, colour, alpha);
      }
    }
  }

  /** Fills a rectangle. */
  block(left: number, top: number, width: number, height: number, colour: Colour, alpha = 1): void {
    for (let y = top; y < top + height; y++) {
      for (let x = left; x < left + width; x++) {
        const at = (y * this.width + x) * 3;
        for (let c = 0; c < 3; c++) {
          const under = this.pixels[at + c]!;
          this.pixels[at + c] = alpha === 1 ? colour[c]! : Math.round(under + alpha * (colour[c]! - under));
        }
      }
    }
  }

  /** The bytes of a PNG file. */
  png(): Promise<Buffer> {
    return sharp(this.pixels, { raw: { width: this.width, height: this.height, channels: 3 } })
      .png({ compressionLevel: 9 })
      .toBuffer();
  }
}
