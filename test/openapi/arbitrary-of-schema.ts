import fc from 'fast-check'

import type { Document, Schema } from './schema.ts'

const SHORT = 12
const DEEPEST = 4
const FEW = 3

const FORMATS: Readonly<Record<string, fc.Arbitrary<unknown>>> = {
  uuid: fc.uuid(),
  email: fc.emailAddress(),
  uri: fc.webUrl(),
  'date-time': fc
    .date({ min: new Date(0), max: new Date('2100-01-01T00:00:00Z'), noInvalidDate: true })
    .map((date) => date.toISOString()),
}

/** Makes values that a schema of the document allows. */
export class ValuesOf {
  readonly #schemas: Document['components']['schemas']

  constructor({ components }: Document) {
    this.#schemas = components.schemas
  }

  of(schema: Schema, depth = 0): fc.Arbitrary<unknown> {
    if (schema.$ref !== undefined) return this.of(this.#named(schema.$ref), depth)
    if (schema.const !== undefined) return fc.constant(schema.const)
    if (schema.enum !== undefined) return fc.constantFrom(...schema.enum)
    const choices = schema.anyOf ?? schema.oneOf
    if (choices !== undefined) return fc.oneof(...choices.map((choice) => this.of(choice, depth)))
    if (schema.allOf !== undefined) {
      const parts = schema.allOf.map((part) => this.of(part, depth))
      return fc.tuple(...parts).map((values) => Object.assign({}, ...values))
    }
    if (Array.isArray(schema.type))
      return fc.oneof(...schema.type.map((type: string) => this.of({ ...schema, type }, depth)))
    return this.#ofType(schema, depth)
  }

  #named(ref: string): Schema {
    const name = ref.replace('#/components/schemas/', '')
    const schema = this.#schemas[name]
    if (schema === undefined) throw new Error(`the document has no schema ${ref}`)
    return schema
  }

  #ofType(schema: Schema, depth: number): fc.Arbitrary<unknown> {
    switch (schema.type) {
      case 'string':
        return ofString(schema)
      case 'integer':
        return fc.integer(boundsOf(schema))
      case 'number':
        return fc.double({ ...boundsOf(schema), noNaN: true })
      case 'boolean':
        return fc.boolean()
      case 'null':
        return fc.constant(null)
      case 'array':
        return this.#ofArray(schema, depth)
      case 'object':
        return this.#ofObject(schema, depth)
      default:
        return fc.jsonValue({ maxDepth: 2 })
    }
  }

  #ofArray({ items, minItems = 0, maxItems = FEW }: Schema, depth: number): fc.Arbitrary<unknown> {
    const maxLength = Math.max(minItems, depth > DEEPEST ? 0 : Math.min(maxItems, FEW))
    return fc.array(this.of(items ?? {}, depth + 1), { minLength: minItems, maxLength })
  }

  #ofObject({ properties = {}, required = [] }: Schema, depth: number): fc.Arbitrary<unknown> {
    const known = Object.entries(properties).filter(([name]) => depth <= DEEPEST || required.includes(name))
    const model = Object.fromEntries(known.map(([name, each]) => [name, this.of(each, depth + 1)]))
    return fc.record(model, { requiredKeys: [...required], noNullPrototype: true })
  }
}

function boundsOf({ minimum = -1_000, maximum = 1_000_000 }: Schema): { min: number; max: number } {
  return { min: minimum, max: Math.max(minimum, maximum) }
}

function ofString({ format, pattern, minLength = 0, maxLength }: Schema): fc.Arbitrary<unknown> {
  const known = format === undefined ? undefined : FORMATS[format]
  if (known !== undefined) return known
  const longest = Math.max(minLength, Math.min(maxLength ?? SHORT, minLength + SHORT))
  if (pattern === undefined) return fc.string({ minLength, maxLength: longest, unit: 'grapheme' })
  return fc
    .stringMatching(new RegExp(pattern))
    .filter((text) => text.length >= minLength && text.length <= (maxLength ?? Infinity))
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** Spoils a value at its top: a key lost, unknown or of another kind, or something else altogether. */
export function spoiled(value: unknown): fc.Arbitrary<unknown> {
  const other = fc.oneof(fc.constant(null), fc.constant([]), fc.integer(), fc.string(), fc.jsonValue())
  if (!isObject(value)) return other
  const keys = Object.keys(value)
  const added = fc
    .tuple(fc.string({ minLength: 1 }), other)
    .map(([key, extra]) => ({ ...value, [`x${key}`]: extra }))
  if (keys.length === 0) return fc.oneof(other, added)
  const lost = fc
    .constantFrom(...keys)
    .map((key) => Object.fromEntries(Object.entries(value).filter(([name]) => name !== key)))
  const changed = fc
    .tuple(fc.constantFrom(...keys), other)
    .map(([key, wrong]) => ({ ...value, [key]: wrong }))
  return fc.oneof(other, added, lost, changed)
}
