import { formatWork } from '../draft/effort.ts'
import { GENRES } from '../draft/genres/genres.ts'
import { clip } from '../draft/grounded.ts'
import { asLine, inOrderOfCost } from '../draft/restate.ts'
import type { Bench } from './bench.ts'

const LONG_SITTING = 120
const MOST_HARD = 3
const QUOTED = 240

function fromMachineWords({ left_out, input }: Bench): readonly string[] {
  if (!left_out) return []
  const documents = new Map(input.documents.map(({ document_id, name }) => [document_id, name]))
  const places = (input.assignment?.suspicious ?? []).map(({ document_id, page }) => {
    const name = documents.get(document_id) ?? 'a document'
    return page === null ? name : `${name}, p. ${page}`
  })
  const where = places.length === 0 ? 'what was given here' : [...new Set(places)].join(' and ')
  return [
    `Words addressed to a machine stand in ${where}: they were not followed and are left out here. Read that passage yourself, and ask whether it is meant for you.`,
  ]
}

function fromTime({ input }: Bench): readonly string[] {
  const { estimated_minutes: minutes } = input.subject
  if (minutes === null || minutes <= LONG_SITTING) return []
  return [
    `It takes about ${formatWork(minutes)}, more than one sitting: begin early, and stop at a place where you can go on.`,
  ]
}

function fromEarlierWork({ input }: Bench): readonly string[] {
  const missing = input.earlier.filter(({ files }) => files.length === 0).map(({ task }) => `“${task}”`)
  return missing.length === 0
    ? []
    : [
        `Nothing was left behind by ${missing.join(' and ')}, which this rests on: look whether you have it elsewhere.`,
      ]
}

function fromHardRequirements({ own }: Bench): readonly string[] {
  return inOrderOfCost(own.filter(({ hard, modality }) => hard && modality !== 'may'))
    .slice(0, MOST_HARD)
    .map(
      (requirement) =>
        `Missed, it may cost the work: “${clip(asLine(requirement), QUOTED)}” Check it first and last.`,
    )
}

/** What could go wrong, each with what to do about it, the most pressing first. */
export function findRisks(bench: Bench): readonly string[] {
  const { risk, impact, mitigation } = GENRES[bench.genre].risk
  return [
    ...fromMachineWords(bench),
    ...fromTime(bench),
    ...fromEarlierWork(bench),
    ...fromHardRequirements(bench),
    ...(bench.input.assignment === null ? [] : [`${risk} ${impact} ${mitigation}`]),
  ]
}
