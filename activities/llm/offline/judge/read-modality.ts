import type { Requirement } from '../../../../contract/requirements.ts'

const MODALITIES: readonly (readonly [Requirement['modality'], RegExp])[] = [
  [
    'must_not',
    /\b(?:must|may|shall|should|can)(?:\s+not\b|not\b|n['’]t\b)|\bdo(?:\s+not|n['’]t)\b|\bnever\b|\b(?:not|never|isn['’]t|aren['’]t)\s+(?:allowed|permitted|accepted)\b|\bprohibited\b|\bforbidden\b/i,
  ],
  ['may', /\bmay\b|\boptional(?:ly)?\b|\bcan\b|\ballowed\b|\bpermitted\b|\bneed not\b/i],
  ['should', /\bshould\b|\brecommend\w*|\bencouraged?\b/i],
  ['must', /\bmust\b|\bshall\b|\brequired?\b|\bneeds? to\b|\bha(?:ve|s) to\b|\bmandatory\b|\bat least\b/i],
]

/** How binding a sentence speaks, or null when it says nothing of it. */
export function readModality(text: string): Requirement['modality'] | null {
  return MODALITIES.find(([, pattern]) => pattern.test(text))?.[0] ?? null
}
