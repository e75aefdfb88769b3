import { parsePartialJson } from 'ai'
import { z } from 'zod'

import { toSlug } from '../../../contract/slug.ts'
import type { Partial } from '../port.ts'

// Not yet checked, so nothing but a short line without a link is shown.
const Title = z
  .string()
  .min(1)
  .max(120)
  .regex(/^(?!.*(?:https?:|www\.))[^\n]*$/iu)

const Milestones = z.object({
  milestones: z.array(z.object({ id: z.string(), title: Title, tasks: z.array(z.unknown()).default([]) })),
})

const Point = z.object({ observation: z.string().min(1), question: z.string().min(1) })
const Advice = z.object({
  strengths: z.array(z.unknown()).default([]),
  gaps: z.array(z.unknown()).default([]),
  improvements: z.array(z.unknown()).default([]),
})

/** The object in a text that is still being written, as far as it is there; undefined before its first brace. */
async function readPartial(text: string): Promise<unknown> {
  const from = text.indexOf('{')
  return from < 0 ? undefined : (await parsePartialJson(text.slice(from))).value
}

/** The items before the last one, which may still grow; all of them once something follows the list. */
function finished<T>(items: readonly T[], isClosed: boolean): readonly T[] {
  return isClosed ? items : items.slice(0, -1)
}

/** The milestones of a draft that are whole. */
export async function showMilestones(text: string): Promise<readonly Partial[]> {
  const value = await readPartial(text)
  const read = Milestones.safeParse(value).data?.milestones ?? []
  const isClosed = typeof value === 'object' && value !== null && 'risks' in value
  return finished(read, isClosed).map(({ id, title, tasks }, position) => ({
    kind: 'milestone',
    position,
    id: toSlug(id),
    title,
    tasks: tasks.length,
  }))
}

/** The points of feedback that are whole, in the order they are written. */
export async function showAdvice(text: string): Promise<readonly Partial[]> {
  const value = await readPartial(text)
  const { strengths, gaps, improvements } = Advice.safeParse(value).data ?? {
    strengths: [],
    gaps: [],
    improvements: [],
  }
  const written = finished([...strengths, ...gaps, ...improvements], false)
  return written.flatMap((item, position): readonly Partial[] => {
    const point = Point.safeParse(item).data
    return point === undefined
      ? []
      : [{ kind: 'feedback', position, text: `${point.observation} ${point.question}` }]
  })
}
