/** A measurement that cannot be made or trusted, and why. */
export class BenchFailure extends Error {
  override readonly name = 'BenchFailure'
}
