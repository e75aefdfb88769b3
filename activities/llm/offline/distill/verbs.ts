// Verbs a brief commands with. Those of thought and courtesy (think, note, enjoy, come, email) ask for no work.
const COMMANDS = `
abide accept account acknowledge acquire adapt add address adhere adjust administer align allow analyse analyze annotate
answer append apply argue arrange arrive articulate ask assemble assess assign attach attend attribute audit automate
balance base be begin brainstorm bring build calculate calibrate capture categorise categorize check choose circulate
cite clarify classify clean clone close code collaborate collate collect combine comment commit communicate compare
compile complete compose compress compute conclude conduct configure confirm connect construct contain contextualise
contextualize continue contrast contribute convert convey convince copy correct count cover create credit critique
debate debug deduce define defend deliver demonstrate deploy derive describe design detail determine develop devise
diagnose diagram differentiate disclose discuss display distinguish divide document double-check double-space draft draw
edit elaborate embed employ end engage ensure establish estimate evaluate examine exchange execute exit expand explain
explore export express extract fill find finish fit focus follow format formulate fork generate get give graph group
handle hand hold hyperlink highlight hypothesise hypothesize identify illustrate implement import improve include incorporate
indent indicate infer inform insert inspect install integrate interpret interview introduce investigate invite join
justify keep label lay leave limit link list load locate log maintain make map mark match measure meet mention model
modify monitor name narrate number observe obtain offer open optimise optimize organise organize outline paraphrase
participate paste perform pick place plan plot post practise practice predict prepare present print process produce
program proofread propose prove provide publish pull push put quantify quote randomise randomize rank read rearrange
recommend reconstruct record refute rebut restructure recreate reference refer refine reflect register rehearse rename render repeat rephrase replicate reply report
represent reproduce request research resolve respond restate restrict return review revise rewrite run sample save say scan
schedule select send separate set share show sign simplify simulate single-space situate sketch solve sort specify speak
split stage staple start state stay stick store structure study submit substantiate suggest summarise summarize supply
support survey synthesise synthesize tabulate tag take tackle tell test time title trace track train transcribe translate treat
turn type uncover undertake update upload use utilise utilize validate verify view visit visualise visualize watch weigh work wrap write
`

const COMMAND_VERBS: ReadonlySet<string> = new Set(COMMANDS.trim().split(/\s+/u))

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

/** The plain verb behind a participle or an -s form (`written`, `submits`), or null when it is no command verb. */
export function baseVerb(word: string): string | null {
  const irregular = IRREGULAR[word]
  if (irregular !== undefined) return irregular
  const stems = [word.replace(/ied$|ies$/u, 'y'), word.replace(/d$|s$/u, ''), word.replace(/ed$|es$/u, '')]
  const doubled = /(?<stem>\w+?)(?<last>[bdglmnprt])\k<last>ed$/u.exec(word)?.groups
  if (doubled !== undefined) stems.push(`${doubled['stem']}${doubled['last']}`)
  return stems.find((stem) => stem !== word && COMMAND_VERBS.has(stem)) ?? null
}
