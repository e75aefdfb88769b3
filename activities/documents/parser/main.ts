// The child process: one document on standard input, one answer on standard output, then it is gone.
import { probeLayers } from './probe-layers.ts'
import { classifyError } from './classify-error.ts'
import type { Reader, ReaderKind } from './reading.ts'

const READERS: Readonly<Record<ReaderKind, () => Promise<Reader>>> = {
  pdf: async () => (await import('./read-pdf.ts')).readPdf,
  docx: async () => (await import('./read-docx.ts')).readDocx,
  html: async () => (await import('./read-html.ts')).readHtml,
}

async function answer(task: string): Promise<unknown> {
  const reader = task in READERS ? await READERS[task as ReaderKind]() : null
  // From here on a failure is the document's, before it was ours.
  process.stdout.write('ready\n')
  if (reader === null) return probeLayers()
  const chunks: Buffer[] = []
  for await (const chunk of process.stdin) chunks.push(chunk as Buffer)
  try {
    return { ok: true, ...(await reader(Buffer.concat(chunks))) }
  } catch (error) {
    return {
      ok: false,
      code: classifyError(error),
      detail: String(error).split('\n', 1).join('').slice(0, 200),
    }
  }
}

process.stdout.write(JSON.stringify(await answer(process.argv[2] ?? 'probe')))
