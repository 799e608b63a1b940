/**
 * Shapes sound with tanh, in blocks of 128 frames: soft clipping, as an overdriven amplifier does
 * it.
 *
 * The one array lives in wasm memory, so that tanh works in place: after the constructor nothing is
 * allocated, as it must be on the audio thread, where a garbage collection is heard. With a bundler
 * the import reads "wasm-activations"; a worklet has no import map.
 */
import { alloc, prepare, tanh } from "../../dist/index.js";

/** What Web Audio calls a render quantum. */
const FRAMES = 128;

class Shaper extends AudioWorkletProcessor {
  static parameterDescriptors = [
    { name: "drive", defaultValue: 4, minValue: 1, maxValue: 40, automationRate: "k-rate" },
  ];

  #block = alloc(FRAMES);

  constructor() {
    super();
    prepare(tanh);
  }

  process([input], [output], { drive }) {
    const block = this.#block;
    const gain = drive[0];
    for (let channel = 0; channel < input.length; channel++) {
      const x = input[channel];
      for (let i = 0; i < FRAMES; i++) block[i] = gain * x[i];
      tanh(block, block);
      output[channel].set(block);
    }
    return true;
  }
}

registerProcessor("shaper", Shaper);
