/** The memory for arrays of alloc beside a model of it: which of its lines belong to somebody. */
import { describe, expect, test } from "vitest";
import { Arena, type Block } from "../src/wasm/arena.ts";
import { Blocks } from "../src/wasm/blocks.ts";
import type { Instance } from "../src/wasm/instance.ts";
import { random as randomOf } from "./shaped.ts";

const LINE = 64;

/** The longest row of free lines. */
function longestFree(used: readonly boolean[]): number {
  let longest = 0;
  let length = 0;
  for (const isUsed of used) {
    length = isUsed ? 0 : length + 1;
    longest = Math.max(longest, length);
  }
  return longest;
}

describe.each([1, 7, 64, 100, 1000])("of %i lines", (lines) => {
  test("whatever is taken was free, and nothing is refused that there is room for", () => {
    const random = randomOf(lines);
    const blocks = new Blocks(lines);
    const used = Array<boolean>(lines).fill(false);
    const taken: [start: number, size: number][] = [];
    for (let round = 0; round < 2000; round++) {
      if (taken.length > 0 && random() < 0.49) {
        for (const [start, size] of taken.splice(Math.floor(random() * taken.length), 1)) {
          blocks.give(start, size);
          used.fill(false, start, start + size);
        }
        continue;
      }
      const wanted = Math.ceil(lines ** random() * random()) || 1;
      const at = blocks.take(wanted);
      if (at < 0) {
        expect(longestFree(used)).toBeLessThan(wanted);
        continue;
      }
      expect(at + wanted).toBeLessThanOrEqual(lines);
      expect(used.slice(at, at + wanted)).not.toContain(true);
      used.fill(true, at, at + wanted);
      taken.push([at, wanted]);
    }
    for (const [start, size] of taken) blocks.give(start, size);
    expect(blocks.take(lines + 1)).toBe(-1);
    expect(blocks.take(lines)).toBe(0);
  });
});

/** An arena that begins at an address; nothing but that is asked of its instance. */
function arenaAt(start: number, lines: number): Arena {
  return new Arena({ start } as Instance, lines * LINE);
}

describe.each([0, 64, 4096 + 64])("an arena at address %i", (start) => {
  test("takes whole lines, the least that hold the elements, and one for none", () => {
    const arena = arenaAt(start, 100);
    const sizes = [0, 1, 16, 17, 32, 33].map((length) => arena.take(length)?.size);
    expect(sizes).toEqual([1, 1, 1, 2, 2, 3]);
    const block = arena.take(16) as Block;
    expect(arena.addressOf(block)).toBe(start + block.start * LINE);
    expect(arena.take(100 * 16)).toBeUndefined();
    expect(arena.take(101 * 16)).toBeUndefined();
    expect(arenaAt(start, 100).take(100 * 16)?.size).toBe(100);
  });

  test("holds a view where every line of it is in use, and no other", () => {
    const arena = arenaAt(start, 8);
    const blocks = [1, 2, 1, 3, 1].map((size) => arena.take(16 * size) as Block);
    for (const at of [0, 2]) arena.give(blocks[at] as Block);
    const used = Array<boolean>(8).fill(false);
    for (const at of [1, 3, 4]) {
      const { start: first, size } = blocks[at] as Block;
      used.fill(true, first, first + size);
    }
    expect(used.filter(Boolean)).toHaveLength(6);
    const bytes = new ArrayBuffer(start + 12 * LINE);
    for (let offset = Math.max(0, start - LINE); offset < start + 9 * LINE; offset += 4) {
      for (const length of [0, 1, 2, 15, 16, 17, 31, 32, 33, 48, 49]) {
        const first = Math.floor((offset - start) / LINE);
        const last = Math.floor((offset + 4 * length - 1 - start) / LINE);
        const lines = Array.from({ length: last - first + 1 }, (_, i) => used[first + i] ?? false);
        const view = new Float32Array(bytes, offset, length);
        expect(arena.holds(view), `${length} elements at ${offset - start}`).toBe(
          length === 0 || !lines.includes(false),
        );
      }
    }
  });

  test("what is given back rests: 64 blocks, unless there is no other room", () => {
    const arena = arenaAt(start, 100);
    const blocks = Array.from({ length: 100 }, () => arena.take(1) as Block);
    for (const block of blocks.slice(0, 70)) arena.give(block);
    // Six of them are free already; the others come in the order in which they were given back.
    const again = Array.from({ length: 70 }, () => arena.take(1)?.start);
    expect(new Set(again.slice(0, 6))).toEqual(new Set(blocks.slice(0, 6).map((block) => block.start)));
    expect(again.slice(6)).toEqual(blocks.slice(6, 70).map((block) => block.start));
    expect(arena.take(1)).toBeUndefined();
  });

  test("neighbours that rest are one block to whoever needs it", () => {
    const arena = arenaAt(start, 10);
    const blocks = Array.from({ length: 10 }, () => arena.take(1) as Block);
    for (const block of blocks) arena.give(block);
    expect(arena.take(10 * 16)?.size).toBe(10);
  });
});
