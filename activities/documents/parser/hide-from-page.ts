import type { UnpaintedRun } from './find-unpainted.ts'
import type { TextRun } from './lay-out-page.ts'

/** A page's runs as a reader sees them, and what was set and not shown. */
interface SeenPage {
  readonly runs: readonly TextRun[]
  readonly hidden: readonly string[]
}

const SMALLEST_PT = 2
const SAME_LINE_PT = 1
// A page that is hidden for the most part is a scan with its text laid under it, or one this cannot judge.
const MOST_HIDDEN = 0.5
// What hides an order is meant to be obeyed; a white title may stand on a picture, which is not read here.
const ORDER =
  /\b(?:you|your|must|should|shall|ignore|disregard|forget|do not|don't|never|always|write|include|mention|add|use|give|award|say|answer|output|respond|reply|insert|cite|submit|praise|instructions?|prompt|assistant|language model|AI)\b/iu

function squeeze(text: string): string {
  return text.normalize('NFKC').replaceAll(/\s+/g, '')
}

/** A run without the letters that are hidden on its line; null when nothing of it is left. */
function showRun(run: TextRun, hiddenOnLine: string): TextRun | null {
  const own = squeeze(run.text)
  if (own === '' || hiddenOnLine === '') return run
  if (hiddenOnLine.includes(own)) return null
  if (!own.includes(hiddenOnLine)) return run
  const loose = Array.from(hiddenOnLine)
    .map((letter) => letter.replace(/[.*+?^${}()|[\]\\]/, String.raw`\$&`))
    .join(String.raw`\s*`)
  return { ...run, text: run.text.normalize('NFKC').replace(new RegExp(loose, 'u'), ' ') }
}

/** Sorts unpainted runs, given with y on the upright page, into lines from the top. */
function linesOf(
  unpainted: readonly UnpaintedRun[],
): readonly { readonly y: number; readonly text: string }[] {
  const lines: { y: number; text: string }[] = []
  for (const { text, y } of unpainted) {
    const last = lines.at(-1)
    if (last !== undefined && Math.abs(last.y - y) < SAME_LINE_PT) last.text += text
    else lines.push({ y, text })
  }
  return lines
}

/**
 * Takes out of a page what its reader does not see: letters too small to read, and orders that are not painted.
 * `unpainted` is given in the same coordinates as the runs.
 */
export function hideFromPage(runs: readonly TextRun[], unpainted: readonly UnpaintedRun[]): SeenPage {
  const tiny = runs.filter(({ text, height }) => text.trim() !== '' && height > 0 && height < SMALLEST_PT)
  const legible = runs.filter((run) => !tiny.includes(run))
  const lines = linesOf(unpainted)
  const order = lines.map(({ text }) => text).join(' ')
  const letters = squeeze(runs.map(({ text }) => text).join('')).length
  const isOrder = ORDER.test(order) && squeeze(order).length < letters * MOST_HIDDEN
  const hiddenAt = (y: number): string =>
    squeeze(
      lines
        .filter((line) => Math.abs(line.y - y) < SAME_LINE_PT)
        .map(({ text }) => text)
        .join(''),
    )
  return {
    runs: isOrder ? legible.flatMap((run) => showRun(run, hiddenAt(run.y)) ?? []) : legible,
    hidden: [tiny.map(({ text }) => text).join(' '), ...(isOrder ? [order] : [])].filter(
      (text) => text.trim() !== '',
    ),
  }
}
