import { readdirSync, readFileSync, statSync } from 'node:fs'
import mammoth from 'mammoth'
import { PasswordException, PDFParse } from 'pdf-parse'
import { describe, expect, test } from 'vitest'

const FILES = new URL('files/', import.meta.url)
const at = (name: string) => new URL(name, FILES)
const handouts = readdirSync(FILES).filter((name) => /\.(pdf|docx)$/.test(name))

async function readPdf(name: string) {
  const parser = new PDFParse({ data: new Uint8Array(readFileSync(at(name))) })
  try {
    return await parser.getText()
  } finally {
    await parser.destroy()
  }
}

describe('the handouts', () => {
  test('are small enough to live beside the code', () => {
    expect(handouts.length).toBeGreaterThanOrEqual(7)
    expect(handouts.filter((name) => statSync(at(name)).size >= 150_000)).toEqual([])
  })

  test('the project brief numbers its requirements and adds up to 150 points', async () => {
    const { text, total } = await readPdf('kvlog-project.pdf')
    expect(total).toBe(4)
    for (let number = 1; number <= 15; number++) expect(text).toMatch(new RegExp(`\\bR${number}\\b`))
    const points = [...text.matchAll(/^.*(?:R\d+–R\d+|Section \d|no make-up)\s+(\d+)$/gm)].map(([, each]) =>
      Number(each),
    )
    expect(points.reduce((sum, each) => sum + each, 0)).toBe(150)
  })

  test('the revised brief differs in one requirement', async () => {
    const [first, revised] = [await readPdf('kvlog-project.pdf'), await readPdf('kvlog-project-revised.pdf')]
    expect(first.text).toContain('beyond 4 MiB')
    expect(revised.text).toContain('beyond 8 MiB')
    expect(revised.text.replace('beyond 8 MiB', 'beyond 4 MiB').replace('Version 1.1', 'Version 1.0')).toBe(
      first.text,
    )
  })

  test('the lab guide has tables and footnotes', async () => {
    const { value } = await mammoth.convertToHtml({ buffer: readFileSync(at('franck-hertz.docx')) })
    expect(value.match(/<table>/g)).toHaveLength(3)
    expect(value.match(/id="footnote-\d+"/g)).toHaveLength(4)
    expect(value).toContain('The oven overshoots.')
  })

  test('the survey handout says it all by itself', async () => {
    expect((await readPdf('stream-survey.pdf')).text).toContain('1,500 to 2,000 words')
  })

  test('the scan has a page and no text on it', async () => {
    const { text, total } = await readPdf('exercise-5-scan.pdf')
    expect(total).toBe(1)
    expect(text.replaceAll(/-- \d+ of \d+ --/g, '').trim()).toBe('')
  })

  test('the protected report does not open without its password', async () => {
    await expect(readPdf('incident-report-protected.pdf')).rejects.toBeInstanceOf(PasswordException)
  })
})
