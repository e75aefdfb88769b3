import { beforeAll, describe, expect, test } from 'vitest'

import { parseDocument } from '../parse-document.ts'
import { createSandbox, type Sandbox } from '../sandbox.ts'
import { HOSTILE_CASES, hostileName } from './hostile.ts'

const CASE_TIMEOUT_MS = 60_000

describe('a hostile file ends typed', () => {
  let sandbox: Sandbox
  let impatient: Sandbox

  beforeAll(async () => {
    sandbox = await createSandbox()
    // Files that only ever end at a limit need not wait for the real one.
    impatient = await createSandbox({ limits: { wallMs: 1500 } })
  })

  test.concurrent.each(HOSTILE_CASES)(
    '$id: $title',
    async (hostile) => {
      const name = hostileName(hostile)
      const outcome = await parseDocument(
        { bytes: hostile.build(), name },
        hostile.slow ? impatient : sandbox,
      )
      expect(hostile.allows).toContain(outcome.ok ? 'ok' : outcome.code)
      const shown = outcome.ok ? `“${name}” ${outcome.document.text}` : outcome.message
      expect(shown).toContain(`“${name}”`)
      // The first line of /etc/passwd, which two of the files reach for.
      expect(shown).not.toContain('root:')
    },
    CASE_TIMEOUT_MS,
  )
})

test('the set holds each of its numbers once', () => {
  expect(HOSTILE_CASES.map(({ id }) => id)).toEqual(HOSTILE_CASES.map((_, index) => index + 1))
})
