import type { Requirement } from '../../../../contract/requirements.ts'

type Kind = Requirement['kind']
type Subject = (typeof SUBJECTS)[number][0]

/** What a requirement or a criterion is about: the kind it was given, or a subject its words name. */
export type Topic = Kind | Subject

// The more telling subject stands first: a test report is about tests before it is about results.
const SUBJECTS = [
  [
    'preparation',
    /\bpreparation sheets?\b|\bpre-?lab\b|\bwithout (?:it|them) you (?:may|can)(?:not| not) (?:start|begin|enter|take part)\b|\bbefore you (?:start|begin|enter|go in)\b(?! (?:to |your |the )*(?:writ|draft|analy))|\bcan be borrowed\b|\bborrow (?:the|your|a|them|it)\b|\breserve (?:the|your|a|them|it)\b|\bbook (?:the|your|a) (?:lab|slot|bench|instrument|meter|room|session)\b/i,
  ],
  [
    'safety',
    /\b(?:nobody|no one|never|do not|don['’]t) (?:works?|go(?:es)?|enters?) (?:in the (?:lab|field) )?alone\b|\bleave the (?:room|lab|building)\b|\bcall (?:extension|security|an ambulance)\b|\bgoggles\b|\blab coats?\b|\bclosed[- ]toe\b|\bfume hood\b|\bdo not (?:open|touch|exceed|enter|heat|look into)\b[^.]{0,60}(?:\boven\b|\bwater\b|\bvalves?\b|\bbeam\b|\blaser\b|\d ?°C|\bvolts?\b|\bhot\b)|\bclosed (?:whenever|when|if)\b/i,
  ],
  [
    'measuring',
    /^(?:please )?(?:survey|photograph|weigh|calibrate) |^(?:please )?take (?:every|all|each|the|at least|\w+) (?:[\p{L}-]+ ){0,2}(?:measurements?|readings?|samples?|series)\b|^(?:please )?(?:measure|record) (?!how|that|why)|\blab(?:oratory)? (?:note)?book\b|\bloose sheets?\b|\bthermometer\b|^wait \d+|\bwait \d+ minutes\b|\breduce the step\b|\bstep size\b|\b(?:two|three|four|five|\d+) (?:visits|sites|sessions|replicates|plots)\b|\bin the field\b|\bput them back\b|\bpreserve (?:animals|specimens|samples)\b|\bwaterproof\b|\bleave the site\b|^each (?:site|sample|plot|run|trial|reading|visit) |\bmake-up day\b/iu,
  ],
  [
    'asking',
    /\bask (?:me|us|your|the) |\boffice hours\b|\b(?:by|send an?) e-?mail\b|\be-?mail me\b|\b(?:write to|contact) (?:me|us|your|the)\b|\bbring (?:your |any )?questions\b/i,
  ],
  [
    'reading',
    /\bread (?:it|this|them|the (?:brief|sheet|instructions)) (?:to the end|through|carefully|first)\b/i,
  ],
  [
    'lateness',
    /\blate\b.{0,60}\b(?:lose[sd]?|points|percent|accept\w*|penal\w+|deduct\w*|receive)\b|\bpenalt\w+|\bextensions?\b(?! \d)/i,
  ],
  [
    'peer_review',
    /\bpeer[- ]?review(?!ed)\w*|\breview (?:your|a|the) (?:peer|classmate)|\bpartner['’]s (?:draft|work)\b|\bexchange drafts\b/i,
  ],
  [
    'drafting',
    /\b(?:rough|first|printed|complete|full) draft\b|\bdraft of\b|\bcopies of (?:your|the) (?:opening|introduction|first)\b/i,
  ],
  [
    'choosing',
    /\bboth (?:of the )?(?:options|prompts|questions)\b|\bonly one (?:of the )?(?:option|prompt)s?\b/i,
  ],
  [
    'replies',
    /\brepl(?:y|ies|ying)\b|\brespon(?:d|ses?)\b.{0,40}\b(?:classmates?|peers?|posts?|students?)\b/i,
  ],
  [
    'setup',
    /\bclone\b|\bset ?up\b|\binstall\w*|\bcompil(?:e|es|er)\b|\bstandard library\b|\bwrite in (?:C|Rust|Python|Java)\w*|\bcargo clippy\b|\bserialisation library\b|\bstarter\b|\brepository\b/i,
  ],
  ['tests', /\btest(?:s|ed|ing)?\b|\bcoverage\b|\bcases\b|\bedge case\b|\byour TA\b/i],
  ['docs', /\breadme\b|\b[\w-]+\.md\b|\bdocument(?:ation|ed)\b|\bcomment(?:s|ed)\b|\bdocstrings?\b/i],
  [
    'citations',
    /\bcit(?:e|ed|es|ing|ations?)\b|\b(?:MLA|APA|IEEE|Chicago|Harvard)\b|\breferences?\b|\bbibliograph\w*|\bworks cited\b|\bfootnotes?\b|\bplagiari\w+/i,
  ],
  ['annotations', /\bannotat\w+/i],
  [
    'sources',
    /\bsources?\b|\bscholarly\b|\bpeer-reviewed\b|\barticles?\b|\bjournals?\b|\bdatabases?\b|\blibrary\b|\bbooks?\b|\bliterature\b/i,
  ],
  ['slides', /\bslides?\b|\bposters?\b|\bvisual aids?\b|\bvisuals\b/i],
  [
    'delivery',
    /\brehears\w+|\bdeliver(?:y|ed)?\b|\beye contact\b|\bspeak\w*|\bvoice\b|\bpace\b|\baudience\b/i,
  ],
  ['figures', /\bfigures?\b|\btables?\b|\bgraphs?\b|\bplots?\b|\bcharts?\b/i],
  // To draw a conclusion is to think, not to write one.
  [
    'abstract',
    /\babstract\b|\bintroduction\b|(?<!\b(?:draw|drew|reach|jump to|come to)(?: an?| any| the| your)? )\bconclusions?\b(?! from\b)/i,
  ],
  ['method', /\bmethods?\b|\bmethodology\b|\bprocedures?\b|\bapparatus\b/i],
  [
    'data',
    /\bdata\b|\braw values\b|\blaboratory\b|\blab (?:book|notes?|notebook)\b|\breadings?\b|\bthermometer\b|\d ?°C\b|\bdatasets?\b|\bmeasure\w*|\bexperiments?\b|\bobservations?\b/i,
  ],
  [
    'analysis',
    /\bcalibration curves?\b|\banaly[sz]\w+|\bcalculat\w+|\bresults?\b|\buncertaint\w+|\berrors?\b|\bdiscuss\w*/i,
  ],
  [
    'question',
    /\bthesis\b|\bresearch question\b|\btopics?\b|\bargu\w+|\bposition\b|\bclaims?\b|\bhypothes[ie]s\b/i,
  ],
  ['outline', /\boutlines?\b|\bproposals?\b|\bstoryboard\b|\borgani[sz]ation\b|\bstructure\b/i],
  ['design', /\bdesign\w*|\barchitecture\b|\bdiagrams?\b|\bclass(?:es)?\b|\binterfaces?\b/i],
  [
    'code',
    /\bcod(?:e|ing)\b|\bfunctions?\b|\bmethod\b|\bprogram\w*|\bimplement\w*|\balgorithms?\b|\bcorrectness\b/i,
  ],
  ['language', /\bgrammar\b|\bspelling\b|\bproofread\w*|\bclarity\b|\bmechanics\b|\btone\b|\bstyle\b/i],
] as const satisfies readonly (readonly [string, RegExp])[]

// What these say is settled by their kind; a file name that says "code" is still about handing in.
const SETTLED = new Set<Kind>([
  'submission',
  'deadline',
  'policy',
  'grading',
  'length',
  'format',
  'collaboration',
])

/** Subjects named in a text, the most telling first. */
export function findSubjects(text: string): readonly Subject[] {
  return SUBJECTS.filter(([, pattern]) => pattern.test(text)).map(([subject]) => subject)
}

// Said once, these decide: a late penalty is about handing in whatever kind it was given.
const DECISIVE = new Set<Subject>(['asking', 'reading', 'lateness', 'peer_review', 'drafting', 'choosing'])
// A part with a length of its own is about that part, not about the length of the whole.
const PARTS = new Set<Subject>(['abstract', 'docs', 'replies', 'annotations', 'slides'])
const LENGTH_UNIT = /^(?:words?|pages?)$/i
// What is counted in these is written into the work, even where it was taken for a step on the way.
const WRITTEN_UNIT = /^paragraphs?$/i
const KNOWN_AT_THE_END = /\b(?:word|page|character) ?counts?\b/i
const THING =
  /^(?:an?|one|two|three) (?:[\p{L}-]+ ){0,2}(?:tables?|graphs?|charts?|plots?|diagrams?|proofs?)\b/iu

// "In NOTES.md include a table" is met where that document is written.
const IN_A_DOCUMENT = /^(?:in|into|to) (?:the |your )?(?:[\w-]+\.md|readme)\b/iu

// Replies are written where replies are, even when the sentence is about their length or about classmates.
const IN_THE_LAB: readonly Subject[] = ['preparation', 'safety', 'measuring']
const DECISIVE_HERE: Partial<Record<Kind, ReadonlySet<Subject>>> = {
  collaboration: new Set(['replies', ...IN_THE_LAB]),
  length: new Set([...PARTS, ...IN_THE_LAB]),
  format: new Set(IN_THE_LAB),
}

type About = Pick<Requirement, 'kind' | 'statement' | 'quantities'>

function isLength({ kind, quantities }: About, subjects: readonly Subject[]): boolean {
  if (kind !== 'deliverable' && kind !== 'content') return false
  return (
    quantities.some(({ unit }) => LENGTH_UNIT.test(unit)) && !subjects.some((subject) => PARTS.has(subject))
  )
}

/** What shows only in the finished text is no layout to set up: a figure, its caption, a count. */
function topicsOfForm({ statement }: About, subjects: readonly Subject[]): readonly Topic[] {
  if (subjects.includes('citations')) return ['citations', 'format']
  if (subjects.includes('figures')) return ['figures', 'format']
  if (subjects.includes('tests')) return ['tests', 'format']
  return KNOWN_AT_THE_END.test(statement) ? ['language', 'format'] : ['format']
}

/** What a requirement is about, the most telling topic first, its kind last. */
export function topicsOf(requirement: About): readonly Topic[] {
  const { kind } = requirement
  const subjects = findSubjects(requirement.statement)
  const decisive = subjects.filter((subject) => DECISIVE.has(subject) || DECISIVE_HERE[kind]?.has(subject))
  if (decisive.length > 0) return [...decisive, kind]
  if (kind === 'format') return topicsOfForm(requirement, subjects)
  if (kind === 'process' && requirement.quantities.some(({ unit }) => WRITTEN_UNIT.test(unit)))
    return ['content', kind]
  if (isLength(requirement, subjects)) return ['length', kind]
  // A thing to be made is made where such things are, though it is asked for among what to hand in.
  if (
    kind === 'submission' &&
    (THING.test(requirement.statement) || IN_A_DOCUMENT.test(requirement.statement))
  )
    return [...subjects, kind]
  return SETTLED.has(kind) ? [kind] : [...subjects, kind]
}
