import type { Quantity, Requirement } from '../../../../contract/requirements.ts'
import { stripLead } from './read-command.ts'

type Kind = Requirement['kind']

const LENGTH_UNITS = new Set([
  'words',
  'pages',
  'minutes',
  'slides',
  'characters',
  'paragraphs',
  'sentences',
  'lines',
])
const ARTEFACT = String.raw`(?:essay|paper|report|presentation|program|app(?:lication)?|poster|video|podcast|portfolio|case study|post|proposal|outline|handout|review|reflection|reflective statement|website|project|thesis|memo|letter|blog|bibliography|analysis|model|script|zine|speech|plan|prototype|notebook)`
const MAKES = new RegExp(
  String.raw`\b(?:write|create|produce|build|prepare|design|develop|compose|make|complete|document|deliver)\b[^.;]{0,60}\b${ARTEFACT}\b|\b${ARTEFACT}\b[^.;]{0,40}\b(?:is required|is due)\b`,
  'iu',
)

const IS_ARTEFACT = new RegExp(
  String.raw`^(?:an?|one) (?:[\p{L}\d-]+ ){0,2}(?:handout|poster|essay|memo|report)\b`,
  'iu',
)

const LATE_TITLE = /\b(?:[Ll]ate|[Ee]xtensions?|integrity|plagiarism|honou?r)\b|\bAI\b/u
const WHOLE_LENGTH =
  /\b(?:should be|must be|longer|exceed|maximum|minimum|no more than|at least|between|limit)\b/iu
const PART_LENGTH = /\b(?:abstract|summar\w+|annotation|bring|meet|describe|arrive|leave|open)\b/iu
// What such a verb asks for is content, whatever things it names; `arrange` and its like ask for an order.
const CONTENT_VERB =
  /^(?:and )?(?:explain|describe|discuss|analy[sz]e|summari[sz]e|assess|interpret|identify|present|suggest|connect|evaluate|compare|contrast|argue|define|state|reflect|critique|print|accept|exit|illustrate|examine|explore|situate|justify|demonstrate)\b/iu
const ORDER_VERB =
  /^(?:arrange|organi[sz]e|structure|divide|order|open with|begin with|start with|end with|conclude with|close with)\b/iu

const COSTS =
  /\bscores? (?:0|zero|at most|above|below|no)\b|\breceives? (?:0|no|at most)\b[^.;]*\bpoints?\b|\bmeans? 0 points\b/iu

const KINDS: readonly (readonly [Kind, RegExp])[] = [
  [
    'grading',
    /\b(?:of (?:the|your) (?:final |total |overall |course )*(?:grade|mark|module)|counts? for|worth|of the mark|make[s]? up|at most \d+ points|weight)\b|^[\p{L} ]+(?:for )?\d+\s?%$/iu,
  ],
  [
    'policy',
    /\b(?:plagiari\w+|academic (?:integrity|honesty|misconduct)|chatgpt|copilot|generative|ai|a\.i\.|artificial intelligence|language models?|chatbots?|late|extensions?(?! \d)|penalty|penali[sz]ed|(?:be|is|are) (?:entirely )?your own|another course|cheating|honou?r code|respectful|anonymi[sz]ed|confidential|copy|copying|no credit)\b/iu,
  ],
  [
    'submission',
    /\b(?:submit(?:ted|s)?|submission|upload(?:s|ed)?|hand(?:ed)? in|turn(?:ed)? in|file ?name|name (?:your|the) file|filename|archive|tar\.gz|via canvas|on canvas|to canvas|through canvas|zip|emailed|by email|attach|text box|file type|\.(?:docx?|pdf|zip)|\bpdf\b|max[^,;]{0,12}\bMB\b)\b/iu,
  ],
  [
    'format',
    /\b(?:font|margins?|(?:line |1\.5[- ]?)spac(?:ing|ed)|spaced|single-space|double-space|indent|times new roman|\d+[- ]?(?:pt|point)|(?:page |running )headers?|footer|page numbers?|numbered pages|title page|typefaces?|typeset|mla|chicago manual|turabian|ieee|style guide|pep 8|docstring|caption(?:s)?|captioned|labelled|labeled|alternative text|alt text|tense|first person|third person|passive voice|decimal places|significant figures|clip art|grid|blank line|a4|landscape|portrait|citation in apa)\b/iu,
  ],
  [
    'source',
    /\b(?:sources?|citations?|cite[sd]?|references?|bibliograph\w*|works cited|peer-reviewed|scholarly|quot(?:e|ation|ations|ing)|articles?|footnotes?|wikipedia|apa|harvard|cse|authors?|page numbers|translate|abstracts)\b/iu,
  ],
  [
    'collaboration',
    /\b(?:groups?|teams?|partners?(?:'s)?|individual(?:ly)?|classmates?|peers?|pairs?|every member|each member|alone|together|teammates?)\b/iu,
  ],
  [
    'tool',
    /\b(?:python|java(?:script)?|typescript|matlab|excel|spss|r studio|rstudio|github|git|software|library|libraries|packages?|modules?|framework|docker|jupyter|powerpoint|latex|overleaf|in r|in c\+\+)\b/iu,
  ],
  [
    'process',
    /\b(?:draft|proposal|peer review|revise|proofread|sign up|register|meet with|attend|bring|arrive|approved|approval|clone|commit|rehearse|practi[cs]e|office|evaluation form|interview schedule|watch|read|visit|week|before (?:you|class)|complete the)\b/iu,
  ],
  [
    'method',
    /\b(?:measure|interview|survey|experiment|collect|sample|tests?|trials?|replicate|simulate|data set|dataset|memory|seconds|consent|method|procedure|calibrate|participants)\b/iu,
  ],
  [
    'structure',
    /\b(?:introduct\w+|conclusion|sections?|headings?|organi[sz]e|order|thesis statement|appendix|paragraphs?|table of contents|structure|part|arrange|leave|discussion section)\b/iu,
  ],
]

/** What sort of demand a clause makes, judged by what it counts, the things it names and the heading above it. */
export function classifyKind(clause: string, quantities: readonly Quantity[], title = ''): Kind {
  const text = clause.replace(/[*_`]/gu, '')
  const command = stripLead(text)
  if (ORDER_VERB.test(command)) return 'structure'
  if (CONTENT_VERB.test(command)) return 'content'
  if (COSTS.test(text)) return 'grading'
  if (LATE_TITLE.test(title)) return 'policy'
  const measured = quantities.some(({ unit }) => LENGTH_UNITS.has(unit))
  if (/^\s*(?:length|word (?:count|limit)|page (?:count|limit))\b/iu.test(text)) return 'length'
  if (IS_ARTEFACT.test(text)) return 'deliverable'
  if (MAKES.test(text) && !/\bpartner|classmate/iu.test(text)) return 'deliverable'
  if (
    measured &&
    /^(?:(?:about|approximately|at least|at most|no more than|between|max\S*|min\S*)\s)?[\d,.]+(?:\s?(?:[-–]|to|and)\s?[\d,.]+)?\s(?:words|pages|minutes|slides|characters)\b/iu.test(
      text,
    )
  )
    return 'length'
  if (measured && /^(?:the|your) (?:\p{L}+ )?\p{L}+ (?:is|will be|has|runs)\b/iu.test(text)) return 'length'
  if (measured && WHOLE_LENGTH.test(text) && !PART_LENGTH.test(text.split(/\d/u)[0] ?? '')) return 'length'
  return KINDS.find(([, form]) => form.test(text))?.[0] ?? (measured ? 'length' : 'content')
}
