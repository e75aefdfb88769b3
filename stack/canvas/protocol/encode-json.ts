declare global {
  interface JSON {
    /** Puts a number of any size into JSON text as it stands (ECMAScript proposal, in Node since 22). */
    rawJSON(text: string): object
  }
}

/**
 * Writes a body as JSON, where every bigint is an id: a string when the caller asked for string ids,
 * otherwise a bare number, even beyond 2^53, as Canvas does for ids of another shard.
 */
export function encodeJson(body: unknown, stringIds: boolean): string {
  return JSON.stringify(body, (_key, value: unknown) =>
    typeof value === 'bigint' ? (stringIds ? String(value) : JSON.rawJSON(String(value))) : value,
  )
}

/** Says whether an Accept header asks for ids as strings. */
export function wantsStringIds(accept: string | undefined): boolean {
  return (accept ?? '').toLowerCase().includes('application/json+canvas-string-ids')
}
