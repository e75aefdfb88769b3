import { readFileSync } from 'node:fs'

import {
  essayContext,
  essayDistilled,
  essayDocuments,
  ESSAY_NOW,
} from '../../llm/offline/draft/examples/essay-assignment.ts'
import { draftOffline } from '../../llm/offline/draft/draft-offline.ts'
import type { FeedbackInput } from '../../llm/port.ts'
import { checkRules } from '../check-rules.ts'

const WORK_ID = '5b0c4e52-8c0c-4e8e-9a53-0a2b6b6d9f11'

/** One of the submissions of the demo, as text. */
export function readExample(name: 'good' | 'weak' | 'hostile'): string {
  return readFileSync(new URL(`../../../stack/demo/submissions/${name}.md`, import.meta.url), 'utf8')
}

/** A text handed in for the example essay, with everything it is held against. */
export function feedbackInput(text: string): FeedbackInput {
  const drafted = draftOffline({
    context: essayContext,
    distilled: essayDistilled,
    now: ESSAY_NOW,
    rejection_reason: null,
  })
  const given = {
    target: { type: 'assignment', id: essayContext.assignment.id } as const,
    milestone: null,
    plan: drafted.plan,
    plan_evidence: [],
    distilled: essayDistilled,
    context: essayContext,
    submission: { document_id: WORK_ID, name: 'Your text', text, pages: [], file: null },
    documents: essayDocuments,
  }
  return { ...given, checks: [...checkRules(given)] }
}
