import { ban, docx, pagesOf, pdf, rule, words, work, type RuleCase } from './rule-cases.ts'

const SECTIONED = (...titles: readonly string[]) =>
  work(titles.map((title) => `# ${title}\n\nThe text of it goes on here.`).join('\n\n'))
const structure = (statement: string) => rule(statement, { kind: 'structure' })
const IMRAD = structure('Structure the report into introduction, methods, results and discussion')
const FIRST_PERSON = ban('Do not write in the first person')

/** Rules on sections, pictures, slides, voice and files. */
export const FORM_CASES: readonly RuleCase[] = [
  [
    'sections that are there',
    IMRAD,
    SECTIONED('Introduction', 'Methods', 'Results', 'Discussion'),
    'met',
    /heading for introduction, methods, results and discussion/,
  ],
  [
    'sections by other names',
    IMRAD,
    SECTIONED('Intro', 'Materials and procedure', 'Findings', 'Interpretation'),
    'met',
    /heading for introduction/,
  ],
  [
    'a section that is missing',
    structure('Include sections for the introduction, the methods and the conclusion'),
    SECTIONED('Introduction', 'Conclusion'),
    'not_met',
    /No heading was found for methods/,
  ],
  [
    'a section whose heading was not recognised',
    structure('Include sections for the introduction, the methods and the conclusion'),
    work('# Introduction\n\nText.\n\nMethods. We measured the level of the river.\n\n# Conclusion\n\nText.'),
    'not_assessed',
    /methods.*mark it as a heading/,
  ],
  [
    'sections of a lab report by its own names',
    structure('Include sections for the introduction, the methods, the results and the discussion'),
    SECTIONED('Aim', 'Apparatus', 'Measurements', 'Errors'),
    'met',
    /heading for introduction/,
  ],
  [
    'sections of a readme beside the work',
    structure('Write a README with sections for introduction and limitations'),
    SECTIONED('Introduction', 'Usage'),
    'not_assessed',
    /something else you hand in/,
  ],
  [
    'an abstract where no heading is recognised',
    structure('Include an abstract and a conclusion'),
    work('one long paragraph without any heading, which goes on and on.'),
    'not_assessed',
    /No heading was recognised for abstract/,
  ],
  [
    'sections in another language',
    structure('The essay must have sections for introduction and conclusion'),
    work(
      '# Einleitung\n\nDie Stadt wartete, und der Senat war nicht da.\n\n# Schluss\n\nDas ist das Ende und der Rest.',
    ),
    'not_assessed',
    /introduction and conclusion/,
  ],
  [
    'a table by its caption',
    rule('Include at least one table or figure', { kind: 'content' }),
    work('Text.\n\nTable 1: Levels of the river in May.\n\nText.'),
    'met',
    /1 numbered caption was/,
  ],
  [
    'a table without a caption',
    rule('Include at least one table', { kind: 'content' }),
    work('Text.\n\n| a | b |\n| --- | --- |\n| 1 | 2 |\n'),
    'met',
    /1 table was found/,
  ],
  [
    'a sentence about a table is no caption',
    rule('Include at least one table', { kind: 'content' }),
    work('Table 1 shows that the river rose.'),
    'not_assessed',
    /0 numbered captions/,
  ],
  [
    'pictures that cannot be seen',
    rule('Include at least two figures', { kind: 'content' }),
    work('Text only.'),
    'not_assessed',
    /count them yourself/,
  ],
  ['slides', rule('Prepare 8 to 10 slides', { kind: 'deliverable' }), pagesOf(9, 40), 'met', /9 pages/],
  [
    'pages that may hold several slides',
    rule('Prepare 8 to 10 slides', { kind: 'deliverable' }),
    pagesOf(5, 40),
    'not_assessed',
    /5 pages; asked for: 8 to 10 slides/,
  ],
  [
    'a text that is no slides',
    rule('Prepare 8 to 10 slides', { kind: 'deliverable' }),
    pagesOf(12, 400),
    'not_assessed',
    /reads as a text/,
  ],
  [
    'the first person',
    FIRST_PERSON,
    work('The river rose. I saw it, and we left.'),
    'not_met',
    /2 uses of the first person were found, first: “.*I saw/,
  ],
  [
    'no first person in names, numbers, currents and mines',
    FIRST_PERSON,
    work(
      'In World War I, under Elizabeth I, the coal mine closed. The current I is 5 A, and Type I errors are rare.',
    ),
    'met',
    /not found outside quotations/,
  ],
  [
    'the first person of others',
    FIRST_PERSON,
    work(
      'He said: “I was there and we left.” The *My River* project ended.\n\n> I saw it, said the miner.\n\nKeeper: I started in 1980.\n\n## References\n\nAdichie, C. N. (2014). We should all be feminists. London: Fourth Estate.',
    ),
    'met',
    /not found outside quotations/,
  ],
  [
    'words that may be another’s, without quotation marks',
    FIRST_PERSON,
    work('As the poet says, I wandered lonely. The speech ends: From here I will fight no more.'),
    'not_assessed',
    /Whether the rule means these/,
  ],
  [
    'a possessive may be nobody in particular',
    FIRST_PERSON,
    work('The moon is our nearest neighbour.'),
    'not_assessed',
    /Whether the rule means these/,
  ],
  [
    'the first person where a part is meant',
    ban('Avoid the first person in the methods section'),
    work('I think so. It was measured twice.'),
    'not_assessed',
    /Whether the rule means these/,
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
    'one of two files',
    rule('Upload a .docx or .pdf file', { kind: 'submission' }),
    work('x', docx),
    'met',
    /Word file/,
  ],
  [
    'a part that is handed in beside another',
    rule('Submit the report as a PDF and the code as a .zip file', { kind: 'submission' }),
    work('x', { kind: 'markdown', bytes: 1, name: 'notes.md' }),
    'not_assessed',
    /each part/,
  ],
  [
    'no file',
    rule('Submit a PDF or .docx', { kind: 'submission' }),
    work('x'),
    'not_assessed',
    /has to be \.pdf or \.docx/,
  ],
  [
    'words of each slide are not those of the whole',
    rule('Write 50 to 80 words of notes for each slide', { kind: 'content' }),
    work(words(700)),
    'not_assessed',
    /for each part/,
  ],
]
