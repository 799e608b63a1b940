/** Networks for images. */
import { type Architecture, Tally } from "./architecture.ts";

const INPUT = { side: 224, channels: 3 };
const CLASSES = 1000;
const INFERENCE = "an image of 224 x 224";

function resNet50(): Architecture {
  const tally = new Tally();
  let x = tally.activate(tally.convolve(INPUT, { kernel: 7, channels: 64, stride: 2 }));
  // Maximum pooling halves it.
  x = { ...x, side: x.side / 2 };
  const stages = [
    { blocks: 3, channels: 64, stride: 1 },
    { blocks: 4, channels: 128, stride: 2 },
    { blocks: 6, channels: 256, stride: 2 },
    { blocks: 3, channels: 512, stride: 2 },
  ];
  for (const { blocks, channels, stride } of stages) {
    for (let block = 0; block < blocks; block++) {
      const first = block === 0;
      const step = first ? stride : 1;
      if (first) tally.convolve(x, { kernel: 1, channels: 4 * channels, stride: step });
      const narrow = tally.activate(tally.convolve(x, { kernel: 1, channels, stride: step }));
      const middle = tally.activate(tally.convolve(narrow, { kernel: 3, channels }));
      // After the sum with what went round the block.
      x = tally.activate(tally.convolve(middle, { kernel: 1, channels: 4 * channels }));
    }
  }
  tally.multiply(1, x.channels, CLASSES);
  return {
    name: "ResNet-50",
    inference: INFERENCE,
    source: "He, Zhang, Ren, Sun 2015, Deep residual learning for image recognition, table 1",
    published: "relu",
    tensors: tally.tensors,
    multiplyAdds: tally.multiplyAdds,
    vectors: false,
  };
}

/** Kernel, expanded and outgoing channels, squeeze and excite, stride. */
const BOTTLENECKS = [
  [3, 16, 16, false, 1],
  [3, 64, 24, false, 2],
  [3, 72, 24, false, 1],
  [5, 72, 40, true, 2],
  [5, 120, 40, true, 1],
  [5, 120, 40, true, 1],
  [3, 240, 80, false, 2],
  [3, 200, 80, false, 1],
  [3, 184, 80, false, 1],
  [3, 184, 80, false, 1],
  [3, 480, 112, true, 1],
  [3, 672, 112, true, 1],
  [5, 672, 160, true, 2],
  [5, 960, 160, true, 1],
  [5, 960, 160, true, 1],
] as const;
/** Of squeeze and excite: its inner layer has a fourth of the channels. */
const SQUEEZE = 4;

/** The small activations inside squeeze and excite are not counted. */
function mobileNetV3Large(): Architecture {
  const tally = new Tally();
  let x = tally.activate(tally.convolve(INPUT, { kernel: 3, channels: 16, stride: 2 }));
  for (const [kernel, expanded, channels, squeezed, stride] of BOTTLENECKS) {
    const wide = expanded === x.channels ? x : tally.activate(tally.convolve(x, { kernel: 1, channels: expanded }));
    const deep = tally.activate(tally.convolve(wide, { kernel, channels: expanded, stride, depthwise: true }));
    if (squeezed) tally.multiply(2, expanded, expanded / SQUEEZE);
    x = tally.convolve(deep, { kernel: 1, channels });
  }
  x = tally.activate(tally.convolve(x, { kernel: 1, channels: 960 }));
  const pooled = { ...x, side: 1 };
  const last = tally.activate(tally.convolve(pooled, { kernel: 1, channels: 1280 }));
  tally.multiply(1, last.channels, CLASSES);
  return {
    name: "MobileNetV3-Large",
    inference: INFERENCE,
    source: "Howard et al. 2019, Searching for MobileNetV3, table 1",
    published: "hardSwish",
    tensors: tally.tensors,
    multiplyAdds: tally.multiplyAdds,
    vectors: false,
  };
}

export const imageNetworks = [resNet50(), mobileNetV3Large()];
