/** What a Word document shows, and what its runs keep from the reader. */
interface ShownRuns {
  readonly xml: string
  /** Hidden, white or tiny text; empty when there is none. */
  readonly hidden: string
  /** Text that a tracked change has taken out. */
  readonly deleted: string
}

// Sizes are half points, so 4 is two points.
const LARGEST_TINY = 4
const VANISHED = /<w:(?:vanish|webHidden|specVanish)(?:\s*\/|\s+w:val="(?:1|true|on)"\s*\/)?>/
const WHITE = /<w:color\b[^>]*\bw:val="(?:[Ff]{6}|[Ff][D-Fd-f]{5}|FEFEFE)"/
const SHADED = /<w:(?:shd|highlight)\b/
const SIZE = /<w:sz\s+w:val="(?<half>\d+)"/
const TEXT = /(?<open><w:t(?:\s[^>]*)?>)(?<text>[^<]*)(?=<\/w:t>)/g
const DELETED = /<w:delText(?:\s[^>]*)?>(?<text>[^<]*)<\/w:delText>/g
const PROPERTIES_END = '</w:rPr>'

function isTiny(properties: string): boolean {
  const half = SIZE.exec(properties)?.groups?.['half']
  return half !== undefined && Number(half) <= LARGEST_TINY
}

/** Whether a run of these properties shows nothing on white paper; in a table or on shading white may well be seen. */
function hides(properties: string, isInTable: boolean): boolean {
  if (VANISHED.test(properties) || isTiny(properties)) return true
  return !isInTable && WHITE.test(properties) && !SHADED.test(properties)
}

function decode(text: string): string {
  return text
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&apos;', "'")
    .replaceAll('&amp;', '&')
}

/** How deep in tables a place of the document stands, counted as the scan goes along. */
function createTableDepth(xml: string): (at: number) => number {
  const marks = xml.matchAll(/<(?<end>\/?)w:tbl>/g)
  let next = marks.next()
  let depth = 0
  return (at) => {
    while (next.done !== true && next.value.index < at) {
      depth += next.value.groups?.['end'] === '/' ? -1 : 1
      next = marks.next()
    }
    return depth
  }
}

/** Looks for a mark from ever later places; what stands nowhere further on is looked for once. */
function createSeek(xml: string, mark: string): (from: number) => number {
  let found = 0
  return (from) => {
    if (found < from) found = xml.indexOf(mark, from)
    if (found === -1) found = xml.length
    return found
  }
}

/** Whether the properties that begin here are those of a run, not of the mark that ends a paragraph. */
function isOfRun(xml: string, start: number): boolean {
  return /^<w:r(?:\s[^>]*)?>\s*$/.test(xml.slice(xml.lastIndexOf('<', start - 1), start))
}

/**
 * Empties the runs of a Word document (its document.xml) that a reader does not see; linear in its length. A coloured
 * page may show what white paper hides, so there only vanished and tiny runs count.
 */
export function dropHiddenRuns(xml: string): ShownRuns {
  const isColoured = /<w:background\b/.test(xml)
  const depthAt = createTableDepth(xml)
  const seekProperties = createSeek(xml, '<w:rPr>')
  const seekEnd = createSeek(xml, PROPERTIES_END)
  const seekRunEnd = createSeek(xml, '</w:r>')
  const pieces: string[] = []
  const hidden: string[] = []
  let from = 0
  for (let start = seekProperties(from); start < xml.length; start = seekProperties(from)) {
    const body = Math.min(seekEnd(start) + PROPERTIES_END.length, xml.length)
    const stop = Math.min(seekRunEnd(body), seekProperties(body))
    const isInTable = isColoured || depthAt(start) > 0
    const run = xml.slice(body, stop)
    const isHidden = isOfRun(xml, start) && hides(xml.slice(start, body), isInTable)
    if (isHidden) for (const { groups } of run.matchAll(TEXT)) hidden.push(groups?.['text'] ?? '')
    pieces.push(xml.slice(from, body), isHidden ? run.replace(TEXT, '$<open>') : run)
    from = stop
  }
  const deleted = [...xml.matchAll(DELETED)].map(({ groups }) => groups?.['text'] ?? '')
  return {
    xml: [...pieces, xml.slice(from)].join(''),
    hidden: decode(hidden.join(' ')).trim(),
    deleted: decode(deleted.join('')).trim(),
  }
}
