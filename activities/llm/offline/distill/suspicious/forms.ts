const MACHINE = String.raw`(?:ai|a\.i\.|artificial intelligence|(?:large )?language model|llm|chat-?bot|chat ?gpt|gpt-?\d?|claude|gemini|copilot|(?:ai|virtual|planning|automated|helpful|digital) (?:assistant|planner|grader|tutor|reviewer|agent|tool|system|reader)|assistant model|ai (?:agent|system|model|tool|grader|reader)|bot|waymark|(?:ai|text|document|automated) (?:parser|summari[sz]er|processor)|machine reader)s?`
const RULES = String.raw`(?:instructions?|prompts?|rules?|messages?|guidelines|directions?|directives?|commands?|safeguards?|restrictions?|training|context)`

/** Ways to speak to a machine in English. */
const ENGLISH: readonly RegExp[] = [
  new RegExp(
    String.raw`\b(?:ignore|disregard|forget|override|bypass|discard|neglect|drop)\b[^.!?]{0,40}\b(?:previous|prior|above|earlier|preceding|all|any|your|system|existing|foregoing|original|former)\b[^.!?]{0,30}\b${RULES}\b`,
    'iu',
  ),
  new RegExp(
    String.raw`\bas an? ${MACHINE}(?: (?:language )?model| assistant| system| agent)?,? (?:you|please|do not|never|always|must|your|i |give|write|add|include|output)\b`,
    'iu',
  ),
  new RegExp(
    String.raw`\b(?:if|since|because|when) you(?:'re| are)(?: (?:an?|the|some))? (?:[\p{L}-]+ ){0,2}${MACHINE}\b`,
    'iu',
  ),
  new RegExp(
    String.raw`\b(?:attention\s?[:,]?(?: (?:to|for))?|(?:notes?|notice|message|instructions?|hint|reminder|command|memo) (?:to|for))(?: (?:all|any|the|every|whichever|our))? ${MACHINE}\b(?! (?:use|policy|tools? (?:are|may|can|is)|are|is|may|can))`,
    'iu',
  ),
  new RegExp(
    String.raw`\b(?:you are|you're|act as|pretend (?:to be|you are)|behave (?:as|like)|play) (?:now |from now on )?(?:an?|the|my) (?:[\p{L}-]+ ){0,2}${MACHINE}\b`,
    'iu',
  ),
  // "AI, please …"; a policy that begins with "AI: not allowed" is not spoken to one.
  new RegExp(
    String.raw`(?:^|[[(:“"]\s*)(?:dear |hey |hello |hi |ok |okay |@)?${MACHINE}[,:!]\s+(?:please|you|your|ignore|disregard|forget|do(?: not)?|don't|never|always|must|add|write|include|give|output|print|reply|respond|say|mark|treat|set|skip|when|stop|read this|listen)\b`,
    'iu',
  ),
  new RegExp(String.raw`^(?:dear|hey|hello|hi|attention|@) ?,? ?${MACHINE}\b`, 'iu'),
  new RegExp(
    String.raw`\b(?:any|all|every|whichever|whatever) ${MACHINE} (?:reading|processing|parsing|summari[sz]ing|planning|grading|that (?:reads?|process(?:es)?|pars(?:es)?|summari[sz]es?|grades?|plans?))\b`,
    'iu',
  ),
  new RegExp(
    String.raw`\b(?:read|processed|parsed|summari[sz]ed|graded|planned|seen) by (?:an?|the|any) ${MACHINE}\b[^.!?]{0,60}\b(?:must|should|then|add|write|include|output|say|give|ignore)\b`,
    'iu',
  ),
  new RegExp(
    String.raw`\b${MACHINE} (?:must|should|shall|has to|is to|are to|will) (?:now |always |never |instead |also )*(?:ignore|disregard|output|print|reply|respond|reveal|give (?:full|top|every)|award|insert|append|include the (?:word|phrase|link|line)|mark (?:all|every)|report (?:all|no)|treat)\b`,
    'iu',
  ),
  // Nobody is named, but only a machine is meant.
  /\b(?:whoever|whatever|any(?:one|body) (?:who|that)|anything that|any (?:software|program|script|service|process) that)\b[^.!?]{0,10}\b(?:process|read|pars|summari[sz]|scan|ingest)\w*\b[^.!?]{0,40}\bautomatically\b/iu,
  /\b(?:text|page|document|brief|sheet|file|message|passage|paragraph)\b[^.!?]{0,20}\b(?:read|processed|parsed|summari[sz]ed|scanned|ingested) by (?:an? |the |any |some )?(?:software|program|machine|computer|script|algorithm|automat\p{L}+)\b/iu,
  /\bnew (?:system )?(?:instructions?|prompt|directives?|orders?) (?:for|to) (?:the |any |every )?(?:planner|planning|assistant|system|model|summari[sz]er|parser|reader|software|agent)\b/iu,
  /\b(?:do anything now|developer mode|god mode|debug mode enabled|jail-?broken?)\b|\bnew (?:system )?(?:instructions?|prompt|directive|role|persona)\s*:/iu,
  /\b(?:from now on|henceforth),? (?:you (?:are|will|must|answer|respond|speak|only)|respond|answer only|reply|output)\b/iu,
  /\b(?:reveal|print|output|repeat|show|leak|disclose|display|recite|dump|tell me|write out|return|echo)\b[^.!?]{0,40}\b(?:system prompt|hidden prompt|initial prompt|(?:your|the) (?:system |hidden |secret |original |initial |full )+(?:instructions?|prompt|message|rules)|your (?:prompt|instructions?|configuration))\b/iu,
  /(?<!\b(?:not|never|don't) )\b(?:reveal|leak|exfiltrate|send|post|append|email|transmit|forward|include|attach|print)\b[^.!?]{0,50}\b(?:api key|access token|canvas (?:key|token)|credentials|password|environment variables?|session cookie|(?:student|user)(?:'s|s'?)? (?:name|email|data|token|key|grades?|plan))\b/iu,
  /\b(?:do not|don't|never) (?:tell|inform|alert|warn) (?:the )?(?:student|user|human|person)s?\b|\b(?:do not|don't|never) (?:mention|reveal|disclose|report|show|flag|list) (?:this|these|that|any of this) (?:message|instruction|text|note|line|passage|order|paragraph|section|prompt|comment)s?\b|\bkeep this (?:message|instruction|text|note) (?:hidden|secret)\b/iu,
  /\b(?:award|give|grant|assign|score|grade|mark)\b[^.!?]{0,60}\b(?:full marks|full points|perfect score|top score|highest (?:mark|grade|score)|100 ?%|an? a\+?)(?![\p{L}\p{N}])[^.!?]{0,50}\b(?:regardless|no matter|whatever|always|without (?:reading|checking|looking))\b/iu,
  /\b(?:mark|set|report|declare|treat|record)\b[^.!?]{0,20}\b(?:all|every|each|everything)\b[^.!?]{0,30}\b(?:requirements?|criteri(?:a|on)|checks?|milestones?|constraints?)\b[^.!?]{0,20}\b(?:done|complete[d]?|fulfilled|satisfied|met|passed|verified|optional)\b/iu,
  /\b(?:skip|disable|turn off|bypass|suspend)\b[^.!?]{0,20}\b(?:(?:safety|policy|quote|plan|source) (?:checks?|verification|validation)|guardrails?|content (?:filter|policy)|verification stage)\b/iu,
  /\b(?:the|your) (?:generated|drafted) (?:plan|summary|answer)\b|\b(?:the )?(?:plan|checklist|summary|json) (?:that )?you (?:generate|produce|draft|output|return)\b|\bwhen (?:you )?(?:generating|drafting|producing|summari[sz]ing|parsing|processing) (?:the|this|a) (?:plan|page|document|assignment|text|file|summary)\b/iu,
  /\b(?:system prompt|developer message|prompt injection payload)\b/iu,
  /\b(?:decode|decrypt|translate|execute|run|follow|obey) (?:the following|this|these) (?:base64|hex|rot13|string|code|text|bytes|payload)s?\b[^.!?]{0,60}\b(?:follow|obey|do what|execute|comply|and (?:then )?act|instructions?)\b/iu,
]

/** The same order, to leave all rules behind or to be a machine, in other languages. */
const OTHER_LANGUAGES: readonly RegExp[] = [
  /\b(?:ignorier|vergiss|vergesst|missacht|uberge|übergeh)\w*\b[^.!?]{0,50}(?:anweisung|instruktion|regeln|vorgaben|befehl)|\b(?:als|du bist (?:jetzt |nun )?(?:eine?)?) ?(?:ki|sprachmodell|ki-(?:assistent|system|modell))\b|\bhinweis an (?:die |alle |jede )?ki\b/iu,
  /\b(?:ignor[aeá]\w*|olvid[aeá]\w*|haz caso omiso)\b[^.!?]{0,50}(?:instrucci[oó]n|reglas|indicaci[oó]n|[oó]rdenes)|\b(?:como|eres (?:ahora )?una?) (?:ia|modelo de lenguaje|inteligencia artificial)\b/iu,
  /\b(?:ignore[rz]?|oublie[rz]?|ne tene?z? (?:pas|aucun) compte)\b[^.!?]{0,50}(?:instructions|consignes|r[eè]gles|directives)|\ben tant qu['e’] ?(?:une? )?(?:ia|mod[eè]le de langage|intelligence artificielle)\b/iu,
  /\b(?:ignora|dimentica|trascura)\w*\b[^.!?]{0,50}(?:istruzion|regole|indicazion)|\b(?:come|sei (?:ora )?un)['a]? ?(?:ia|modello linguistico|intelligenza artificiale)\b/iu,
  /\b(?:ignore|ignorem?|esque[cç]a\w*|desconsidere)\b[^.!?]{0,50}(?:instru[cç][oõ]es|regras|orienta[cç][oõ]es|comandos)/iu,
  /\b(?:negeer|vergeet)\b[^.!?]{0,50}(?:instructies|regels|aanwijzingen|opdrachten)/iu,
  /(?:zignoruj|pomi[nń]|zapomnij)\w*[^.!?]{0,50}(?:instrukcj|polece[nń]|zasad|wskaz[oó]w)/iu,
  /[oö]nceki[^.!?]{0,40}(?:talimat|y[oö]nerge|kural)\p{L}*[^.!?]{0,30}(?:yok say|g[oö]rmezden gel|unut)/iu,
  /(?:игнориру|забуд|пренебре|не обращай)\p{L}*[^.!?]{0,50}(?:инструкц|указани|правил|команд)/iu,
  /(?:忽略|無視|无视|忘记|忘記|不要理会|不用理会).{0,16}(?:指令|指示|说明|說明|提示|规则|規則|命令)/u,
  /(?:指示|命令|ルール|プロンプト|指令).{0,12}(?:無視|忘れ)/u,
  /(?:지시|명령|지침|규칙|프롬프트).{0,12}(?:무시|잊)/u,
  /(?:تجاهل|انس[َى]?|أهمل)\p{L}*.{0,40}(?:التعليمات|الأوامر|القواعد|تعليمات|أوامر)/u,
  /(?:निर्देश|नियम|आदेश)\p{L}*.{0,30}(?:अनदेखा|भूल|नज़रअंदाज़|उपेक्षा)/u,
]

/** Marks of the protocols in which machines are spoken to, and of the form this service's own data has. */
const MARKS: readonly RegExp[] = [
  /<\|(?:im_start|im_end|system|user|assistant|endoftext|begin_of_text|eot_id)[^>]*\|?>|\[\/?INST\]|<<\/?SYS>>|<<<\s?(?:end|data)\b|<\/?(?:system|instructions?|data|document|untrusted|context)(?:_prompt|_message)?>/iu,
  /^\s*#{0,4}\s*(?:system|assistant|developer|human|user)(?: (?:message|prompt|instruction)s?| override)?\s*:\s*(?:you|ignore|disregard|new|override|the (?:student|user|assistant|model)|all|from now|set|mark|sure|of course|certainly|okay|ok|here|i |please|can you|great|write|now|yes|understood)\b/imu,
  /\b(?:begin|start|end) (?:of )?(?:the )?(?:system|hidden|secret|admin(?:istrator)?|developer|user|trusted|untrusted|assignment)(?: \w+)? ?(?:prompt|message|instructions?|data|override|document|context|input)\b/iu,
  /"role"\s*:\s*"(?:system|assistant|developer|tool)"|"(?:tool_calls|function_call|tool_use)"\s*:/iu,
]
/** Keys of the answers models give here and of the plan. */
export const OWN_KEYS =
  /"(?:ai_policy|open_questions|alternative_group|hard_constraints|criterion_scores|grading_signals|acceptance_criteria|done_definition|depends_on|requirement_ids|requirements|suspicious|milestones|verdicts?|modality)"\s*:/giu
const FEWEST_KEYS = 2
/** A picture or link whose address is to be filled in: it carries away whatever it is filled with. */
export const ADDRESS_TO_FILL =
  /!?\[[^\]\n]{0,200}\]\(\s*https?:[^)\s]{0,400}[?&#/=][^)\s]{0,200}?(?:\{|<|\[|%7b|\$\{?|[=/](?:data|secret|token|key|prompt|plan|name|email|history)\b)[^)\n]{0,200}\)?/giu
const FILLING =
  /\b(?:append|add|put|encode|insert)\b[^.!?]{0,60}\b(?:to|into|in) (?:the|this|its) (?:url|link|query|address|image(?:'s)? (?:url|address|source))\b/iu
// An instructor who takes back an earlier sheet speaks to students.
const OLD_SHEET =
  /\b(?:instructions?|rules?|directions?|guidelines|messages?)\b[^.!?]{0,30}\b(?:old|earlier|previous|printed|last|first|draft|textbook'?s?|lab manual'?s?)?\s?(?:handouts?|sheets?|versions?|e-?mails?|announcements?|syllabus|textbook|manual|chapter|page|week|year)\b/iu
// A sentence that sets such an order as its topic quotes it.
const STUDIED =
  /^(?:(?:\p{L}+ ){0,3})?(?:discuss|explain|describe|analy[sz]e|compare|evaluate|show|define|demonstrate|classify|defend|test|detect|read|report|implement|design|study|give examples?)\b[^.!?]{0,160}(?:["“'‘]|\b(?:attacks?|injections?|jailbreaks?|phrases?|examples?|how|why|whether)\b)/iu

/** Whether a text has the form of an answer that is meant to be taken for this service's own. */
export function isForged(text: string): boolean {
  return (text.match(OWN_KEYS)?.length ?? 0) >= FEWEST_KEYS
}

/** Whether a text, as written, has a mark of such a protocol or sends something away with an address. */
export function isMarked(text: string): boolean {
  return (
    isForged(text) ||
    text.search(ADDRESS_TO_FILL) !== -1 ||
    [...MARKS, FILLING].some((form) => form.test(text))
  )
}

/** Whether words are spoken to a machine, or in the forms in which machines are spoken to. */
export function speaksToMachine(text: string): boolean {
  if (isMarked(text)) return true
  const [override, ...others] = ENGLISH
  if (STUDIED.test(text)) return false
  if (override?.test(text) === true && !OLD_SHEET.test(text)) return true
  return [...others, ...OTHER_LANGUAGES].some((form) => form.test(text))
}
