// Verbs a brief commands with. Those of thought and courtesy (think, enjoy, hope) ask for no work.
const COMMANDS = `
abide accept account acknowledge acquire adapt add address adhere adjust administer aim align allow analyse analyze
annotate anonymise anonymize answer append apply argue arrange arrive articulate ask assemble assess assign attach
attend attribute audit automate avoid balance base be bear begin bind bold book bookmark borrow bracket brainstorm
bring browse build cache calculate calibrate capture carry cast catch categorise categorize check choose circle
circulate cite clarify classify clean clone close code collaborate collate collect combine come comment commit
communicate compare compile complete comply compose compress compute concentrate conclude conduct configure confirm
connect construct contain contextualise contextualize continue contrast contribute convert convey convince cool copy
correct count cover create credit critique crop cross customise customize cut cycle date deal debate debug decide declare
deduce defend define deliver demo demonstrate deploy deposit derive describe design detail determine develop devise
diagnose diagram differentiate dig download dilute disable discard disclose discuss display dispose distinguish divide document
double double-check double-space draft draw dress dry edit elaborate email embed emphasise emphasize employ enable
enclose encode encrypt end engage enrol enroll ensure enter envisage erase escape establish estimate evaluate examine
exchange exclude execute exit expand explain explore export expose express extract face feed fetch fill film filter
find finish fit flag focus fold follow footnote fork format formulate gauge generate get give glue go grade graph
group guard hand handle hash heat highlight hold honor honour host hyperlink hypothesise hypothesize identify ignore
illustrate implement import improve improvise include incorporate indent indicate infer inform initial inject input
insert inspect install integrate interpret interview introduce investigate invite italicise italicize join justify
keep label lay lead learn leave let lift light limit link list listen load locate lock log look mail maintain make map
mark master match measure meet mention merge mind mix mock model modify monitor mount move mute name narrate narrow
nominate normalise normalize note number obey observe obtain offer omit open optimise optimize order organise organize
outline package pad paint pair paraphrase parse participate paste pay perform persuade photocopy photograph pick pilot
pin pipette pitch place plan play plot plug pose post pour practice practise predict prefer prepare present press
price print prioritise prioritize process produce profile program prompt proof proofread propose protect prove provide
publish pull push put quantify quote raise randomise randomize rank read rearrange rebase rebuild rebut recommend
reconcile reconsider reconstruct record recreate recruit recycle redact redo redraw refactor refer reference refine
reflect refresh refute register rehash rehearse rehydrate relate rely remind remove rename render rent repeat rephrase
replace replicate reply report represent reproduce request reread research reserve reset resize resolve respect
respond restate restrict restructure resubmit return review revise rewatch rewrite rinse role-play rotate round run
sample save say scale scan schedule score screen scroll seal search seek select send separate serialise serialize
serve set settle shade share shoot shorten show shuffle sign simplify simulate single-space sit situate sketch skim
sleep slice smooth solder solve sort source speak specify spell split spot squash stack stage stain stand staple start
state stay steer stick stir stop store stream stretch strike strip structure study style submit substantiate suggest
sum summarise summarize supply support survey swap switch synthesise synthesize tabulate tackle tag tailor take talk
tally tape target tear tell tempt test think-aloud throw tick tidy tie tune time title titrate touch trace track trade
train transcribe transfer transform translate treat trim troubleshoot trust try turn type typeset uncover underline
undertake unpack unzip update upload use utilise utilize validate vary verify video view visit visualise visualize
vote walk warm warn wash watch wear weave weigh wire work wrap write zip zoom
`

const COMMAND_VERBS: ReadonlySet<string> = new Set(COMMANDS.trim().split(/\s+/u))

// Of these, the ones that are as often nouns: `Plot summary`, `Work turned in late`.
const NOUNS_TOO = `
address aim answer audit balance base book bracket cache check cite code comment commit contrast copy count
cover credit critique cross cut cycle date debate demo design detail display document double draft draw dress exchange
exit export extract face film filter fit focus format grade graph group hand hash heat highlight host import input
interview label lead light limit link list load lock log look map mark master match measure mention model monitor
mount move note number offer order outline package pair paste pay pilot pitch place plan play plot pose post practice
present press price print process produce profile program prompt proof quote rank read record reference register
repeat reply report request research return review rewrite round run sample scale scan schedule score screen search
set shade share show sign sketch slice sort source split stack stage stain stand start state stop store stream
structure study style sum support survey switch tag talk tape target test time title touch trace track trade train
transfer turn type update upload use video view visit vote walk wash watch work wrap zoom
`
const NOUN_VERBS: ReadonlySet<string> = new Set(NOUNS_TOO.trim().split(/\s+/u))

const IRREGULAR: Readonly<Record<string, string>> = {
  written: 'write',
  given: 'give',
  made: 'make',
  done: 'do',
  drawn: 'draw',
  taken: 'take',
  kept: 'keep',
  built: 'build',
  chosen: 'choose',
  found: 'find',
  shown: 'show',
  sent: 'send',
  read: 'read',
  set: 'set',
  put: 'put',
  left: 'leave',
  held: 'hold',
  met: 'meet',
  run: 'run',
  brought: 'bring',
  laid: 'lay',
  worn: 'wear',
  tied: 'tie',
  sewn: 'sew',
  'double-spaced': 'double-space',
  'single-spaced': 'single-space',
  split: 'split',
  submitted: 'submit',
  cited: 'cite',
}

/** Whether a word, in lower case, is a verb a brief commands with. */
export function isCommandVerb(word: string): boolean {
  return COMMAND_VERBS.has(word)
}

/** Whether such a verb, in lower case, is as often a noun. */
export function isNounToo(word: string): boolean {
  return NOUN_VERBS.has(word)
}

/** The plain verb behind a participle or an -s form (`written`, `submits`), or null when it is no command verb. */
export function baseVerb(word: string): string | null {
  const irregular = IRREGULAR[word]
  if (irregular !== undefined) return irregular
  const stems = [word.replace(/ied$|ies$/u, 'y'), word.replace(/d$|s$/u, ''), word.replace(/ed$|es$/u, '')]
  const doubled = /(?<stem>\w+?)(?<last>[bdglmnprt])\k<last>ed$/u.exec(word)?.groups
  if (doubled !== undefined) stems.push(`${doubled['stem']}${doubled['last']}`)
  return stems.find((stem) => stem !== word && COMMAND_VERBS.has(stem)) ?? null
}
