/** The page: a tone, its drive, on and off. */
import { shaper } from "./shaper.js";

const [play, drive] = [document.querySelector("button"), document.querySelector("input")];
let context;
let node;

async function start() {
  context = new AudioContext();
  node = await shaper(context, drive.valueAsNumber);
  const tone = new OscillatorNode(context, { frequency: 110 });
  tone
    .connect(node)
    .connect(new GainNode(context, { gain: 0.2 }))
    .connect(context.destination);
  tone.start();
}

play.addEventListener("click", async () => {
  if (!context) await start();
  else if (context.state === "running") await context.suspend();
  else await context.resume();
  play.textContent = context.state === "running" ? "Stop" : "Play";
});

drive.addEventListener("input", () => {
  drive.labels[0].querySelector("span").textContent = drive.value;
  node?.parameters.get("drive").setValueAtTime(drive.valueAsNumber, context.currentTime);
});
