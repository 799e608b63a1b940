/**
 * A node that shapes sound: processor.js on the audio thread of a context, which may be one that
 * renders offline.
 */
export async function shaper(context, drive) {
  await context.audioWorklet.addModule(new URL("./processor.js", import.meta.url));
  return new AudioWorkletNode(context, "shaper", { parameterData: { drive } });
}
