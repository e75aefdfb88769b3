const BULLET = /^(?<indent>\s*)(?:[-*+•]|\d{1,3}[.)])(?:\s+(?<text>.*))?$/u
const FENCE = /^\s*(?:```|~~~)/u
const TAB = '    '

interface Line {
  readonly text: string
  /** How far a bullet on this line is set in; null where there is none. */
  readonly bullet: number | null
  readonly rest: string
}

/** The lines of a description; what stands between fences holds no bullets. */
function readLines(description: string): readonly Line[] {
  let isFenced = false
  return description
    .replaceAll('\t', TAB)
    .split(/\r\n|\r|\n/u)
    .map((text): Line => {
      const isFence = FENCE.test(text)
      const isCode = isFenced || isFence
      if (isFence) isFenced = !isFenced
      const { indent, text: rest = '' } = (isCode ? null : BULLET.exec(text))?.groups ?? {}
      return indent === undefined ? { text, bullet: null, rest: text } : { text, bullet: indent.length, rest }
    })
}

/** Lines without the space they are all set in by. */
function setOut(lines: readonly string[]): readonly string[] {
  const indents = lines.filter((line) => line.trim() !== '').map((line) => line.search(/\S/u))
  const common = indents.length === 0 ? 0 : Math.min(...indents)
  return lines.map((line) => line.slice(Math.min(common, line.search(/\S|$/u))))
}

/** What is said before the first bullet: it holds for all of them. */
export function leadOf(description: string): string {
  const lines = readLines(description)
  const first = lines.findIndex(({ bullet }) => bullet !== null)
  return (first === -1 ? lines : lines.slice(0, first))
    .map(({ text }) => text)
    .join('\n')
    .trim()
}

/**
 * The descriptions a description falls into: one for each bullet that is set in the least, with what stands under it, so
 * that its own bullets are the top ones of what it becomes. Empty where there are none.
 */
export function splitDescription(description: string): readonly string[] {
  const lines = readLines(description)
  const bullets = lines.flatMap(({ bullet }) => bullet ?? [])
  const top = Math.min(...bullets)
  const parts: { readonly head: string; readonly below: string[] }[] = []
  for (const { text, bullet, rest } of lines) {
    if (bullet !== null && bullet <= top) parts.push({ head: rest.trim(), below: [] })
    else parts.at(-1)?.below.push(text)
  }
  return parts
    .map(({ head, below }) => [head, ...setOut(below)].join('\n').trim())
    .filter((part) => part !== '')
}

/** As `splitDescription`, where the job at this depth may still have children. */
export function splitJob(
  description: string,
  { depth, max_depth }: { readonly depth: number; readonly max_depth: number },
): readonly string[] {
  return depth < max_depth ? splitDescription(description) : []
}
