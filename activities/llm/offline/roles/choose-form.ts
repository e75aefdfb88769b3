import { languageOf } from '../../../roles/scaffold/languages/languages.ts'
import { isBare } from '../../../roles/scaffold/write-scaffold.ts'
import { CODE, type Bench, type Genre } from './bench.ts'
import { checklist, parts } from './forms/anything.ts'
import { outline, question } from './forms/argument.ts'
import { preparation, session } from './forms/before-lab.ts'
import { post, replies } from './forms/conversation.ts'
import { documents } from './forms/documents.ts'
import type { Form } from './forms/form.ts'
import { ideas } from './forms/ideas.ts'
import { analysis, figures, measurements, report } from './forms/laboratory.ts'
import { annotations, notes, sources } from './forms/material.ts'
import { choice, questions, reading, sharing } from './forms/opening.ts'
import { cases, code, design, tests } from './forms/programming.ts'
import { rehearsal, slides } from './forms/talk.ts'

interface Rule {
  /** Words of the deliverable. */
  readonly sign: RegExp
  readonly form: Form
  /** Where the words mean this only in work of one sort. */
  readonly in?: Genre
}

// What is finished, revised or handed in is gone through, not begun.
const GONE_THROUGH =
  /\b(?:ticked|finished|final (?:slides|version|text|report|paper|essay)|revised|improved|second draft|confirmation|checked|handed in|package|readable code|in the thread|reviews|empty (?:document|file))\b/i

// The first that fits decides: the more telling words stand first.
const RULES: readonly Rule[] = [
  {
    sign: /\bsent message\b|\bquestions? (?:to|for) (?:the|your) (?:instructor|teacher|tutor|client)\b/i,
    form: questions,
  },
  { sign: /\bposts to answer\b|\breplies\b|\breply\b/i, form: replies },
  { sign: /\byour choice\b|\bchoice, with\b|\bchosen (?:topic|option|prompt)\b/i, form: choice },
  { sign: /\bwho does\b/i, form: sharing },
  { sign: /\binstructions with your marks\b|\bmarked instructions\b/i, form: reading },
  { sign: /\bneed to begin\b/i, form: preparation },
  { sign: /\brecord of each session\b/i, form: session },
  { sign: /\brough notes\b|\bfirst ideas\b/i, form: ideas },
  { sign: GONE_THROUGH, form: checklist },
  { sign: /\b(?:table|list) of cases\b|\b(?:test|edge) cases\b/i, form: cases },
  { sign: /\btests?\b/i, form: tests, in: 'programming' },
  { sign: /\breadme\b|\bdocumentation\b|\binstructions and the documents\b|\b\w+\.md\b/i, form: documents },
  { sign: /\bdesign\b|\bsketch\b|\barchitecture\b|\bdiagram\b/i, form: design, in: 'programming' },
  { sign: /\bwhat to change\b|\bquestions you should expect\b|\brehears/i, form: rehearsal },
  { sign: /\bslides?\b|\bstoryboard\b|\bcue cards?\b|\bpresentation\b|\btalk\b|\bpitch\b/i, form: slides },
  { sign: /\bannotat/i, form: annotations },
  { sign: /\bmeasurements?\b|\braw data\b|\bdata (?:table|file)\b/i, form: measurements },
  { sign: /\bcalculated\b|\bresults with\b/i, form: analysis },
  { sign: /\bfigures?\b|\bcharts?\b|\bgraphs?\b/i, form: figures, in: 'lab_report' },
  { sign: /\bnote on\b|\bquestion\b|\bposition\b|\bthesis\b|\bmessage\b/i, form: question },
  {
    sign: /\bprogram\b|\bcode\b|\bmodule\b|\bfunctions?\b|\bclass\b|\bscript\b|\bworking\b|\bproject that runs\b/i,
    form: code,
    in: 'programming',
  },
  { sign: /\breport\b/i, form: report },
  { sign: /\boutline\b|\bessay\b|\bpaper\b/i, form: outline, in: 'essay' },
  { sign: /\boutline\b|\bpaper\b/i, form: outline, in: 'research_paper' },
  { sign: /\bnotes?\b/i, form: notes },
  {
    sign: /\bsources?\b|\breferences?\b|\bcandidates\b|\bbibliography\b|\bmaterial\b|\borigins\b/i,
    form: sources,
  },
  { sign: /\bpost\b/i, form: post, in: 'discussion' },
]

const BY_GENRE: { readonly [G in Genre]: Form } = {
  essay: outline,
  research_paper: outline,
  bibliography: annotations,
  programming: code,
  lab_report: report,
  presentation: slides,
  discussion: post,
  general: parts,
}

function findRule(words: string, genre: Genre): Form | undefined {
  return RULES.find((rule) => (rule.in === undefined || rule.in === genre) && rule.sign.test(words))?.form
}

/** The sort of scaffold for a task: by what its file can hold, by what its deliverable is called, else by its genre. */
export function chooseForm({ input, extension, genre }: Bench): Form {
  const { deliverable, title } = input.subject
  if (extension === 'bib') return sources
  if (CODE.has(extension)) return /\btest(?:s|ing)?\b/i.test(`${deliverable} ${title}`) ? tests : code
  const form = findRule(deliverable === '' ? title : deliverable, genre) ?? BY_GENRE[genre]
  if (isBare(extension)) return form.grid === undefined ? measurements : form
  // A sheet of slots is no use inside a query or a style sheet.
  return languageOf(extension) !== null && extension !== 'tex' && form.grid === undefined ? parts : form
}
