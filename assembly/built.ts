/** What the functions called …Table have filled, for a host that copies it to other instances. */

const ROOM = 64;
/** i32 count, then pairs of i32: address and bytes. */
const LIST = memory.data(4 + ROOM * 8, 4);

/**
 * Address of the list: i32 count, then `count` pairs (i32 address, i32 bytes), every range that has
 * been filled so far, in order.
 */
export function built(): usize {
  return LIST;
}

/**
 * Whether the range at p is still to be filled, as far as the list tells from `entry` on; then it
 * counts as filled. It calls itself, or the compiler would put it into each of its callers.
 */
export function claim(p: usize, bytes: usize, entry: usize = LIST + 4): bool {
  const count = load<i32>(LIST);
  const end = LIST + 4 + ((<usize>count) << 3);
  if (entry < end) return <usize>load<i32>(entry) !== p && claim(p, bytes, entry + 8);
  if (count === ROOM) unreachable();
  store<i32>(end, <i32>p);
  store<i32>(end, <i32>bytes, 4);
  store<i32>(LIST, count + 1);
  return true;
}
