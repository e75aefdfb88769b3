import { ban, REFERENCES, words, work, type RuleCase } from './rule-cases.ts'

const SIX = { value: 6, upper: null, unit: 'sources', bound: 'exact', text: 'six sources' } as const
const notCounting = ban('Course lectures and encyclopedias do not count toward the six sources', {
  kind: 'source',
  quantities: [SIX],
})
const WEAK = `${words(50)}\n\nSome might say that nobody knew. But they did.\n\n${words(20)}`
const LISTED = `${words(50)}\n\n${REFERENCES}\n\nWikipedia. "Floods."`

/** Rules that quote a phrase, and rules on what does not count. */
export const PHRASE_CASES: readonly RuleCase[] = [
  [
    'a phrase that is not enough',
    ban('One paragraph that begins "Some might say" is not enough', { kind: 'structure' }),
    work(WEAK),
    'not_assessed',
    /1 paragraph begins with “Some might say”/,
  ],
  [
    'a phrase that is not there',
    ban('One paragraph that begins "Some might say" is not enough', { kind: 'structure' }),
    work(words(50)),
    'met',
    /No paragraph begins with/,
  ],
  [
    'a phrase that is not to open the text',
    ban('Do not start with “Some might say …”', { kind: 'content' }),
    work(WEAK),
    'not_met',
    /begins with “Some might say”/,
  ],
  [
    'a phrase that is not to be written',
    ban('Never write “nobody knew” without saying who', { kind: 'content' }),
    work(WEAK),
    'not_met',
    /uses “nobody knew”/,
  ],
  [
    'a phrase inside a paragraph is no beginning',
    ban('Do not start with “nobody knew”', { kind: 'content' }),
    work(WEAK),
    'met',
    /No paragraph/,
  ],
  [
    'what does not count leaves too few',
    notCounting,
    work(LISTED),
    'not_met',
    /1 of 4 entries .* does not count.*3 are left, asked for: 6/,
  ],
]
