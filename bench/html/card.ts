/** A card to paste into an issue or a chat: the sentence, the machine, the table of what is shown. */
import type { Choice } from "./choice.ts";
import { type Figures, YARDSTICK } from "./figures.ts";
import { count, three } from "./parts/format.ts";
import { sentence, source } from "./sentence.ts";
import { DIRECTIONS, MODES, markOf } from "./words.ts";

export function costCard(figures: Figures, choice: Choice): string {
  const pairs = figures.pairs(choice).filter(({ facts }) => choice.family === "all" || facts.family === choice.family);
  const lines = pairs.map(({ op, ours, js, gain, relus }) =>
    [
      `\`${op}\``,
      `${markOf(ours)}${three(ours.ns.median)}`,
      js ? `${markOf(js)}${three(js.ns.median)}` : "–",
      three(gain),
      three(relus),
    ].join(" | "),
  );
  return `${sentence(figures)}

${source(figures)}

Nanoseconds per element, ${DIRECTIONS[choice.direction]}, ${count(choice.n)} elements per call, arrays ${MODES[choice.mode]}:

| op | ours | plain JS | JS : ours | × ${YARDSTICK} |
| --- | ---: | ---: | ---: | ---: |
${lines.map((line) => `| ${line} |`).join("\n")}
`;
}
