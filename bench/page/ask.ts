/** Questions to workers; a stop ends them at once. */
import { FILES, type Question, type Reply, type Task, type Tasks } from "./tasks.ts";

/** A worker that answers one question after the other. */
export class Asked {
  readonly #worker = new Worker(new URL(FILES.worker, document.baseURI), { type: "module" });

  end(): void {
    this.#worker.terminate();
  }

  /** @throws AbortError when stopped, any other Error when the worker fails. */
  ask<T extends Task>(task: T, asked: Tasks[T]["asked"], signal: AbortSignal): Promise<Tasks[T]["answered"]> {
    const done = new AbortController();
    const answer = new Promise<Tasks[T]["answered"]>((resolve, reject) => {
      const until = { signal: done.signal };
      const stop = () => reject(new DOMException("stopped", "AbortError"));
      if (signal.aborted) stop();
      signal.addEventListener("abort", stop, until);
      this.#worker.addEventListener(
        "message",
        ({ data }: MessageEvent<Reply<T>>) => {
          if ("error" in data) reject(new Error(data.error));
          else resolve(data.answered);
        },
        until,
      );
      const fail = ({ message }: ErrorEvent) => reject(new Error(message || "the worker could not be loaded"));
      this.#worker.addEventListener("error", fail, until);
      this.#worker.postMessage({ task, asked } satisfies Question<T>);
    });
    return answer.finally(() => done.abort());
  }
}

/** Asks a worker of its own, so that the order in which things are measured decides nothing. */
export async function askNew<T extends Task>(
  task: T,
  asked: Tasks[T]["asked"],
  signal: AbortSignal,
): Promise<Tasks[T]["answered"]> {
  const worker = new Asked();
  try {
    return await worker.ask(task, asked, signal);
  } finally {
    worker.end();
  }
}
