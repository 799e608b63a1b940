/**
 * The report's sentence and its first chart as one SVG file, for pages that show no HTML: light and
 * dark, text as text.
 */
import { readFileSync } from "node:fs";

import { renderToString } from "preact-render-to-string";
import type { Report } from "../results.ts";
import { Figures, type Pair } from "./figures.ts";
import { plain } from "./parts/format.ts";
import { at, Dumbbell } from "./parts/rows.tsx";
import { logScale, type Scale } from "./parts/scale.ts";
import { sentence, source } from "./sentence.ts";
import { nsText } from "./words.ts";

const WIDTH = 960;
const MARGIN = 20;
const GAP = 50;
const COLUMN = (WIDTH - 2 * MARGIN - GAP) / 2;
const ROW = 20;
/** Of a column: the names, and the figures at its end. */
const NAMES = 130;
const FIGURES = 50;

/** Of the sentence, at most. */
const LETTERS = 82;

const OWN_STYLE =
  "svg{overflow:visible}text{font:14px system-ui,sans-serif;fill:var(--ink)}.soft{fill:var(--soft);font-size:13px}.big{font-size:21px}.paper{fill:var(--paper)}";

/**
 * What it has in common with the report, from the root of the repository; without line breaks and
 * indents.
 */
const styleOf = (name: string) => readFileSync(`bench/html/style/${name}.css`, "utf8").replace(/\s+/g, " ");

/** As few lines as can be, of about the same length. */
function wrapped(text: string): string[] {
  const letters = text.length / Math.ceil(text.length / LETTERS) + 7;
  const lines: string[] = [];
  for (const word of text.split(" ")) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + word.length < letters) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}

interface ColumnProps {
  readonly pairs: readonly Pair[];
  readonly scale: Scale;
  readonly copyNs: number | undefined;
  readonly left: number;
  readonly top: number;
}

function Column({ pairs, scale, copyNs, left, top }: ColumnProps) {
  const plot = { x: left + NAMES, width: COLUMN - NAMES - FIGURES };
  const upright = (value: number, kind: string) => (
    <line key={kind + value} class={kind} x1={at(scale.at(value))} x2={at(scale.at(value))} y2="100%" />
  );
  return (
    <>
      <text class="soft" x={left} y={top + 15}>
        ns per element
      </text>
      <svg {...plot} y={top} height={ROW} aria-hidden="true">
        {scale.ticks.map((tick) => (
          <text key={tick} class="soft" x={at(scale.at(tick))} y="15" text-anchor="middle">
            {plain(tick)}
          </text>
        ))}
      </svg>
      <svg {...plot} y={top + ROW} height={pairs.length * ROW} aria-hidden="true">
        {scale.ticks.map((tick) => upright(tick, "grid"))}
        {copyNs !== undefined && upright(copyNs, "rule")}
      </svg>
      {pairs.map(({ op, ours, js }, i) => {
        const y = top + (i + 1) * ROW;
        return (
          <g key={op}>
            <text x={left} y={y + 15}>
              {op}
            </text>
            <svg {...plot} y={y} height={ROW} aria-hidden="true">
              <Dumbbell from={scale.at(ours.ns.median)} to={js && scale.at(js.ns.median)} />
            </svg>
            <text x={left + COLUMN} y={y + 15} text-anchor="end">
              {nsText(ours)}
            </text>
          </g>
        );
      })}
    </>
  );
}

function Legend({ top }: { readonly top: number }) {
  const middle = top + 10;
  return (
    <>
      <circle class="dot" cx={MARGIN + 6} cy={middle} r="4.5" />
      <text x={MARGIN + 18} y={top + 15}>
        this package
      </text>
      <circle class="ring" cx={MARGIN + 146} cy={middle} r="4" />
      <text x={MARGIN + 158} y={top + 15}>
        plain JavaScript
      </text>
      <line class="rule" x1={MARGIN + 306} x2={MARGIN + 306} y1={top + 3} y2={top + 17} />
      <text x={MARGIN + 316} y={top + 15}>
        a copy
      </text>
    </>
  );
}

function Picture({ figures }: { readonly figures: Figures }) {
  const situation = figures.opening;
  const pairs = figures.pairs(situation);
  const copyNs = figures.copy(situation)?.ns.median;
  const scale = logScale([
    ...pairs.flatMap(({ ours, js }) => [ours, js].flatMap((cost) => cost?.ns.median ?? [])),
    copyNs ?? 1,
  ]);
  const half = Math.ceil(pairs.length / 2);
  const lines = wrapped(sentence(figures));
  const below = MARGIN + lines.length * 28;
  const top = below + 74;
  const column = { scale, copyNs, top };
  return (
    <svg xmlns="http://www.w3.org/2000/svg" viewBox={`0 0 ${WIDTH} ${top + (half + 1) * ROW + MARGIN}`} role="img">
      <title>{sentence(figures)}</title>
      <style>{`${styleOf("colours")}${styleOf("marks")}${OWN_STYLE}`}</style>
      <rect class="paper" width="100%" height="100%" />
      {lines.map((line, i) => (
        <text key={line} class="big" x={MARGIN} y={MARGIN + 20 + i * 28}>
          {line}
        </text>
      ))}
      <text class="soft" x={MARGIN} y={below + 18}>
        {source(figures)}
      </text>
      <Legend top={below + 36} />
      <Column {...column} pairs={pairs.slice(0, half)} left={MARGIN} />
      <Column {...column} pairs={pairs.slice(half)} left={MARGIN + COLUMN + GAP} />
    </svg>
  );
}

export function pictureOf(report: Report): string {
  return `${renderToString(<Picture figures={new Figures(report)} />)}\n`;
}
