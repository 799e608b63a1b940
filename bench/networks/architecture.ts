/**
 * A published network as its layers say: what goes through activations, and how much there is to
 * multiply.
 */

export interface Architecture {
  readonly name: string;
  /** What one inference is. */
  readonly inference: string;
  readonly source: string;
  /** The activation that it is published with. */
  readonly published: string;
  /** Elements of each tensor that goes through an activation, in order. */
  readonly tensors: readonly number[];
  readonly multiplyAdds: number;
  /** One vector at a time goes through the matrices. */
  readonly vectors: boolean;
}

/** Height and width of a square image, and its channels. */
interface Image {
  readonly side: number;
  readonly channels: number;
}

interface Convolution {
  readonly kernel: number;
  readonly channels: number;
  readonly stride?: number;
  /** Each channel by itself. */
  readonly depthwise?: boolean;
}

/** Counts while a network is written down layer by layer. */
export class Tally {
  readonly tensors: number[] = [];
  multiplyAdds = 0;

  /** @returns what comes out */
  convolve({ side, channels: inputs }: Image, { kernel, channels, stride = 1, depthwise }: Convolution): Image {
    const out = { side: Math.ceil(side / stride), channels };
    this.multiplyAdds += out.side ** 2 * channels * kernel ** 2 * (depthwise ? 1 : inputs);
    return out;
  }

  activate(image: Image): Image {
    this.tensors.push(image.side ** 2 * image.channels);
    return image;
  }

  /** x W for m rows x. */
  multiply(m: number, inputs: number, outputs: number): void {
    this.multiplyAdds += m * inputs * outputs;
  }
}
