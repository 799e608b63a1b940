/** Lines over two logarithmic axes, each named at its end. */
import { at } from "./rows.tsx";
import type { Scale } from "./scale.ts";

const HEIGHT = 300;
/** Between two names, so that they never overlap. */
const APART = 17;

export interface Series {
  readonly name: string;
  readonly points: readonly { readonly x: number; readonly y: number }[];
  readonly hue: 1 | 2 | "grey";
  readonly dashed?: boolean;
  /** In the background: no points. Neither it nor a dashed line has its name at its end. */
  readonly faint?: boolean;
}

interface LinesProps {
  readonly series: readonly Series[];
  readonly x: Scale;
  readonly y: Scale;
  readonly xText: (tick: number) => string;
  readonly yText: (tick: number) => string;
  readonly xAxis: string;
  readonly yAxis: string;
  /** Points with a circle around them. */
  readonly marks?: readonly { readonly x: number; readonly y: number; readonly name: string }[];
}

/** Names beside the ends of their lines, pushed apart where they would overlap. */
function placed(
  series: readonly Series[],
  yOf: (y: number) => number,
): { readonly series: Series; readonly y: number }[] {
  const names = series
    .filter(({ faint, dashed, points }) => !faint && !dashed && points.length > 0)
    .map((one) => ({ series: one, y: yOf(one.points.at(-1)?.y ?? 1) }))
    .sort((one, other) => one.y - other.y);
  let least = 8;
  const down = names.map((name) => {
    const y = Math.max(name.y, least);
    least = y + APART;
    return { ...name, y };
  });
  // And back up, from the lower edge.
  let most = HEIGHT - 4;
  return down.reverse().map((name) => {
    const y = Math.min(name.y, most);
    most = y - APART;
    return { ...name, y };
  });
}

export function Lines({ series, x, y, xText, yText, xAxis, yAxis, marks = [] }: LinesProps) {
  const down = (value: number) => HEIGHT * (1 - y.at(value) / 100);
  return (
    <div class="lines">
      <p class="axis-name">{yAxis}</p>
      <svg class="ys" height={HEIGHT} aria-hidden="true">
        {y.ticks.map((tick) => (
          <text key={tick} x="100%" y={down(tick) + 4} text-anchor="end">
            {yText(tick)}
          </text>
        ))}
      </svg>
      <svg class="plot" height={HEIGHT} aria-hidden="true">
        {y.ticks.map((tick) => (
          <line key={`y${tick}`} class="grid" x1="0" x2="100%" y1={down(tick)} y2={down(tick)} />
        ))}
        {x.ticks.map((tick) => (
          <line key={`x${tick}`} class="grid" x1={at(x.at(tick))} x2={at(x.at(tick))} y1="0" y2={HEIGHT} />
        ))}
        {/* A path knows no percents: in a picture of its own, 100 wide, that is stretched. */}
        <svg viewBox={`0 0 100 ${HEIGHT}`} width="100%" height={HEIGHT} preserveAspectRatio="none" aria-hidden="true">
          {series.map(({ name, points, hue, dashed, faint }) => (
            <polyline
              key={name}
              class={`${dashed ? "dashed" : "line"} hue${hue} ${faint ? "faint" : ""}`}
              vector-effect="non-scaling-stroke"
              points={points.map((point) => `${x.at(point.x)},${down(point.y).toFixed(1)}`).join(" ")}
            />
          ))}
        </svg>
        {series
          .filter(({ faint }) => !faint)
          .map(({ name, points, hue, dashed }) => (
            <g key={name} class={`hue${hue}`}>
              {points.map((point) => (
                <circle
                  key={point.x}
                  class={dashed ? "ring" : "dot"}
                  cx={at(x.at(point.x))}
                  cy={down(point.y)}
                  r="3.5"
                />
              ))}
            </g>
          ))}
        {marks.map(({ x: left, y: up, name }) => (
          <circle key={name} class="mark" cx={at(x.at(left))} cy={down(up)} r="8" />
        ))}
      </svg>
      <svg class="names" height={HEIGHT} aria-hidden="true">
        {placed(series, down).map(({ series: { name, hue }, y: height }) => (
          <text key={name} class={`hue${hue}`} x="6" y={height + 4}>
            {name}
          </text>
        ))}
      </svg>
      <svg class="xs" height="20" aria-hidden="true">
        {x.ticks.map((tick, i) => (
          // On a phone every second one, of which the last.
          <text
            key={tick}
            class={(x.ticks.length - 1 - i) % 2 ? "minor" : undefined}
            x={at(x.at(tick))}
            y="15"
            text-anchor="middle"
          >
            {xText(tick)}
          </text>
        ))}
      </svg>
      <p class="axis-name x">{xAxis}</p>
    </div>
  );
}
