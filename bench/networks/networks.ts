/**
 * What an activation costs in a network and in a layer, from its cost per element and the speed of
 * the products.
 */
import { type Costs, over } from "../lookup.ts";
import type { Layer, Mode, Network, OpFacts, Products } from "../results.ts";
import type { Architecture } from "./architecture.ts";
import { imageNetworks } from "./images.ts";
import { transformers } from "./transformers.ts";

export const ARCHITECTURES: readonly Architecture[] = [...imageNetworks, ...transformers];

function grouped(tensors: readonly number[]): Network["tensors"] {
  const counts = new Map<number, number>();
  for (const elements of tensors) counts.set(elements, (counts.get(elements) ?? 0) + 1);
  return [...counts].map(([elements, count]) => ({ count, elements })).sort((a, b) => b.elements - a.elements);
}

/**
 * Two operations, a multiplication and an addition, in nanoseconds at so many billions per second.
 */
const OPERATIONS = 2;

export function networksOf(costs: Costs, products: Products, ops: readonly OpFacts[], mode: Mode): Network[] {
  return ARCHITECTURES.map(({ name, inference, source, published, tensors, multiplyAdds, vectors }) => {
    const gflops = vectors ? products.vectorGflops : products.gflops;
    const productsMs = (OPERATIONS * multiplyAdds) / gflops / 1e6;
    const groups = grouped(tensors);
    const activations = ops.flatMap(({ name: op, shape }) => {
      if (shape !== "map") return [];
      const parts = groups.map(({ count, elements }) => {
        const ns = costs.nsBetween(op, { mode, n: elements });
        return ns === undefined ? Number.NaN : ns * count * elements;
      });
      const ms = parts.reduce((sum, ns) => sum + ns, 0) / 1e6;
      return Number.isFinite(ms) ? [{ op, ms, share: ms / (ms + productsMs) }] : [];
    });
    const elements = tensors.reduce((sum, n) => sum + n, 0);
    return {
      name,
      inference,
      source,
      published,
      tensors: groups,
      elements,
      multiplyAdds,
      gflops,
      productsMs,
      activations,
    };
  });
}

export function layersOf(costs: Costs, products: Products, ops: readonly OpFacts[], mode: Mode): Layer[] {
  const { size, gflops, biasNs, batchNormNs } = products;
  const [batch, inputs, outputs] = size;
  const product = (OPERATIONS * inputs) / gflops;
  return ops.flatMap(({ name: op, shape }) => {
    const activation = shape === "map" ? costs.nsBetween(op, { mode, n: batch * outputs }) : undefined;
    const share = over(activation, activation && product + biasNs + batchNormNs + activation);
    if (activation === undefined || share === undefined) return [];
    const fused = products.fused.find((one) => one.op === op)?.ns ?? null;
    return [{ op, size, product, bias: biasNs, batchNorm: batchNormNs, activation, share, fused }];
  });
}
