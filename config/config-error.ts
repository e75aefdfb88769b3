/** Settings that do not fit; says which and why, never their values. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError'
}
