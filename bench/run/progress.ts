/**
 * Says on stderr how far it is and how long it takes: in one line that changes on a terminal, else
 * in a line now and then.
 */

/** On anything but a terminal. */
const EVERY_MS = 5000;

const seconds = (ms: number) => Math.ceil(Math.max(ms, 0) / 1000);

export class Progress {
  readonly #budget: number | undefined;
  readonly #begun = performance.now();
  #stepsBegun = this.#begun;
  #total = 0;
  #done = 0;
  #said = Number.NEGATIVE_INFINITY;

  /** @param budget milliseconds that all of it may take, if there is such a bound */
  constructor(budget?: number) {
    this.#budget = budget;
  }

  /** Before so many steps of about the same length. */
  begin(total: number): void {
    this.#total = total;
    this.#done = 0;
    this.#stepsBegun = performance.now();
  }

  /** Before a step: what it is. */
  step(what: string): void {
    this.say(`${this.#done + 1}/${this.#total} ${what}`);
    this.#done++;
  }

  /** What is done now, and how long all takes. */
  say(what: string): void {
    const now = performance.now();
    const left = this.#left(now);
    const line = left === undefined ? what : `${what}, about ${seconds(left)} s left`;
    if (process.stderr.isTTY) process.stderr.write(`\r\x1b[K${line.slice(0, (process.stderr.columns || 80) - 1)}`);
    else if (now - this.#said >= EVERY_MS) {
      process.stderr.write(`${line}\n`);
      this.#said = now;
    }
  }

  #left(now: number): number | undefined {
    if (this.#done > 0) return ((now - this.#stepsBegun) / this.#done) * (this.#total - this.#done);
    return this.#budget && this.#budget - (now - this.#begun);
  }

  end(): void {
    if (process.stderr.isTTY) process.stderr.write("\r\x1b[K");
  }
}
