/** The page: what starts a run and tells how far it is, above the report that it fills. */
import { useEffect, useRef, useState } from "preact/hooks";
import { App } from "../html/app.tsx";
import { COMMAND } from "../html/command.ts";
import { Select } from "../html/parts/controls.tsx";
import { duration } from "../html/parts/format.ts";
import type { Report } from "../results.ts";
import { percent } from "../show/figures.ts";
import { EMPTY } from "./empty.ts";
import { PageRun, type Progress } from "./run.ts";
import { PRESET_TEXT, type Preset } from "./settings.ts";
import { keepReport, lastReport } from "./storage.ts";

/** Where a run may have been left or stopped in the middle. */
function LastRun({ report }: { readonly report: Report }) {
  const date = new Date(report.machine.date);
  return (
    <p class="state">
      Your last run, of <time dateTime={report.machine.date}>{date.toLocaleString()}</time>
      {report.settings.complete ? "" : ", stopped before its end"}, with version {report.machine.package} of the
      package.
    </p>
  );
}

interface RunningProps {
  readonly progress: Progress;
  readonly run: PageRun;
}

function Running({ progress: { phase, what, share, secondsLeft }, run }: RunningProps) {
  const time = secondsLeft === undefined ? "" : `, about ${duration(secondsLeft)} left`;
  return (
    <>
      <label class="state">
        <span>
          {phase === "paused" ? "Paused before" : "Measuring"} {what}: {percent(share)} done{time}
        </span>
        <progress value={share} max={1} />
      </label>
      <div class="buttons">
        <button type="button" onClick={() => (phase === "paused" ? run.resume() : run.pause())}>
          {phase === "paused" ? "Go on" : "Pause"}
        </button>
        <button type="button" onClick={() => run.stop()}>
          Stop
        </button>
      </div>
    </>
  );
}

interface IdleProps {
  readonly again: boolean;
  readonly onStart: (preset: Preset) => void;
}

function Idle({ again, onStart }: IdleProps) {
  const [preset, setPreset] = useState<Preset>("quick");
  return (
    <div class="buttons">
      <Select
        label="How much"
        value={preset}
        options={(Object.keys(PRESET_TEXT) as Preset[]).map((value) => ({ value, text: PRESET_TEXT[value] }))}
        onPick={setPreset}
      />
      <button type="button" class="main" onClick={() => onStart(preset)}>
        {again ? "Measure again" : "Measure in this browser"}
      </button>
    </div>
  );
}

function Forbidden() {
  return (
    <p class="notice" role="status">
      WebAssembly SIMD is missing or forbidden here (a Content-Security-Policy without 'wasm-unsafe-eval', say). The
      package falls back to plain JavaScript, and so do the figures below.
    </p>
  );
}

export function Page() {
  const [report, setReport] = useState<Report>(EMPTY);
  const [progress, setProgress] = useState<Progress>();
  const [error, setError] = useState("");
  const run = useRef<PageRun>(undefined);
  const measured = report.costs.length > 0;

  useEffect(() => {
    const last = lastReport();
    if (last) setReport(last);
  }, []);

  // Whoever leaves in the middle of a run finds what it had measured.
  useEffect(() => {
    const keep = () => progress && measured && keepReport(report);
    addEventListener("pagehide", keep);
    return () => removeEventListener("pagehide", keep);
  });

  const start = async (preset: Preset) => {
    setError("");
    setReport(EMPTY);
    run.current = new PageRun(preset, setProgress, setReport);
    try {
      const found = await run.current.all();
      setReport(found);
      keepReport(found);
    } catch (failure) {
      setError((failure as Error).message);
    }
    run.current = undefined;
    setProgress(undefined);
  };

  return (
    <App report={report} running={progress !== undefined} command={COMMAND}>
      <div class="run">
        {!measured && !progress && (
          <p>
            Which activation function is worth its cost on <em>this</em> machine? A run in a worker of this page
            measures every one, in WebAssembly and in plain JavaScript; the first answers come within seconds. Nothing
            is sent anywhere.
          </p>
        )}
        {measured && !progress && <LastRun report={report} />}
        {measured && report.machine.backend === "js" && <Forbidden />}
        {error !== "" && (
          <p class="notice" role="alert">
            The run failed: {error}
          </p>
        )}
        {progress && run.current ? (
          <Running progress={progress} run={run.current} />
        ) : (
          <Idle again={measured} onStart={start} />
        )}
      </div>
    </App>
  );
}
