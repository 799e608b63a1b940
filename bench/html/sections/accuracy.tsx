/** How exact the results are, and whether they are the same as everywhere. */
import type { Accuracy as Row } from "../../results.ts";
import { digits } from "../../show/figures.ts";
import { Figure, Legend, Section } from "../parts/figure.tsx";
import { plain } from "../parts/format.ts";
import { at, Rows } from "../parts/rows.tsx";
import { linearScale } from "../parts/scale.ts";
import { type Column, Table } from "../parts/table.tsx";
import type { SectionProps } from "./cost.tsx";

const bitsText = (same: boolean | null) => (same === null ? "not checked" : same ? "✓ the same" : "✕ different");

const COLUMNS: readonly Column<Row>[] = [
  { head: "op", cell: ({ op }) => op, by: ({ op }) => op },
  { head: "direction", words: true, cell: ({ direction }) => direction, by: ({ direction }) => direction },
  {
    head: "found by verification",
    unit: "ULP at most",
    cell: ({ provenUlp }) => digits(provenUlp ?? undefined),
    by: ({ provenUlp }) => provenUlp ?? undefined,
  },
  {
    head: "in this run",
    unit: "ULP at most",
    cell: ({ sampledUlp }) => digits(sampledUlp ?? undefined),
    by: ({ sampledUlp }) => sampledUlp ?? undefined,
  },
  {
    head: "inputs of this run",
    cell: ({ sampled }) => (sampled > 0 ? sampled.toLocaleString("en") : "–"),
    by: ({ sampled }) => sampled,
  },
  {
    head: "bits",
    words: true,
    cell: ({ sameBits }) => bitsText(sameBits),
    by: ({ sameBits }) => String(sameBits),
    bad: ({ sameBits }) => sameBits === false,
  },
];

export function Accuracy({ figures, choice }: SectionProps) {
  const { accuracy } = figures.report;
  if (accuracy.length === 0) return null;
  const rows = accuracy
    .filter(
      ({ direction, provenUlp, sampledUlp }) => direction === choice.direction && (provenUlp ?? sampledUlp) !== null,
    )
    .sort((one, other) => (one.provenUlp ?? one.sampledUlp ?? 0) - (other.provenUlp ?? other.sampledUlp ?? 0));
  const worst = rows.at(-1);
  const values = rows.flatMap(({ provenUlp, sampledUlp }) => [provenUlp ?? 0, sampledUlp ?? 0]);
  const scale = linearScale(0, Math.max(1.1, ...values) * 1.02, 5);
  const checked = accuracy.filter(({ sameBits }) => sameBits !== null);
  const same = checked.filter(({ sameBits }) => sameBits === true).length;
  const bits =
    checked.length === 0
      ? figures.engine === "js"
        ? "The fingerprints are those of the WebAssembly kernels; plain JavaScript is not compared with them."
        : "The fingerprints were not checked in this run."
      : `${same} of ${checked.length} functions give the same bits as everywhere: the SHA-256 of their results over a million fixed inputs is the published one.`;
  return (
    <Section id="accuracy" title="How exact it is">
      <p class="bits">{bits}</p>
      {worst && (
        <Figure
          title={`No result was found more than ${digits(worst.provenUlp ?? worst.sampledUlp ?? undefined)} ULP from the true value`}
          caption="One ULP (unit in the last place) is the distance from one float32 to the next; 0.5 is the best that rounding allows, the first vertical rule; the second is 1. Verification goes through all float32 inputs, of ops along an axis through random rows, of new ops through a sample."
          numbers={() => (
            <Table
              title="Largest errors and fingerprints"
              rows={accuracy}
              keyOf={({ op, direction }) => op + direction}
              columns={COLUMNS}
            />
          )}
        >
          <Legend
            keys={[
              { sign: "dot", text: "largest that verification found" },
              { sign: "ring", hue: "grey", text: "largest in this run's sample" },
            ]}
          />
          <Rows
            id="errors"
            lines={rows.map(({ op, provenUlp, sampledUlp, sampled, sameBits }) => ({
              name: op,
              marks: (
                <>
                  {sampledUlp !== null && <circle class="ring" cx={at(scale.at(sampledUlp))} cy="10" r="5.5" />}
                  {provenUlp !== null && <circle class="dot" cx={at(scale.at(provenUlp))} cy="10" r="3.5" />}
                </>
              ),
              figure: digits(provenUlp ?? sampledUlp ?? undefined),
              tip: `in verification ${digits(provenUlp ?? undefined)} ULP, in this run ${digits(sampledUlp ?? undefined)} over ${sampled.toLocaleString("en")} inputs; bits ${bitsText(sameBits)}`,
            }))}
            scale={scale}
            tickText={plain}
            axis="ULP"
            rules={[0.5, 1]}
            columns={rows.length > 16 ? 2 : 1}
          />
        </Figure>
      )}
    </Section>
  );
}
