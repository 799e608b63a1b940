/** Functions of one number as lines: small ones on common axes, and large ones with ticks. */
import type { Curve } from "../functions.ts";
import { fewer, type Point } from "./fewer.ts";
import { at } from "./rows.tsx";
import { linearScale } from "./scale.ts";

/** A tenth of a unit is enough. */
const tenth = (x: number) => Math.round(10 * x) / 10;

interface Frame {
  readonly width: number;
  readonly height: number;
  readonly x: readonly [low: number, high: number];
  readonly y: readonly [low: number, high: number];
  /** How far a point may be from the line drawn. */
  readonly tolerance: number;
}

/** From one point to the next more than any slope here explains, or than a continuous f' does. */
const JUMP = 0.2;

/** Values far outside a frame are drawn just outside it; NaN and jumps break the line. */
function pathOf(
  { x, y, slope }: Curve,
  which: "y" | "slope",
  { width, height, x: [left, right], y: [low, high], tolerance }: Frame,
): string {
  const values = which === "y" ? y : slope;
  const explained = (i: number) =>
    which === "y"
      ? 1.5 * ((x[i] ?? 0) - (x[i - 1] ?? 0)) * Math.max(Math.abs(slope[i] ?? 0), Math.abs(slope[i - 1] ?? 0))
      : 0;
  const pieces: Point[][] = [];
  for (const [i, value] of values.entries()) {
    const starts =
      i === 0 || Number.isNaN(values[i - 1]) || Math.abs(value - (values[i - 1] ?? 0)) > JUMP + explained(i);
    if (Number.isNaN(value)) continue;
    if (starts) pieces.push([]);
    const across = (((x[i] ?? 0) - left) / (right - left)) * width;
    const inside = Math.min(Math.max(value, 2 * low - high), 2 * high - low);
    pieces.at(-1)?.push([across, ((high - inside) / (high - low)) * height]);
  }
  return pieces
    .map(
      (piece) =>
        `M${fewer(piece, tolerance)
          .map(([across, down]) => `${tenth(across)} ${tenth(down)}`)
          .join("L")}`,
    )
    .join("");
}

const SPARK: Frame = { width: 84, height: 36, x: [-4, 4], y: [-2, 3], tolerance: 0.15 };
export const SPARK_RANGE = SPARK.x;

/** f and f' on the same axes as those of all other ops. */
export function Sparkline({ curve }: { readonly curve: Curve }) {
  const { width, height, y } = SPARK;
  const zero = tenth((y[1] / (y[1] - y[0])) * height);
  return (
    <svg class="spark" width={width} height={height} viewBox={`0 0 ${width} ${height}`} aria-hidden="true">
      <path class="grid" d={`M0 ${zero}H${width}M${width / 2} 0V${height}`} />
      <path class="dashed hue2" d={pathOf(curve, "slope", SPARK)} />
      <path class="line hue1" d={pathOf(curve, "y", SPARK)} />
    </svg>
  );
}

export interface Drawn {
  readonly curve: Curve;
  readonly hue: 1 | 2;
}

const HEIGHT = 260;

/** Large: f solid, f' dashed, of one or more ops. */
export function Curves({
  drawn,
  range,
  slopes,
}: {
  readonly drawn: readonly Drawn[];
  readonly range: readonly [number, number];
  readonly slopes: boolean;
}) {
  const values = drawn.flatMap(({ curve }) => [...curve.y, ...(slopes ? curve.slope : [])]).filter(Number.isFinite);
  const low = Math.max(-6, Math.min(-0.5, ...values));
  const high = Math.min(6, Math.max(1, ...values));
  const margin = 0.06 * (high - low);
  const frame: Frame = { width: 400, height: HEIGHT, x: range, y: [low - margin, high + margin], tolerance: 0.03 };
  const x = linearScale(...range, 8);
  const y = linearScale(...frame.y, 5);
  const down = (value: number) => HEIGHT * (1 - y.at(value) / 100);
  return (
    <div class="lines curves">
      <svg class="ys" height={HEIGHT} aria-hidden="true">
        {y.ticks.map((tick) => (
          <text key={tick} x="100%" y={down(tick) + 4} text-anchor="end">
            {String(tick).replace("-", "−")}
          </text>
        ))}
      </svg>
      <svg class="plot" height={HEIGHT} aria-hidden="true">
        {y.ticks.map((tick) => (
          <line
            key={`y${tick}`}
            class={tick === 0 ? "zero" : "grid"}
            x1="0"
            x2="100%"
            y1={down(tick)}
            y2={down(tick)}
          />
        ))}
        {x.ticks.map((tick) => (
          <line
            key={`x${tick}`}
            class={tick === 0 ? "zero" : "grid"}
            x1={at(x.at(tick))}
            x2={at(x.at(tick))}
            y1="0"
            y2={HEIGHT}
          />
        ))}
        <svg viewBox={`0 0 400 ${HEIGHT}`} width="100%" height={HEIGHT} preserveAspectRatio="none" aria-hidden="true">
          {drawn.map(({ curve, hue }) => (
            <g key={hue} class={`hue${hue}`}>
              <path class="line" vector-effect="non-scaling-stroke" d={pathOf(curve, "y", frame)} />
              {slopes && <path class="dashed" vector-effect="non-scaling-stroke" d={pathOf(curve, "slope", frame)} />}
            </g>
          ))}
        </svg>
      </svg>
      <svg class="xs" height="20" aria-hidden="true">
        {x.ticks.map((tick) => (
          <text key={tick} x={at(x.at(tick))} y="15" text-anchor="middle">
            {String(tick).replace("-", "−")}
          </text>
        ))}
      </svg>
    </div>
  );
}
