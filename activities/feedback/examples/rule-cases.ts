import type { Requirement } from '../../../contract/requirements.ts'
import { essayDocuments } from '../../llm/offline/draft/examples/essay-assignment.ts'
import { readQuantities } from '../../llm/offline/distill/read-quantities.ts'
import type { SubmittedWork } from '../../llm/port.ts'

const document_id = essayDocuments[0]?.document_id ?? ''

/** A hard rule in these words, its counts read as they are from a brief. */
export function rule(statement: string, more: Partial<Requirement> = {}): Requirement {
  return {
    id: 'rule-1',
    kind: 'length',
    modality: 'must',
    statement,
    hard: true,
    quantities: [...readQuantities(statement)],
    alternative_group: null,
    criterion_id: null,
    evidence: [
      { document_id, quote: statement, start: 0, end: statement.length, page: null, match: 'exact' },
    ],
    ...more,
  }
}

/** A piece of work: text, or a file with pages. */
export function work(
  text: string,
  file: SubmittedWork['file'] = null,
  pages: SubmittedWork['pages'] = [],
): SubmittedWork {
  return { document_id: '0b9e8f0e-4f64-4a4b-8f57-6f8ee3f3b1aa', name: 'Your text', text, pages, file }
}

/** So many words. */
export const words = (count: number): string => Array.from({ length: count }, (_, i) => `word${i}`).join(' ')
const pagesOf = (count: number) =>
  Array.from({ length: count }, (_, i) => ({ page: i + 1, start: i, end: i + 1 }))
const REFERENCES = [
  '## References',
  '',
  'Abel, Ann. (2001). *Rivers and cities*. Oxford: Oxford University Press.',
  '',
  'Brown, Bo, & Cole, C. (1988). Floods. *Journal of Water*, 3(2), 11–20.',
  '',
  'Dunn, D. (2015). *Dykes*. Berlin: Springer.',
].join('\n')
export const pdf = { kind: 'pdf', bytes: 10, name: 'essay.pdf' } as const
export const docx = { kind: 'docx', bytes: 10, name: 'essay.docx' } as const

