/** What is commonly said of activations, and whether it holds here. */
import type { Verdict } from "../../results.ts";
import type { Figures } from "../figures.ts";
import { Section } from "../parts/figure.tsx";

const SIGNS: Record<Verdict["outcome"], string> = { supported: "✓", refuted: "✕", depends: "≈", unknown: "?" };
const WORDS: Record<Verdict["outcome"], string> = {
  supported: "supported",
  refuted: "refuted",
  depends: "depends",
  unknown: "not measured",
};

export function Claims({ figures }: { readonly figures: Figures }) {
  const known = figures.report.verdicts.filter(({ outcome }) => outcome !== "unknown");
  if (known.length === 0) return null;
  const verdicts = [...known, ...figures.report.verdicts.filter((verdict) => !known.includes(verdict))];
  const refuted = verdicts.filter(({ outcome }) => outcome === "refuted").length;
  const supported = verdicts.filter(({ outcome }) => outcome === "supported").length;
  return (
    <Section id="claims" title="What is said of them, and what holds here">
      <p>
        Of {verdicts.length} well-known claims these numbers support {supported} and refute {refuted}.
      </p>
      <div class="cards">
        {verdicts.map(({ id, claim, outcome, finding, method }) => (
          <article key={id} class={`card ${outcome}`}>
            <h3>{claim}</h3>
            <p class="outcome">
              <span aria-hidden="true">{SIGNS[outcome]}</span> {WORDS[outcome]}
            </p>
            <p>{finding}</p>
            <p class="method">{method}</p>
          </article>
        ))}
      </div>
    </Section>
  );
}
