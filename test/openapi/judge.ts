import { Ajv2020 } from 'ajv/dist/2020.js'
import { z } from 'zod'

import type { Document } from './schema.ts'

// What the document names a format, and what is held to it.
const FORMATS: Readonly<Record<string, z.ZodType>> = {
  uuid: z.uuid(),
  email: z.email(),
  uri: z.url(),
  'date-time': z.iso.datetime({ offset: true }),
}

const pointerTo = (parts: readonly string[]): string =>
  parts.map((part) => encodeURIComponent(part.replaceAll('~', '~0').replaceAll('/', '~1'))).join('/')

/** Judges values by the schemas of an OpenAPI document, each named by where it stands in it. */
export class Judge {
  readonly #ajv: Ajv2020

  constructor(document: Document) {
    this.#ajv = new Ajv2020({ strict: false, logger: false })
    for (const [name, schema] of Object.entries(FORMATS))
      this.#ajv.addFormat(name, (text: string) => schema.safeParse(text).success)
    this.#ajv.addSchema(document, 'document')
  }

  /** Why a value does not fit the schema at a place of the document; null when it does. */
  fault(place: readonly string[], value: unknown): string | null {
    const key = `document#/${pointerTo(place)}`
    const check = this.#ajv.getSchema(key) ?? this.#ajv.compile({ $ref: key })
    return check(value) === true ? null : this.#ajv.errorsText(check.errors)
  }
}
