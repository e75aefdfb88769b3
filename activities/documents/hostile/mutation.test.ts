import fc from 'fast-check'
import { expect, test } from 'vitest'

import { DOCUMENT_REFUSALS, ParsedDocument } from '../../../contract/document.ts'
import { parseDocument } from '../parse-document.ts'
import { createSandbox } from '../sandbox.ts'
import { DOCUMENT_END, DOCUMENT_START, paragraph, SKELETON, writeDocx } from './write-docx.ts'
import { writeTextPdf } from './write-pdf.ts'
import { writeZip } from './write-zip.ts'

// MUTANTS=10000 SEED=… runs the long search; the seed and the index name a mutant for good.
const MUTANTS = Number(process.env['MUTANTS'] ?? 200)
const SEED = Number(process.env['SEED'] ?? 20_261_121)

const LINES = ['Write an essay of at least 1,500 words.', 'Cite three sources (APA).', 'Hand it in as a PDF.']
const XML =
  DOCUMENT_START +
  paragraph('Task', 'Heading1') +
  LINES.map((line) => paragraph(line)).join('') +
  DOCUMENT_END
const HTML = `<!doctype html><html><body><h1>Task</h1><ul><li>${LINES.join('</li><li>')}</li></ul><table><tr><td>a<td>b</table>`

const SAMPLES: Readonly<Record<string, { seed: Buffer; wrap?: (mutant: Buffer) => Buffer }>> = {
  'a.pdf': { seed: writeTextPdf([LINES, LINES]) },
  'a.docx': { seed: writeDocx(LINES.map((line) => paragraph(line)).join('')) },
  'inside.docx': {
    seed: Buffer.from(XML),
    wrap: (mutant) => writeZip([...SKELETON, { name: 'word/document.xml', data: mutant }]),
  },
  'a.html': { seed: Buffer.from(HTML) },
  'a.md': { seed: Buffer.from(`# Task\n\n- ${LINES.join('\n- ')}\n`) },
}

const Edit = fc.record({
  at: fc.double({ min: 0, max: 1, noNaN: true }),
  how: fc.constantFrom('set', 'insert', 'cut', 'repeat'),
  bytes: fc.uint8Array({ minLength: 1, maxLength: 8 }),
  span: fc.integer({ min: 1, max: 64 }),
})
const Mutant = fc.record({
  name: fc.constantFrom(...Object.keys(SAMPLES)),
  edits: fc.array(Edit, { minLength: 1, maxLength: 6 }),
})

type Edit = typeof Edit extends fc.Arbitrary<infer T> ? T : never

function applyEdit(bytes: Buffer, { at, how, bytes: added, span }: Edit): Buffer {
  const start = Math.floor(at * bytes.length)
  const before = bytes.subarray(0, start)
  const piece = bytes.subarray(start, start + span)
  if (how === 'set') return Buffer.concat([before, added, bytes.subarray(start + added.length)])
  if (how === 'insert') return Buffer.concat([before, added, bytes.subarray(start)])
  if (how === 'cut') return Buffer.concat([before, bytes.subarray(start + span)])
  return Buffer.concat([before, piece, bytes.subarray(start)])
}

const TYPED_ENDS: readonly string[] = [...DOCUMENT_REFUSALS, 'ok']

function judgeDocument(document: unknown): string {
  const parsed = ParsedDocument.safeParse(document)
  if (!parsed.success) return `a document of another shape: ${parsed.error.message}`
  const { text, pages } = parsed.data
  return pages.every(({ start, end }) => start <= end && end <= text.length) ? 'ok' : 'a page beyond the text'
}

test(
  'a file with a few bytes changed is read or refused with a code, never anything else',
  async () => {
    const sandbox = await createSandbox()
    const mutants = fc.sample(Mutant, { numRuns: MUTANTS, seed: SEED })
    const ends = await Promise.all(
      mutants.map(async ({ name, edits }, index) => {
        const { seed, wrap = (mutant: Buffer) => mutant } = SAMPLES[name] ?? { seed: Buffer.alloc(0) }
        const outcome = await parseDocument({ bytes: wrap(edits.reduce(applyEdit, seed)), name }, sandbox)
        return {
          mutant: `${index} of seed ${SEED}`,
          end: outcome.ok ? judgeDocument(outcome.document) : outcome.code,
        }
      }),
    )
    expect(ends.filter(({ end }) => !TYPED_ENDS.includes(end))).toEqual([])
    // Both ends occur, so the mutants are neither harmless nor all broken beyond a look.
    expect(new Set(ends.map(({ end }) => end)).size).toBeGreaterThan(1)
    expect(ends.filter(({ end }) => end === 'ok')).not.toEqual([])
  },
  60_000 + MUTANTS * 1000,
)
