import { classifyError } from './classify-error.ts'
import { findUnpainted, type OperatorList } from './find-unpainted.ts'
import { hideFromPage } from './hide-from-page.ts'
import { layOutPage, type TextRun } from './lay-out-page.ts'

/** The part of a pdf.js page that is used here. */
export interface PdfPage {
  readonly view: readonly number[]
  getViewport(options: { scale: number }): { convertToViewportPoint(x: number, y: number): number[] }
  getTextContent(): Promise<{ items: readonly (PdfRun | { readonly type: string })[] }>
  getOperatorList(): Promise<OperatorList>
  getAnnotations(): Promise<readonly unknown[]>
  cleanup(): boolean
}

interface PdfRun {
  readonly str: string
  readonly transform: readonly [number, number, number, number, x: number, y: number]
  readonly width: number
  readonly height: number
  readonly hasEOL: boolean
}

/** A page as its reader sees it, and what stands on it unseen. */
interface PageReading {
  readonly text: string
  /** Text that was set so that no reader sees it. */
  readonly hidden: readonly string[]
  /** Text beside the page: notes, and what lies off its edges. */
  readonly beside: readonly string[]
}

// A page of a brief holds some hundred runs; following the paint of one that holds far more is not worth its time.
const MOST_RUNS_TO_FOLLOW = 3_000

async function listOperators(page: PdfPage): Promise<OperatorList> {
  try {
    return await page.getOperatorList()
  } catch (error) {
    // A page whose text can be read is not lost because its paint cannot be followed.
    if (classifyError(error) === 'PARSE_MEMORY') throw error
    return { fnArray: [], argsArray: [] }
  }
}

function noteOf(annotation: unknown): string {
  if (typeof annotation !== 'object' || annotation === null || !('contentsObj' in annotation)) return ''
  const { contentsObj: contents } = annotation
  return typeof contents === 'object' && contents !== null && 'str' in contents ? String(contents.str) : ''
}

/** Reads one page; `follows` says whether its paint is followed to find what no reader sees. */
export async function readPage(page: PdfPage, follows: boolean): Promise<PageReading> {
  const viewport = page.getViewport({ scale: 1 })
  const { items } = await page.getTextContent()
  const upright = (pageX: number, pageY: number): { x: number; y: number } => {
    const [x = 0, y = 0] = viewport.convertToViewportPoint(pageX, pageY)
    return { x, y }
  }
  const runs = items.flatMap((item): TextRun[] => {
    if (!('str' in item)) return []
    const at = upright(item.transform[4], item.transform[5])
    return [{ text: item.str, ...at, width: item.width, height: item.height, endsLine: item.hasEOL }]
  })
  const isFollowed = follows && runs.length <= MOST_RUNS_TO_FOLLOW
  const [operators, annotations] = isFollowed
    ? [await listOperators(page), await page.getAnnotations()]
    : [{ fnArray: [], argsArray: [] }, []]
  const { unpainted, outside } = findUnpainted(operators, page.view)
  page.cleanup()
  const seen = hideFromPage(
    runs,
    unpainted.map(({ text, x, y }) => ({ text, ...upright(x, y) })),
  )
  return {
    // A soft hyphen at a line end is the hyphen of a broken word; normalising would drop it.
    text: layOutPage(seen.runs).replace(/\u00ad(?=\n)/g, '\u2010'),
    hidden: seen.hidden,
    beside: [...annotations.map(noteOf), outside.map(({ text }) => text).join(' ')],
  }
}