/** Rules and works with what checking them has to say. */
export const RULE_CASES: readonly (readonly [
  title: string,
  Requirement,
  SubmittedWork,
  outcome: string,
  says: RegExp,
])[] = [
  ['words in the range', rule('Write 1,500 to 2,000 words'), work(words(1_700)), 'met', /1,700 words/],
  ['words at the least', rule('Write 1,500 to 2,000 words'), work(words(1_500)), 'met', /1,500 words/],
  ['one word short', rule('Write 1,500 to 2,000 words'), work(words(1_499)), 'not_met', /1 fewer/],
  ['one word over', rule('Write 1,500 to 2,000 words'), work(words(2_001)), 'not_met', /1 more/],
  ['at least so many', rule('Write at least 500 words'), work(words(900)), 'met', /at least 500/],
  ['at least so many, short', rule('Write at least 500 words'), work(words(120)), 'not_met', /380 fewer/],
  ['at most so many', rule('Write no more than 800 words'), work(words(800)), 'met', /at most 800/],
  ['at most so many, over', rule('Write no more than 800 words'), work(words(801)), 'not_met', /1 more/],
  ['a plain count takes a tenth either way', rule('Write 1,000 words'), work(words(1_090)), 'met', /1,090/],
  ['a plain count, far off', rule('Write 1,000 words'), work(words(1_200)), 'not_met', /100 more/],
  [
    'references left out of the count',
    rule('Write at most 100 words, not counting the bibliography'),
    work(`${words(100)}\n\n${REFERENCES}`),
    'met',
    /100 words, without references/,
  ],
  [
    'references in the count where the rule does not leave them out',
    rule('Write at most 100 words'),
    work(`${words(100)}\n\n${REFERENCES}`),
    'not_met',
    /everything counted/,
  ],
  ['pages of a PDF', rule('Write 4 to 6 pages'), work(words(900), pdf, pagesOf(5)), 'met', /5 pages/],
  ['too many pages', rule('Write 4 to 6 pages'), work(words(900), pdf, pagesOf(7)), 'not_met', /1 more/],
  ['pages of a text', rule('Write 4 to 6 pages'), work(words(900)), 'not_assessed', /no pages.*about 3/],
  ['characters', rule('Write at most 100 characters'), work('x'.repeat(101)), 'not_met', /1 more/],
  [
    'sources in the list',
    rule('Use at least three sources', { kind: 'source' }),
    work(`${words(50)}\n\n${REFERENCES}`),
    'met',
    /has 3 entries/,
  ],
  [
    'too few sources',
    rule('Use at least five sources', { kind: 'source' }),
    work(`${words(50)}\n\n${REFERENCES}`),
    'not_met',
    /3 entries; 5 are asked for/,
  ],
  [
    'works cited without a list',
    rule('Use at least two sources', { kind: 'source' }),
    work('Floods are old (Abel, 2001, p. 3). Dykes are not (Dunn, 2015; Abel, 2001).'),
    'met',
    /cites 2 different works/,
  ],
  [
    'numbered citations',
    rule('Use at least three references', { kind: 'source' }),
    work('Floods are old [1], dykes are not [2, 3].'),
    'met',
    /3 different works/,
  ],
  [
    'footnotes count by their marks, and what stands in them is no citation',
    rule('Use at least two sources', { kind: 'source' }),
    work(
      'Old.[^1] New.[^2]\n\n[^1]: Abel, *Rivers* (Oxford: Press, 2001), 3.\n[^2]: Dunn, *Dykes* (Berlin: Springer, 2015), 4.',
    ),
    'met',
    /2 different works/,
  ],
  [
    'peer-reviewed ones can only be counted',
    rule('Use at least two peer-reviewed articles', { kind: 'source' }),
    work(`${words(50)}\n\n${REFERENCES}`),
    'not_assessed',
    /3 entries.*peer-reviewed, only you can tell/,
  ],
  [
    'peer-reviewed ones, too few of any kind',
    rule('Use at least four peer-reviewed articles', { kind: 'source' }),
    work(`${words(50)}\n\n${REFERENCES}`),
    'not_met',
    /4 are asked for/,
  ],
  [
    'years that cannot do',
    rule('Use at least three books published since 1990', { kind: 'source' }),
    work(`${words(50)}\n\n${REFERENCES}`),
    'not_met',
    /2 of the 3 entries name a year from 1990 on/,
  ],
  [
    'a style without any citation',
    rule('Cite in APA style', { kind: 'format' }),
    work(words(80)),
    'not_met',
    /No citation/,
  ],
  [
    'a style with citations is for a reader to see',
    rule('Cite in APA style', { kind: 'format' }),
    work('Floods are old (Abel, 2001).'),
    'not_assessed',
    /1 citations|“\(?Abel, 2001/,
  ],
  [
    'sections that are there',
    rule('Structure the report into introduction, methods, results and discussion', { kind: 'structure' }),
    work('# Introduction\n\nText.\n\n# Methods\n\nText.\n\n# Results\n\nText.\n\n# Discussion\n\nText.'),
    'met',
    /heading for introduction, methods, results and discussion/,
  ],
  [
    'a section that is missing',
    rule('Include an abstract, an introduction and a conclusion as sections', { kind: 'structure' }),
    work('# Introduction\n\nText here.\n\n# Conclusion\n\nText.'),
    'not_met',
    /abstract/,
  ],
  [
    'sections where no heading is recognised',
    rule('Include an abstract and a conclusion', { kind: 'structure' }),
    work('one long paragraph without any heading, which goes on and on.'),
    'not_assessed',
    /No headings/,
  ],
  [
    'a table by its caption',
    rule('Include at least one table or figure', { kind: 'content' }),
    work('Text.\n\nTable 1: Levels of the river in May.\n\nText.'),
    'met',
    /1 numbered caption was/,
  ],
  [
    'pictures that cannot be seen',
    rule('Include at least two figures', { kind: 'content' }),
    work('Text only.'),
    'not_assessed',
    /count them yourself/,
  ],
  [
    'slides',
    rule('Prepare 8 to 10 slides', { kind: 'deliverable' }),
    work('x', pdf, pagesOf(9)),
    'met',
    /9 pages/,
  ],
  [
    'too few slides',
    rule('Prepare 8 to 10 slides', { kind: 'deliverable' }),
    work('x', pdf, pagesOf(5)),
    'not_met',
    /at least 8/,
  ],
  [
    'the first person',
    rule('Do not write in the first person', { kind: 'format', modality: 'must_not' }),
    work('The river rose. I saw it, and we left.'),
    'not_met',
    /2 uses of the first person were found, first: “.*I saw/,
  ],
  [
    'no first person',
    rule('Do not write in the first person', { kind: 'format', modality: 'must_not' }),
    work('The river rose in IV and V.'),
    'met',
    /No use of the first person/,
  ],
  [
    'a source that is named as forbidden',
    rule('Do not cite encyclopedia entries', { kind: 'source', modality: 'must_not' }),
    work('The river is long (Wikipedia).'),
    'not_met',
    /1 mention of encyclopedia.*Wikipedia/,
  ],
  [
    'author and date where notes are asked for',
    rule('No author-date citations', { kind: 'format', modality: 'must_not' }),
    work('Old (Abel 2001).'),
    'not_met',
    /1 citation by author and date/,
  ],
  ['the right file', rule('Submit a PDF', { kind: 'submission' }), work('x', pdf), 'met', /is a PDF/],
  [
    'another file',
    rule('Submit a PDF', { kind: 'submission' }),
    work('x', docx),
    'not_met',
    /Word file; \.pdf is asked for/,
  ],
  [
    'no file',
    rule('Submit a PDF or .docx', { kind: 'submission' }),
    work('x'),
    'not_assessed',
    /has to be \.pdf or \.docx/,
  ],
]
