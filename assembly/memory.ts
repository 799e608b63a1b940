/** Where the static data (constants, tables) end: the memory from here on belongs to the host. */
export function heapBase(): usize {
  return __heap_base;
}
