/**
 * A chart with one line for each of many things: a name, marks along a common axis, a figure.
 *
 * Each line is HTML, with an own small picture in percents, so it fits any width, breaks into
 * columns, and its text stays text. Nothing has to be measured and names cannot overlap.
 */
import type { ComponentChildren } from "preact";
import type { Scale } from "./scale.ts";

const HEIGHT = 20;
const MIDDLE = HEIGHT / 2;

export interface Line {
  readonly name: string;
  readonly marks: ComponentChildren;
  /** At the end of the line. */
  readonly figure: string;
  /** All exact numbers, in words; shown where the line is pointed at or focused. */
  readonly tip: string;
  readonly chosen?: boolean;
}

interface RowsProps {
  /** Of the chart, in the document. */
  readonly id: string;
  readonly lines: readonly Line[];
  readonly scale: Scale;
  readonly tickText: (tick: number) => string;
  /** Name and unit of the axis. */
  readonly axis: string;
  /** Vertical rules that mean something. */
  readonly rules?: readonly number[];
  /** Columns that the lines break into where there is room. */
  readonly columns?: 1 | 2;
  readonly onPick?: ((name: string) => void) | undefined;
}

export const at = (position: number) => `${position}%`;

function Axis({ scale, tickText, axis }: Pick<RowsProps, "scale" | "tickText" | "axis">) {
  return (
    <li class="axis" aria-hidden="true">
      <span class="name">{axis}</span>
      <svg height={HEIGHT} aria-hidden="true">
        {scale.ticks.map((tick, i) => (
          <text
            key={tick}
            class={i % 2 === 1 && scale.ticks.length > 4 ? "minor" : undefined}
            x={at(scale.at(tick))}
            y="15"
            text-anchor="middle"
          >
            {tickText(tick)}
          </text>
        ))}
      </svg>
    </li>
  );
}

/** Behind all lines. */
function Grid({ scale, rules }: { readonly scale: Scale; readonly rules: readonly number[] }) {
  const upright = (value: number, kind: string) => (
    <line key={kind + value} class={kind} x1={at(scale.at(value))} x2={at(scale.at(value))} y2="100%" />
  );
  return (
    <li class="behind" aria-hidden="true">
      <svg height="100%" aria-hidden="true">
        {scale.ticks.map((tick) => upright(tick, "grid"))}
        {rules.map((rule) => upright(rule, "rule"))}
      </svg>
    </li>
  );
}

export function Rows({ id, lines, scale, tickText, axis, rules = [], columns = 1, onPick }: RowsProps) {
  const perColumn = Math.ceil(lines.length / columns);
  const parts = Array.from({ length: columns }, (_, i) => lines.slice(i * perColumn, (i + 1) * perColumn));
  return (
    <div class={`rows columns${columns}`}>
      {parts
        .filter((part) => part.length > 0)
        .map((part, column) => (
          <ol key={column}>
            <Grid scale={scale} rules={rules} />
            <Axis scale={scale} tickText={tickText} axis={axis} />
            {part.map(({ name, marks, figure, tip, chosen }) => (
              <li key={name} class={chosen ? "chosen" : undefined}>
                {onPick ? (
                  <button type="button" class="name" onClick={() => onPick(name)} aria-describedby={`${id}-${name}`}>
                    {name}
                  </button>
                ) : (
                  <span class="name">{name}</span>
                )}
                <svg height={HEIGHT} aria-hidden="true">
                  {marks}
                </svg>
                <span class="figure">{figure}</span>
                <span class="tip" role="tooltip" id={`${id}-${name}`}>
                  {tip}
                </span>
              </li>
            ))}
          </ol>
        ))}
    </div>
  );
}

/** From a filled dot to a hollow one. */
export function Dumbbell({ from, to }: { readonly from: number; readonly to: number | undefined }) {
  return (
    <>
      {to !== undefined && <line class="link" x1={at(from)} x2={at(to)} y1={MIDDLE} y2={MIDDLE} />}
      {to !== undefined && <circle class="ring" cx={at(to)} cy={MIDDLE} r="4" />}
      <circle class="dot" cx={at(from)} cy={MIDDLE} r="4.5" />
    </>
  );
}

/** Bars end to end, from the left. */
export function Stack({
  parts,
}: {
  readonly parts: readonly { readonly kind: string; readonly from: number; readonly to: number }[];
}) {
  return (
    <>
      {parts.map(({ kind, from, to }) => (
        <rect
          key={kind}
          class={`square ${kind}`}
          x={at(from)}
          width={at(Math.max(0, to - from))}
          y="3"
          height={HEIGHT - 6}
        />
      ))}
    </>
  );
}
