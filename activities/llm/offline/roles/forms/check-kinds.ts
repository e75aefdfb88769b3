import type { Requirement } from '../../../../../contract/requirements.ts'
import { isNamed, isSetting } from '../../distill/rank-hard.ts'
import { isLatePenalty } from '../../draft/late-penalty.ts'
import { checkNameOf } from '../../draft/name-checks.ts'
import type { Bench } from '../bench.ts'

/** How one line of the final checklist is checked: what is asked, what is noted, and when it is done. */
export interface CheckKind {
  readonly name: string
  readonly purpose: string
  readonly asks: readonly string[]
  readonly slots: readonly string[]
  readonly done: string
  /** Whether something of the work can still be mended for it. */
  readonly mends: boolean
}

const kind = (
  name: string,
  purpose: string,
  asks: readonly string[],
  slots: readonly string[],
  done: string,
  mends = true,
): CheckKind => ({ name, purpose, asks, slots, done, mends })

const DAY = kind(
  'Your own time for it',
  'Be done before the clock decides.',
  [
    'When will you upload, counted back from this time?',
    'What could stop you then, and what do you do about it?',
  ],
  ['I upload on', 'If something stops me'],
  'You have set a time of your own that is earlier, and you know what you do if the upload fails.',
  false,
)
const LATE = kind(
  'If it comes late',
  'Know what it costs before you decide anything.',
  ['What would one day cost you?', 'Whom do you have to ask, and before when?'],
  ['One day costs', 'I ask'],
  'You know what being late costs and what you would have to do first.',
  false,
)
const EARLIER = kind(
  'Was it done on its day',
  'What was due on the way cannot be made up for at the end.',
  [
    'On which day was it done, and what shows it?',
    'If it was missed: whom do you tell, and what can still be done?',
  ],
  ['Done on', 'Shown by'],
  'You can show that it was done on its day, or have told your instructor.',
  false,
)
const CHOICE = kind(
  'Which one it is',
  'Keep to one, so that a reader sees which.',
  ['Which one did you take?', 'Where does the work say so, and does anything of another one stand in it?'],
  ['Taken', 'Said at'],
  'You can show that you keep to one of them, and where you say which.',
)
const FILE = kind(
  'What you hand in',
  'Look at the thing you upload, not at the one you worked in.',
  [
    'What are the files called, and what kind are they?',
    'What do you see when you open them on another machine?',
  ],
  ['Files', 'Opened on'],
  'You have ready what is asked for and nothing else, and you have opened it.',
)
const LENGTH = kind(
  'Count it',
  'A limit is held by counting.',
  ['What counts and what does not?', 'What does the count say?'],
  ['Counts', 'Does not count', 'Counted'],
  'You have noted the count, and it lies within what is asked.',
)
const SOURCES = kind(
  'Count and sort the sources',
  'Count only what the instructions count.',
  [
    'Which of your sources count, and of which kind is each?',
    'Which is cited in the text but not listed, or the other way round?',
  ],
  ['Counted', 'Of the kinds asked for', 'Do not count'],
  'You have counted those that count, and have enough of each kind asked for.',
)
const CITATIONS = kind(
  'Compare with the style',
  'Hold three entries of different kinds against the rules of the style.',
  ['Which page of the style guide shows it?', 'Which citation in the text breaks it?'],
  ['Entries compared', 'Differs at'],
  'You have compared an entry of each kind, and mended what differs.',
)
const LAYOUT = kind(
  'Look at the settings',
  'Look at the settings of the file and at one printed page.',
  ['What do the settings say, for each of these?', 'Does it hold on the last page as on the first?'],
  ['Settings seen', 'Pages looked at'],
  'You have seen each setting in the file you hand in.',
)
const RUN = kind(
  'Show it by a run',
  'What a program does is shown by running it.',
  ['Which test or which command shows each of these?', 'What came out, and on which machine?'],
  ['Test or command', 'Came out', 'Machine'],
  'You have seen the outcome of a run for each of these.',
)
const RULES = kind(
  'What you did',
  'Say it as it was.',
  ['What did you use or agree, and for what?', 'Where does the work declare what has to be declared?'],
  ['Used', 'Declared at'],
  'You can say what you used, and what has to be declared is declared.',
)
const RUBRIC = kind(
  'Where it is served',
  'Point to places, not to intentions.',
  ['Which place of the work would you show for it?', 'What would a reader miss there?'],
  ['Shown at', 'Missing there'],
  'You can point to at least one place of the work that serves it.',
)
const PLACE = kind(
  'Where to look',
  'Look at the place itself and not at your memory of it.',
  ['Which place of the work shows it?', 'How would somebody look who wants to find it missing?'],
  ['Seen at'],
  'You have seen the place in what you hand in.',
)

const BY_NAME = {
  Contents: PLACE,
  Documents: PLACE,
  Form: PLACE,
  Sources: SOURCES,
  Citations: CITATIONS,
  Layout: LAYOUT,
  Length: LENGTH,
  Tests: RUN,
  'How it is made': PLACE,
  'Handing in': FILE,
  Conduct: RULES,
} as const

const BY_LINE: readonly (readonly [RegExp, CheckKind])[] = [
  [/^(?:Due |Canvas closes |Canvas accepts work from |Canvas checkpoint )/u, DAY],
  [/^Choose one of: /u, CHOICE],
  [/^(?:Hand in as|File types Canvas accepts): /u, FILE],
  [/^Rubric “/u, RUBRIC],
  [/^AI tools: /u, RULES],
  [/^Citations: /u, CITATIONS],
  [/^Sources: /u, SOURCES],
  [/^Tests: /u, RUN],
]

function kindOfDemand(requirement: Requirement, isProgram: boolean): CheckKind {
  if (isLatePenalty(requirement)) return LATE
  if (requirement.kind === 'deadline') return DAY
  if (requirement.kind === 'process') return isNamed(requirement) ? RUN : EARLIER
  if (isNamed(requirement)) return isProgram ? RUN : PLACE
  if (isSetting(requirement) && checkNameOf(requirement) === 'Form') return LAYOUT
  return BY_NAME[checkNameOf(requirement)]
}

/** How the line of a final check is checked: by how it begins, else by the demand it rests on. */
export function checkKindOf({ input, own, genre }: Bench): CheckKind {
  const line = input.subject.validation[0]?.text ?? input.subject.title
  const [first] = own
  const byLine = BY_LINE.find(([sign]) => sign.test(line))?.[1]
  if (byLine !== undefined) return byLine
  return first === undefined ? PLACE : kindOfDemand(first, genre === 'programming')
}
