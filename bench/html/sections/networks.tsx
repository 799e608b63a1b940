/** What an activation is in a whole network, and in a layer. */
import { useState } from "preact/hooks";
import type { Layer, Network } from "../../results.ts";
import { digits, percent } from "../../show/figures.ts";
import { Controls, Select } from "../parts/controls.tsx";
import { Figure, Legend, Section } from "../parts/figure.tsx";
import { plain } from "../parts/format.ts";
import { Rows, Stack } from "../parts/rows.tsx";
import { linearScale } from "../parts/scale.ts";
import { type Column, Table } from "../parts/table.tsx";
import type { SectionProps } from "./cost.tsx";

type Activation = Network["activations"][number];

const NETWORK_COLUMNS: readonly Column<Activation>[] = [
  { head: "op", cell: ({ op }) => op, by: ({ op }) => op },
  { head: "activations", unit: "ms per inference", cell: ({ ms }) => digits(ms), by: ({ ms }) => ms },
  { head: "share", unit: "of the sum", cell: ({ share }) => percent(share), by: ({ share }) => share },
];

const LAYER_COLUMNS: readonly Column<Layer>[] = [
  { head: "op", cell: ({ op }) => op, by: ({ op }) => op },
  { head: "W x", unit: "ns per output", cell: ({ product }) => digits(product), by: ({ product }) => product },
  { head: "+ b", unit: "ns per output", cell: ({ bias }) => digits(bias), by: ({ bias }) => bias },
  {
    head: "batch norm",
    unit: "ns per output",
    cell: ({ batchNorm }) => digits(batchNorm),
    by: ({ batchNorm }) => batchNorm,
  },
  {
    head: "activation",
    unit: "ns per output",
    cell: ({ activation }) => digits(activation),
    by: ({ activation }) => activation,
  },
  { head: "share", unit: "of the sum", cell: ({ share }) => percent(share), by: ({ share }) => share },
  {
    head: "after W x, in one call",
    unit: "ns per output",
    cell: ({ fused }) => digits(fused),
    by: ({ fused }) => fused ?? undefined,
  },
];

/**
 * The ends of the list say it; in between, at equal distances, some more, and those that were asked
 * for.
 */
function some<T extends { readonly op: string }>(sorted: readonly T[], wanted: readonly string[], about = 10): T[] {
  const stride = Math.max(1, (sorted.length - 1) / (about - 1));
  const kept = new Set(Array.from({ length: about }, (_, i) => Math.round(i * stride)));
  return sorted.filter((one, i) => kept.has(i) || wanted.includes(one.op));
}

function NetworkFigure({
  networks,
  chosen,
}: {
  readonly networks: readonly Network[];
  readonly chosen: readonly string[];
}) {
  const [name, setName] = useState(networks[0]?.name);
  const network = networks.find((one) => one.name === name) ?? networks[0];
  const sorted = [...(network?.activations ?? [])].sort((one, other) => one.ms - other.ms);
  const [least, most] = [sorted[0], sorted.at(-1)];
  if (!network || !least || !most) return null;
  const { productsMs } = network;
  const scale = linearScale(0, (productsMs + most.ms) * 1.02, 5);
  return (
    <Figure
      title={`${network.name}: activations are ${percent(least.share)} (${least.op}) to ${percent(most.share)} (${most.op}) of the time`}
      caption={`Milliseconds for ${network.inference}, on one thread, were this activation used throughout: ${digits(network.multiplyAdds / 1e9)} billion multiplications in matrix products, ${digits(network.elements / 1e6)} million elements through activations. Published with ${network.published}. ${network.source}.`}
      controls={
        <Controls title="Which network is shown">
          <Select
            label="Network"
            value={network.name}
            options={networks.map((one) => ({ value: one.name, text: `${one.name}, ${one.inference}` }))}
            onPick={setName}
          />
        </Controls>
      }
      numbers={() => (
        <Table
          title={`${network.name} with each activation`}
          rows={sorted}
          keyOf={({ op }) => op}
          columns={NETWORK_COLUMNS}
        />
      )}
    >
      <Legend
        keys={[
          { sign: "square product", text: "matrix products" },
          { sign: "square", text: "activations" },
        ]}
      />
      <Rows
        id="network"
        lines={some(sorted, [...chosen, network.published]).map(({ op, ms, share }) => ({
          name: op,
          marks: (
            <Stack
              parts={[
                { kind: "product", from: 0, to: scale.at(productsMs) },
                { kind: "", from: scale.at(productsMs), to: scale.at(productsMs + ms) },
              ]}
            />
          ),
          figure: percent(share),
          tip: `${digits(ms)} ms of activations beside ${digits(productsMs)} ms of products: ${percent(share)}`,
          chosen: op === network.published,
        }))}
        scale={scale}
        tickText={plain}
        axis="ms"
      />
    </Figure>
  );
}

