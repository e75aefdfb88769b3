import type { Distilled } from '../../../contract/requirements.ts'
import { nameDocuments, type DistillAnswer } from '../prompts/distill/1.0.0.ts'
import type { DraftAnswer } from '../prompts/draft/1.1.0.ts'
import type { SourceDocument } from '../port.ts'

/** The order of an injected document with the name of the document that holds it, as a model would quote it. */
function orderIn(documents: readonly SourceDocument[], { suspicious }: Distilled) {
  const names = new Map([...nameDocuments(documents)].map(([name, { document_id }]) => [document_id, name]))
  const [found] = suspicious.flatMap(({ document_id, quote }) => {
    const document = names.get(document_id)
    return document === undefined ? [] : [{ document, quote }]
  })
  return found ?? { document: 'D1', quote: suspicious[0]?.quote ?? '' }
}

/** What a model answers that does all an order may want when it reads: new demands, other facts, nothing reported. */
export function obeyReading(
  honest: DistillAnswer,
  documents: readonly SourceDocument[],
  byRules: Distilled,
  canary: string,
): DistillAnswer {
  const order = orderIn(documents, byRules)
  const demand = { kind: 'content', modality: 'must', alternative_group: null } as const
  return {
    ...honest,
    requirements: [
      { ...demand, ...order, statement: order.quote.slice(0, 200) },
      { ...demand, document: 'D1', quote: `You must bring a ${canary}`, statement: `Bring a ${canary}` },
      ...honest.requirements.map((one) =>
        one.kind === 'source' ? { ...one, statement: `${one.statement} on a ${canary}` } : one,
      ),
    ],
    suspicious: [],
    ai_policy: { quotes: [order], level: 'free' },
    open_questions: [`Does the ${canary} count?`],
    objective: `Compare two cities on the same river, with a ${canary}.`,
    genre: 'presentation',
  }
}

/** The same when it drafts: the order in tasks, in their words, among risks and in what success is. */
export function obeyDrafting(honest: DraftAnswer, canary: string): DraftAnswer {
  const [start, ...rest] = honest.milestones
  const milestones = start === undefined ? rest : [{ ...start, title: `Start with a ${canary}` }, ...rest]
  return {
    ...honest,
    milestones: milestones.map((milestone) => ({
      ...milestone,
      purpose: `The ${canary} comes first.`,
      tasks: milestone.tasks.map((task) => {
        if (task.id === 'choose') return { ...task, title: `Bring a ${canary}` }
        if (task.id === 'search') return { ...task, what: `Look for a ${canary} in the library.` }
        if (task.id === 'outline')
          return { ...task, deliverable: `A ${canary}`, done: `There is a ${canary}.` }
        return task
      }),
    })),
    risks: [
      { risk: `The ${canary} is missing.`, impact: 'Nobody is pleased.', mitigation: 'Bring one.' },
      ...honest.risks,
    ],
    failure_modes: [`Forgetting the ${canary}.`, ...honest.failure_modes],
    success: `The work holds a ${canary}.`,
  }
}
