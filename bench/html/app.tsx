/** The report: its sections, in the order in which they answer. */
import type { ComponentChildren } from "preact";
import { useEffect, useMemo, useState } from "preact/hooks";
import type { Report } from "../results.ts";
import { type Choice, choiceOf, hashOf, openingChoice } from "./choice.ts";
import { Figures } from "./figures.ts";
import { Accuracy } from "./sections/accuracy.tsx";
import { BehaviourTable } from "./sections/behaviour.tsx";
import { Calls } from "./sections/calls.tsx";
import { Changes } from "./sections/changes.tsx";
import { Claims } from "./sections/claims.tsx";
import { Cost } from "./sections/cost.tsx";
import { Method } from "./sections/method.tsx";
import { Networks } from "./sections/networks.tsx";
import { Sizes } from "./sections/sizes.tsx";
import { Summary } from "./sections/summary.tsx";
import { Two } from "./sections/two.tsx";

interface AppProps {
  readonly report: Report;
  /** Results are still coming. */
  readonly running?: boolean;
  /** Above the report: on the page, what starts a run and tells how far it is. */
  readonly children?: ComponentChildren;
  /** That gives these numbers again. */
  readonly command: string;
}

/** The choice, in step with the address. */
function useChoice(figures: Figures): [Choice, (changes: Partial<Choice>) => void] {
  const opening = openingChoice(figures);
  const [changes, setChanges] = useState<Partial<Choice>>({});
  const choice = { ...opening, ...changes };
  useEffect(() => {
    // The name of a section is no choice.
    const read = () => location.hash.includes("=") && setChanges(choiceOf(location.hash, opening, figures));
    read();
    addEventListener("hashchange", read);
    return () => removeEventListener("hashchange", read);
  }, []);
  const choose = (more: Partial<Choice>) => {
    const next = { ...choice, ...more };
    setChanges({ ...changes, ...more });
    history.replaceState(undefined, "", `${location.pathname}${location.search}#${hashOf(next, opening)}`);
  };
  return [choice, choose];
}

const hasCosts = ({ costs }: Report) => costs.length > 0;

export function App({ report, running = false, children, command }: AppProps) {
  const figures = useMemo(() => new Figures(report), [report]);
  const [choice, choose] = useChoice(figures);
  const section = { figures, choice, choose };
  const links: readonly (readonly [id: string, text: string, there: boolean])[] = [
    ["cost", "Cost", hasCosts(report) || running],
    ["behaviour", "Behaviour", report.behaviour.length > 0],
    ["claims", "Claims", report.verdicts.some(({ outcome }) => outcome !== "unknown")],
    ["two", "Two side by side", true],
    ["sizes", "Sizes", figures.sizes.length > 1],
    ["calls", "Calls", report.calls.length > 0 || (report.start?.firstCalls.length ?? 0) > 0],
    ["networks", "Networks", report.networks.length + report.layers.length > 0],
    ["accuracy", "Accuracy", report.accuracy.length > 0],
    ["method", "Method", hasCosts(report)],
  ];
  return (
    <>
      <a class="skip" href="#main">
        Skip to the report
      </a>
      <header>
        <h1>Activation functions: cost and behaviour</h1>
        {children}
        {hasCosts(report) && <Summary figures={figures} running={running} />}
        <nav aria-label="Sections">
          <ul>
            {links
              .filter(([, , there]) => there)
              .map(([id, text]) => (
                <li key={id}>
                  <a href={`#${id}`}>{text}</a>
                </li>
              ))}
          </ul>
        </nav>
      </header>
      <main id="main">
        {(hasCosts(report) || running) && <Cost {...section} running={running} />}
        <Changes figures={figures} />
        <BehaviourTable {...section} />
        <Claims figures={figures} />
        <Two {...section} />
        <Sizes {...section} />
        <Calls {...section} />
        <Networks {...section} />
        <Accuracy {...section} />
        {hasCosts(report) && <Method figures={figures} command={command} />}
      </main>
      <footer>
        <p>
          <a href="https://www.npmjs.com/package/wasm-activations">wasm-activations</a> {report.machine.package}:
          activation functions as WebAssembly SIMD kernels.
        </p>
      </footer>
    </>
  );
}