function LayerFigure({ layers, chosen }: { readonly layers: readonly Layer[]; readonly chosen: readonly string[] }) {
  const sorted = [...layers].sort((one, other) => one.share - other.share);
  const [least, most] = [sorted[0], sorted.at(-1)];
  if (!least || !most) return null;
  const [batch, inputs, outputs] = least.size;
  const sumOf = ({ product, bias, batchNorm, activation }: Layer) => product + bias + batchNorm + activation;
  const scale = linearScale(0, Math.max(...layers.map(sumOf)) * 1.02, 5);
  return (
    <Figure
      title={`In one layer, W x + b, batch norm, activation: the activation is ${percent(least.share)} (${least.op}) to ${percent(most.share)} (${most.op})`}
      caption={`Nanoseconds per output of a layer with ${inputs} inputs and ${outputs} outputs, ${batch} examples at a time, each part measured by itself: bias and batch norm are calls of affine. The table says what the steps after W x cost in one call, op(x, { scale, shift }).`}
      numbers={() => (
        <Table title="The parts of a layer" rows={sorted} keyOf={({ op }) => op} columns={LAYER_COLUMNS} />
      )}
    >
      <Legend
        keys={[
          { sign: "square product", text: "W x" },
          { sign: "square bias", text: "+ b" },
          { sign: "square norm", text: "batch norm" },
          { sign: "square", text: "activation" },
        ]}
      />
      <Rows
        id="layer"
        lines={some(sorted, chosen).map((layer) => {
          const { product, bias, batchNorm, activation } = layer;
          const edges = [0, product, product + bias, product + bias + batchNorm, sumOf(layer)].map(scale.at);
          const parts = ["product", "bias", "norm", ""].map((kind, i) => ({
            kind,
            from: edges[i] ?? 0,
            to: edges[i + 1] ?? 0,
          }));
          return {
            name: layer.op,
            marks: <Stack parts={parts} />,
            figure: percent(layer.share),
            tip: `W x ${digits(product)}, + b ${digits(bias)}, batch norm ${digits(batchNorm)}, activation ${digits(activation)} ns; the last three in one call ${digits(layer.fused)} ns`,
          };
        })}
        scale={scale}
        tickText={plain}
        axis="ns per output"
      />
    </Figure>
  );
}

export function Networks({ figures, choice }: SectionProps) {
  const { networks, layers, products } = figures.report;
  if (networks.length + layers.length === 0) return null;
  return (
    <Section id="networks" title="What that is in a network">
      {products && (
        <p>
          Matrix products run at {digits(products.gflops)} GFLOP/s here (billions of operations per second), a matrix
          with one vector at {digits(products.vectorGflops)}: WebAssembly on one thread. A faster product makes the
          activation's share larger.
        </p>
      )}
      <div class="pair">
        <NetworkFigure networks={networks} chosen={choice.ops} />
        <LayerFigure layers={layers} chosen={choice.ops} />
      </div>
    </Section>
  );
}
