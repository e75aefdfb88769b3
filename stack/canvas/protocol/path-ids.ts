const SHARD_SIZE = 10_000_000_000_000n

/**
 * Reads an id of a Canvas path: plain digits, or `shard~local`, which stands for shard * 10^13 + local.
 * Null for anything else, SIS forms included.
 */
export function parsePathId(text: string): bigint | null {
  const match = /^(\d+)(?:~(\d+))?$/.exec(text)
  if (match?.[1] === undefined) return null
  const [, head, local] = match
  return local === undefined ? BigInt(head) : BigInt(head) * SHARD_SIZE + BigInt(local)
}
