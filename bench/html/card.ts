/**
 * A card to paste into an issue or a chat: the sentence, the machine, the table of what is shown.
 */

import { YARDSTICK } from "../lookup.ts";
import { digits, sizeText } from "../show/figures.ts";
import type { Choice } from "./choice.ts";
import type { Figures } from "./figures.ts";
import { sentence, source } from "./sentence.ts";
import { DIRECTIONS, MODES, nsText } from "./words.ts";

export function costCard(figures: Figures, choice: Choice): string {
  const pairs = figures.pairs(choice).filter(({ facts }) => choice.family === "all" || facts.family === choice.family);
  const lines = pairs.map(({ op, ours, js, gain, relus }) =>
    [`\`${op}\``, nsText(ours), nsText(js), digits(gain), digits(relus)].join(" | "),
  );
  return `${sentence(figures)}

${source(figures)}

Nanoseconds per element, ${DIRECTIONS[choice.direction]}, ${sizeText(choice.n)} elements per call, arrays: ${MODES[choice.mode]}:

| op | ours | plain JS | JS : ours | × ${YARDSTICK} |
| --- | ---: | ---: | ---: | ---: |
${lines.map((line) => `| ${line} |`).join("\n")}
`;
}
