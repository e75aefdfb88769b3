import { paid, startScriptedModel, type ScriptedModel } from '../models/scripted-model.ts'
import { promptOf } from '../models/project-answers.ts'
import { modelSettings } from './model-rig.ts'
import { startRig, type Rig } from './rig.ts'

const COST = [100, 50] as const

/** How the model answers a job: by the word its description begins with. */
const NOTE = {
  title: 'A job',
  checklist: ['Look at what is asked, and write it down in one line.'],
  questions: ['By when is it needed?'],
}

/** All of Waymark with a model that does with a job what its description says: good, bad, hold, away, broke. */
export interface JobRig extends AsyncDisposable {
  readonly rig: Rig
  readonly model: ScriptedModel
  /** The descriptions the model was asked about, oldest first. */
  readonly asked: string[]
  /** Resolves once so many questions to hold have come. */
  held(count: number): Promise<void>
  /** Gives the model the credit that some jobs lack. */
  topUp(): void
  /** Answers all that are held, and those to come. */
  release(): void
}

const describedIn = (prompt: string): string => /JOB>>>\n([\s\S]*?)\n<<<end/.exec(prompt)?.[1] ?? ''

/** Starts Waymark with such a model, on a database of its own or on the one named. */
export async function startJobRig(
  env: Record<string, string> = {},
  database: { readonly databaseUrl?: string } = {},
): Promise<JobRig> {
  await using opening = new AsyncDisposableStack()
  const model = opening.use(await startScriptedModel())
  const asked: string[] = []
  const waiting: (() => void)[] = []
  let gate = Promise.withResolvers<void>()
  const holding: string[] = []
  const wake = (): void => waiting.splice(0).forEach((resume) => resume())
  let hasCredit = false
  const bad = { title: '', checklist: [], questions: [] }
  model.answer('work_job', [
    async (request) => {
      const description = describedIn(promptOf(request))
      asked.push(description)
      if (description.startsWith('away'))
        return { error: { message: 'away', type: 'server_error' }, status: 503 }
      if (description.startsWith('broke') && !hasCredit)
        return {
          error: { message: 'no credit', type: 'insufficient_quota', code: 'insufficient_quota' },
          status: 429,
        }
      if (description.startsWith('bad')) return paid(bad, ...COST)
      if (description.startsWith('hold')) {
        holding.push(description)
        wake()
        await gate.promise
      }
      return paid(NOTE, ...COST)
    },
  ])
  const rig = opening.use(await startRig({ ...database, env: { ...modelSettings(model), ...env } }))
  const open = opening.move()
  return {
    rig,
    model,
    asked,
    held: async (count) => {
      while (holding.length < count) {
        const { promise, resolve } = Promise.withResolvers<void>()
        waiting.push(resolve)
        await promise
      }
    },
    topUp: () => {
      hasCredit = true
    },
    release: () => {
      gate.resolve()
      gate = Promise.withResolvers<void>()
      holding.length = 0
    },
    [Symbol.asyncDispose]: async () => {
      gate.resolve()
      await open.disposeAsync()
    },
  }
}
