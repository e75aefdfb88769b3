import { rule, sourceRule, words, work, type RuleCase } from './rule-cases.ts'

/** Rules that are meant for some students or some works alone. */
export const CONDITION_CASES: readonly RuleCase[] = [
  [
    'a length under a condition',
    rule('If you choose the creative option, write 2,000 words'),
    work(words(900)),
    'not_assessed',
    /1,100 fewer.*meant for this work/,
  ],
  [
    'a limit that is said as a condition',
    rule('If your essay runs over 2,000 words, it will be marked down'),
    work(words(2_300)),
    'not_met',
    /300 more/,
  ],
  [
    'a length for some students alone',
    rule('Graduate students: write at least 3,000 words'),
    work(words(1_800)),
    'not_assessed',
    /not for everybody/,
  ],
  [
    'a style for sources that may be none',
    sourceRule('If you use outside sources, cite them in MLA style'),
    work('The river rose in spring and the town waited for it to fall.'),
    'not_assessed',
    /meant for this work/,
  ],
  [
    'a style for any source there is',
    sourceRule('Cite all sources in Chicago style'),
    work('The river rose in spring and the town waited for it to fall.'),
    'not_assessed',
    /meant for this work/,
  ],
  [
    'a list under a condition',
    sourceRule('Include a works cited page if you use outside sources'),
    work('The river rose in spring and the town waited for it to fall.'),
    'not_assessed',
    /meant for this work/,
  ],
  [
    'sections under a condition',
    rule('Include a references section if you cite anybody', { kind: 'structure' }),
    work('# The river\n\nIt was high.\n\n# The town\n\nIt was low.'),
    'not_assessed',
    /meant for this work/,
  ],
  [
    'sections where they help',
    rule('Use headings for results and methods where helpful', { kind: 'structure' }),
    work('# The river\n\nIt was high.\n\n# The town\n\nIt was low.'),
    'not_assessed',
    /meant for this work/,
  ],
]
