// `npm run eval -- --provider offline [--brief name] [--json]`: how well a provider reads and plans the marked briefs.
import { parseArgs } from 'node:util'

import { loadBriefs } from '../../activities/llm/briefs/load-briefs.ts'
import { createOfflineProvider } from '../../activities/llm/offline/provider.ts'
import type { LlmPort } from '../../activities/llm/port.ts'
import { ConfigError, readModelConfig } from '../../config/env.ts'
import { chooseModels } from '../../worker/choose-models.ts'
import { evaluate, type Evaluation } from './evaluate.ts'
import { findBreaches, readFloors } from './floors.ts'
import { renderBriefs, renderEvaluation } from './report/render-evaluation.ts'
import { toJson, writeResults } from './report/write-results.ts'

const SETS = ['development', 'held-out'] as const

function readArguments() {
  const options = {
    provider: { type: 'string', default: 'offline' },
    brief: { type: 'string' },
    json: { type: 'boolean', default: false },
  } as const
  return parseArgs({ options }).values
}

/** The rules, or the models that the LLM_* settings of a worker name. */
function choosePort(provider: string): LlmPort {
  return provider === 'offline' ? createOfflineProvider() : chooseModels(readModelConfig(provider), null)
}

function briefsNamed(name: string | undefined) {
  const sets = SETS.map((set) => [set, loadBriefs(set)] as const)
  if (name === undefined) return sets
  const chosen = sets.map(([set, list]) => [set, list.filter((brief) => brief.name === name)] as const)
  const known = sets.flatMap(([, list]) => list.map((brief) => brief.name))
  if (!known.includes(name)) throw new ConfigError(`There is no brief “${name}”. Briefs: ${known.join(', ')}`)
  return chosen.filter(([, list]) => list.length > 0)
}

function print(evaluation: Evaluation, json: boolean): void {
  const floors = evaluation.provider === 'offline' ? readFloors() : null
  const tables = [renderEvaluation(evaluation, floors), renderBriefs(evaluation)]
  process.stdout.write(json ? toJson(evaluation) : `${tables.join('\n\n')}\n`)
}

async function main(): Promise<void> {
  const { provider, brief, json } = readArguments()
  const evaluation = await evaluate(choosePort(provider), briefsNamed(brief), (line) => {
    process.stderr.write(`${line}\n`)
  })
  print(evaluation, json)
  // Part of the briefs says nothing about the whole.
  if (brief !== undefined) return
  const floors = provider === 'offline' ? readFloors() : null
  await writeResults(evaluation, floors)
  const breaches = floors === null ? [] : findBreaches(evaluation, floors)
  for (const breach of breaches) process.stderr.write(`${breach}\n`)
  if (breaches.length > 0) process.exitCode = 1
}

try {
  await main()
} catch (error) {
  if (!(error instanceof ConfigError)) throw error
  process.stderr.write(`${error.message}\n`)
  process.exitCode = 1
}
