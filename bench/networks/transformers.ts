/** Transformers: their activations stand in the feed-forward part of each layer. */
import { type Architecture, Tally } from "./architecture.ts";

const TOKENS = 128;

function bertBase(): Architecture {
  const [layers, width, inner] = [12, 768, 3072];
  const tally = new Tally();
  for (let layer = 0; layer < layers; layer++) {
    // Queries, keys, values, output; every token with every token, twice.
    for (let i = 0; i < 4; i++) tally.multiply(TOKENS, width, width);
    for (let i = 0; i < 2; i++) tally.multiply(TOKENS, width, TOKENS);
    tally.multiply(TOKENS, width, inner);
    tally.tensors.push(TOKENS * inner);
    tally.multiply(TOKENS, inner, width);
  }
  return {
    name: "BERT-base",
    inference: `a sequence of ${TOKENS} tokens`,
    source: "Devlin, Chang, Lee, Toutanova 2018, BERT, section 3",
    published: "gelu",
    tensors: tally.tensors,
    multiplyAdds: tally.multiplyAdds,
    vectors: false,
  };
}

/** Without the attention to earlier tokens, whose cost depends on their number. */
function llamaLike(): Architecture {
  const [layers, width, keys, inner, vocabulary] = [32, 4096, 1024, 14336, 128256];
  const tally = new Tally();
  for (let layer = 0; layer < layers; layer++) {
    for (const outputs of [width, keys, keys, width]) tally.multiply(1, width, outputs);
    // The gate and what it multiplies, then back.
    for (let i = 0; i < 3; i++) tally.multiply(1, width, inner);
    tally.tensors.push(inner);
  }
  tally.multiply(1, width, vocabulary);
  return {
    name: "Llama-like, 8 B",
    inference: "a token",
    source: "Grattafiori et al. 2024, The Llama 3 herd of models, table 3",
    published: "silu",
    tensors: tally.tensors,
    multiplyAdds: tally.multiplyAdds,
    vectors: true,
  };
}

export const transformers = [bertBase(), llamaLike()];
