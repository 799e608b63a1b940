/** How it was measured, on what, and how to repeat it. */
import type { ComponentChildren } from "preact";
import type { Report } from "../../results.ts";
import { digits, percent, sizeText } from "../../show/figures.ts";
import type { Figures } from "../figures.ts";
import { Copy } from "../parts/controls.tsx";
import { Section } from "../parts/figure.tsx";
import { duration } from "../parts/format.ts";
import { PRESETS } from "../sentence.ts";

function Facts({ facts }: { readonly facts: readonly (readonly [string, ComponentChildren])[] }) {
  return (
    <dl>
      {facts.map(([term, fact]) => (
        <div key={term}>
          <dt>{term}</dt>
          <dd>{fact}</dd>
        </div>
      ))}
    </dl>
  );
}

const isBrowser = ({ machine }: Report) => machine.cpu === "unknown";

function clockText(step: number): string {
  const text = step >= 0.001 ? `${digits(step * 1000)} µs` : `${digits(step * 1e6)} ns`;
  return step >= 0.05
    ? `steps of ${text}: coarse, so that every batch of calls lasts a hundred steps or at least 10 ms`
    : `steps of ${text}`;
}

export function Method({ figures, command }: { readonly figures: Figures; readonly command: string }) {
  const { report } = figures;
  const { machine, settings } = report;
  const [least, most] = settings.rounds;
  const where = isBrowser(report) ? "worker" : "process";
  return (
    <Section id="method" title="How it was measured">
      <ul class="method-list">
        <li>
          Every op and engine runs in a {where} of its own
          {most > 1 && `, by turns in ${least === most ? most : `${least} to ${most}`} rounds`}: the order of the ops
          decides nothing.
        </li>
        <li>
          Results are checked against the other engine before they are timed, and used afterwards, so that nothing is
          optimised away.
        </li>
        <li>
          Each is warmed up past the compiler's first, slower code, then timed in batches of calls that dwarf the
          clock's steps.
        </li>
        <li>
          A figure is the median of all batches; ± is the median distance from it. ~ marks batches or rounds that differ
          by more than the machine should allow.
        </li>
        <li>
          Plain JavaScript is the bare loop that a good programmer writes: Math.exp, Math.tanh, a given output, no
          checks.
        </li>
        <li>Inputs come from a normal distribution with standard deviation 3, always the same numbers.</li>
        <li>A copy is TypedArray.set from one array to another: what reading and writing takes at least.</li>
        <li>Ops along an axis get rows of 1,000 elements, prelu one slope per channel.</li>
      </ul>
      <Facts
        facts={[
          [
            "Package",
            `wasm-activations ${machine.package}, ${machine.backend === "wasm" ? "WebAssembly SIMD" : "plain JavaScript"}`,
          ],
          ["Runtime", `${machine.runtime}${machine.engine === "unknown" ? "" : ` (${machine.engine})`}`],
          [
            "Machine",
            `${machine.cpu === "unknown" ? "processor not told by the browser" : machine.cpu}, ${machine.cores} cores, ${machine.os} ${machine.arch === "unknown" ? "" : machine.arch}`,
          ],
          ["Date", machine.date.slice(0, 16).replace("T", " ")],
          [
            "Run",
            `${PRESETS[settings.preset]}, ${duration(settings.seconds)}${settings.complete ? "" : ", interrupted: what is missing was not measured"}`,
          ],
          ["Arrays", `${settings.type ?? "float32"}`],
          ["Sizes", settings.sizes.map(sizeText).join(", ")],
          ["Clock", clockText(machine.clockStepMs)],
          ["Noise", `${percent(figures.noisyShare)} of the measurements are marked ~`],
        ]}
      />
      <p>
        To repeat it: <code>{command}</code>
      </p>
      <div class="actions">
        <Copy label="Copy all numbers as JSON" textOf={() => JSON.stringify(report, undefined, 1)} />
      </div>
    </Section>
  );
}
