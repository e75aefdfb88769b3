import { inspect } from 'node:util'

const MASK = '[secret]'

/** A value that prints as `[secret]` wherever it is logged, joined or serialised; only `reveal()` gives it back. */
export class Secret<T = string> {
  readonly #value: T

  constructor(value: T) {
    this.#value = value
  }

  /** Gives the value itself; call it where the value is used, never before. */
  reveal(): T {
    return this.#value
  }

  toString(): string {
    return MASK
  }

  toJSON(): string {
    return MASK
  }

  [inspect.custom](): string {
    return MASK
  }
}
