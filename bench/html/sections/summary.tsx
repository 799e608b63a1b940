/** What one wants to know within ten seconds. */
import type { Figures } from "../figures.ts";
import { sentence, source } from "../sentence.ts";

export function Summary({ figures, running }: { readonly figures: Figures; readonly running: boolean }) {
  const { failures } = figures.report;
  return (
    <>
      <p class="sentence">{sentence(figures)}</p>
      <p class="source">{source(figures, running)}</p>
      {failures.length > 0 && (
        <div class="failures" role="alert">
          <p>Wrong results or failed measurements:</p>
          <ul>
            {failures.map((failure) => (
              <li key={failure}>{failure}</li>
            ))}
          </ul>
        </div>
      )}
    </>
  );
}
