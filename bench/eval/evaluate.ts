import type { Brief, BriefSet } from '../../activities/llm/briefs/load-briefs.ts'
import type { LlmPort, ModelReply, ModelStep } from '../../activities/llm/port.ts'
import type { Verifiable } from '../../activities/verify/sources.ts'
import { RunFailure } from '../../contract/run-errors.ts'
import { FIGURES, type Figure } from './figures.ts'
import { measurePlan } from './planning/measure-plan.ts'
import { measureReading } from './reading/measure-reading.ts'
import { measureSafety } from './safety/measure-safety.ts'
import { sumTallies, type Tallies } from './tally.ts'
import { measureVerifier } from './verifier/measure-verifier.ts'

/** A brief and every figure measured on it. */
export interface BriefFigures {
  readonly brief: string
  readonly genre: string
  readonly figures: Tallies<Figure>
}

/** What one set of briefs came to; a brief the provider gave no answer for stands apart, with the code of why. */
export interface SetFigures {
  readonly set: BriefSet
  readonly figures: Tallies<Figure>
  readonly briefs: readonly BriefFigures[]
  readonly unanswered: readonly { readonly brief: string; readonly code: string }[]
}

/** The figures of a provider, and which versions of its prompts or rules they hold for. */
export interface Evaluation {
  readonly provider: string
  readonly versions: Readonly<Record<string, string>>
  readonly sets: readonly SetFigures[]
}

type Versions = Map<string, string>

async function plan(
  llm: LlmPort,
  brief: Brief,
  documents: Brief['documents'],
  versions: Versions,
): Promise<Verifiable> {
  const { context, now } = brief
  const call = { signal: new AbortController().signal }
  const note = (step: ModelStep, { model, prompt_version }: ModelReply<ModelStep>) =>
    versions.set(step, `${model}, ${prompt_version}`)
  const read = await llm.run('distill', { context, documents }, call)
  note('distill', read)
  const distilled = read.output
  const drafted = await llm.run('draft', { context, distilled, now, rejection_reason: null }, call)
  note('draft', drafted)
  return { ...drafted.output, distilled, documents, context }
}

async function evaluateBrief(
  llm: LlmPort,
  brief: Brief,
  place: number,
  versions: Versions,
): Promise<BriefFigures> {
  const drafted = await plan(llm, brief, brief.documents, versions)
  const safety = await measureSafety(brief, place, (documents) => plan(llm, brief, documents, versions))
  const figures = {
    ...measureReading(brief, drafted.distilled),
    ...measurePlan(brief, drafted),
    ...measureVerifier(drafted),
    ...safety,
  }
  return { brief: brief.name, genre: brief.gold.genre, figures }
}

/** Lets a provider read and plan every brief and measures what comes out; `say` is told of each brief that is done. */
export async function evaluate(
  llm: LlmPort,
  sets: readonly (readonly [BriefSet, readonly Brief[]])[],
  say: (line: string) => void = () => {},
): Promise<Evaluation> {
  const versions: Versions = new Map()
  const results: SetFigures[] = []
  for (const [set, list] of sets) {
    const briefs: BriefFigures[] = []
    const unanswered: { brief: string; code: string }[] = []
    for (const [place, brief] of list.entries()) {
      try {
        briefs.push(await evaluateBrief(llm, brief, place, versions))
        say(`${set}: ${brief.name}`)
      } catch (error) {
        if (!(error instanceof RunFailure)) throw error
        unanswered.push({ brief: brief.name, code: error.code })
        say(`${set}: ${brief.name} was not answered (${error.code})`)
      }
    }
    const figures = sumTallies(
      FIGURES,
      briefs.map((one) => one.figures),
    )
    results.push({ set, figures, briefs, unanswered })
  }
  return { provider: llm.provider, versions: Object.fromEntries(versions), sets: results }
}
