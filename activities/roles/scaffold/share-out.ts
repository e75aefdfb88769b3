/**
 * Shares a whole number out by weights, in multiples of `step`, so that the shares add up to the whole exactly; what
 * does not divide goes to the largest shares. No share is negative; one of weight 0 is 0.
 */
export function shareOut(whole: number, weights: readonly number[], step = 1): readonly number[] {
  const sum = weights.reduce((total, weight) => total + weight, 0)
  if (sum <= 0) return weights.map(() => 0)
  const exact = weights.map((weight) => (whole * weight) / sum)
  const shares = exact.map((share) => Math.floor(share / step) * step)
  const order = weights.map((_, index) => index).filter((index) => (weights[index] ?? 0) > 0)
  order.sort((a, b) => (exact[b] ?? 0) - (exact[a] ?? 0) || a - b)
  let left = whole - shares.reduce((total, share) => total + share, 0)
  for (let turn = 0; left > 0; turn += 1) {
    const index = order[turn % order.length] ?? 0
    const more = Math.min(step, left)
    shares[index] = (shares[index] ?? 0) + more
    left -= more
  }
  return shares
}
