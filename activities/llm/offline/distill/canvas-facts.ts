import type { CanvasContext } from '../../../../contract/canvas-context.ts'
import type { SourceDocument } from '../../port.ts'
import type { Span } from '../text/view.ts'
import type { Finding } from './finding.ts'

type Criterion = NonNullable<CanvasContext['rubric']>['criteria'][number]

interface Line extends Span {
  readonly text: string
}

function readTextLines(text: string): readonly Line[] {
  const lines = [...text.matchAll(/[^\n]+/gu)].map(({ 0: raw, index }) => {
    const from = index + (/^[\s|*-]*/u.exec(raw)?.[0].length ?? 0)
    return { text: raw.trim(), start: from, end: index + raw.trimEnd().length }
  })
  return lines.filter(({ start, end }) => end > start)
}

function bare(fact: Pick<Finding, 'document_id' | 'spans' | 'kind' | 'statement'>): Finding {
  return { ...fact, modality: 'must', weight: 'firm', quantities: [], group: null, criterion_id: null }
}

function findLine(lines: readonly Line[], label: RegExp, value: string): Line | undefined {
  return lines.find(({ text }) => label.test(text) && text.includes(value))
}

function deadlines({
  assignment,
}: CanvasContext): readonly { readonly label: string; readonly at: string; readonly what: string }[] {
  const named = assignment.checkpoints.flatMap(({ tag, due_at }) =>
    due_at === null
      ? []
      : [{ label: `Due (${tag})`, at: due_at, what: `the part “${tag.replaceAll('_', ' ')}”` }],
  )
  return assignment.due_at === null
    ? named
    : [...named, { label: 'Due:', at: assignment.due_at, what: 'the assignment' }]
}

/** The facts Canvas states itself: deadlines, points, file types; each stands on its line of the Canvas document. */
export function readCanvasFacts(document: SourceDocument, context: CanvasContext): readonly Finding[] {
  const { document_id } = document
  const lines = readTextLines(document.text)
  const facts: Finding[] = []
  const add = (line: Line | undefined, kind: Finding['kind'], statement: string, points?: number) => {
    if (line === undefined) return
    const written =
      points === undefined ? null : new RegExp(String.raw`${points}(?:\.0+)?`, 'u').exec(line.text)?.[0]
    const quantities =
      written == null || points === undefined
        ? []
        : [{ text: written, value: points, upper: null, unit: 'points', bound: 'exact' as const }]
    facts.push({ ...bare({ document_id, spans: [line], kind, statement }), quantities })
  }
  for (const { label, at, what } of deadlines(context)) {
    const line = lines.find(({ text }) => text.startsWith(label) && text.includes(at))
    add(line, 'deadline', `Hand in ${what} by ${at}`)
  }
  const { points_possible: points, allowed_extensions: types } = context.assignment
  if (points !== null)
    add(
      findLine(lines, /point/iu, String(points)),
      'grading',
      `The assignment is worth ${points} points`,
      points,
    )
  if (types.length > 0) {
    const list = types.map((type) => type.replace(/^\./u, '').toUpperCase())
    add(
      lines.find(
        ({ text }) => /(?:file|extension)/iu.test(text) && types.every((type) => text.includes(type)),
      ),
      'submission',
      `Submit a file of type ${list.join(' or ')}`,
    )
  }
  return facts
}

function criterionFinding(document_id: string, line: Line, { id, description, points }: Criterion): Finding {
  const after = line.text.slice(line.text.indexOf(description) + description.length)
  const written =
    points === null
      ? undefined
      : new RegExp(String.raw`(?<![\d.,])${points}(?:\.0+)?(?![\d]|[.,]\d)`, 'u').exec(after)?.[0]
  const worth = written === undefined ? '' : ` (${written} ${written === '1' ? 'point' : 'points'})`
  return {
    ...bare({
      document_id,
      spans: [line],
      kind: 'grading',
      statement: `Meet the criterion “${description}”${worth}`,
    }),
    quantities:
      points === null || written === undefined
        ? []
        : [{ text: written, value: points, upper: null, unit: 'points', bound: 'exact' }],
    criterion_id: id,
  }
}

/** One grading requirement a rubric criterion, from Canvas' own rubric, on its line of the rubric document. */
export function readRubric(document: SourceDocument, context: CanvasContext): readonly Finding[] {
  const lines = [...readTextLines(document.text)]
  return (context.rubric?.criteria ?? []).flatMap((criterion) => {
    // Criteria of the same name take their lines in order.
    const at = lines.findIndex(
      ({ text }) => criterion.description !== '' && text.includes(criterion.description),
    )
    const [line] = at < 0 ? [] : lines.splice(at, 1)
    return line === undefined ? [] : [criterionFinding(document.document_id, line, criterion)]
  })
}
