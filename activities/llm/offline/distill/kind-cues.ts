import type { Requirement } from '../../../../contract/requirements.ts'

export type Kind = Requirement['kind']

/** A form that speaks for a kind, and how strongly: 3 decides, 2 says, 1 hints. */
type Cue = readonly [kind: Kind, weight: 1 | 2 | 3, form: RegExp]

/** What the words of a demand say of its kind. */
export const CUES: readonly Cue[] = [
  // What is graded, and what the grade loses.
  ['grading', 3, /\bof (?:the|your) (?:final |total |overall |course |module )*(?:grade|mark|module)\b/iu],
  [
    'grading',
    3,
    /^[\p{L} ]+(?:for )?\d+\s?%$|\bcounts? for\b|\bworth \d|\bmakes? up \d|\bat most \d+ points\b|\bweight\b/iu,
  ],
  [
    'grading',
    2,
    /\bpoints? (?:off|for|of)\b|\b(?:gets?|receives?|earns?) (?:an? )?(?:zero|no (?:mark|peer mark|credit|points))|\bloses? (?:all|up to|\d)|\bfails?\b(?! (?:its|to|on|with|at|when|because)\b)|\bexpect an? [A-F]\b/iu,
  ],

  // Rules of conduct.
  [
    'policy',
    3,
    /\b(?:plagiari\w+|academic (?:integrity|honesty|misconduct|dishonesty)|misconduct|cheating|honou?r (?:code|council))\b/iu,
  ],
  ['policy', 3, /\b(?:AI|A\.I\.|LLMs?)\b|\b[Gg]rammarly\b|\b[Aa]rtificial intelligence\b/u],
  [
    'policy',
    3,
    /\b(?:late|lateness|extensions?(?! \d)|grace period|make-?ups?|penalty|penali[sz]ed|overdue|after the deadline)\b/iu,
  ],
  [
    'policy',
    3,
    /\b(?:per|each|every|a|calendar|working) day\b[^.;]*(?:\d|late)|\d+ ?(?:%|points?|marks?)[^.;]* (?:per|a|each|for each|for every|for) (?:calendar |working |week)?(?:day|hour|week)/iu,
  ],
  [
    'policy',
    2,
    /\b(?:(?:be|is|are) (?:entirely )?(?:your|their) own\b|another course|respectful|professional|anonymi[sz]ed|confidential\w*|pseudonyms?|private individuals|identify a \p{L}+|real names|change all names|insults?|consent)\b/iu,
  ],
  [
    'policy',
    2,
    /\b(?:copy|copying|no credit|rewrite it|re-?submit|repeated (?:cases?|offen[cs]es?|violations?|submissions?|lateness|misconduct)|resubmission|such a tool|invent(?:ed|ing)?|fabricat\w+|disclos\w+)\b/iu,
  ],

  // Handing in.
  [
    'submission',
    3,
    /\b(?:submit(?:ted|s)?|upload(?:s|ed)?|hand(?:ed|s)? (?:it |them )?in\b|turn(?:ed|s)? (?:it |them )?in\b|submission)\b/iu,
  ],
  [
    'submission',
    3,
    /\b(?:via|on|to|through|in) canvas\b|\bfile ?names?\b|\bname (?:your|the) (?:file|document)|\b(?:zip|tar|archive|tarball)\b|\bpush to\b|\btext box\b|\bfile type\b/iu,
  ],
  [
    'submission',
    2,
    /\.(?:docx?|pdf|zip|ipynb|csv|pptx)\b|\bpdfs?\b|\b(?:paper|hard|printed|electronic|single) cop(?:y|ies)\b(?! of)|^one copy\b|\b(?:by email|emailed|attach(?:ed|ments?)?)\b|\bword (?:file|document)\b|\bslides to me\b/iu,
  ],
  [
    'submission',
    3,
    /\blinks? to (?:(?:an?|any|the|your|shared|google|online|cloud) )*(?:documents?|docs?|drives?|folders?|files?)\b/iu,
  ],
  ['submission', 1, /\bmax[^,;]{0,12}\bMB\b|\bfile\b|\bdue (?:on|at|in)\b|\bsigned\b/iu],

  // Look.
  [
    'format',
    3,
    /\b(?:font|margins?|spac(?:ing|ed)|single-space|double-space|indents?|times new roman|arial|calibri|\d+[- ]?(?:pt|point)\b|headers?|footers?|page numbers?|numbered pages|pages numbered|number (?:the|your) pages|title page|cover (?:page|sheet)|typefaces?|typeset|typed|handwrit\w+|hand-drawn|legible)\b/iu,
  ],
  [
    'format',
    3,
    /\b(?:captions?|captioned|labell?ed|labels?|alt(?:ernative)? texts?|clip art|animations?|bullet points|blank line|a4|a1|landscape|portrait|stapled|bound|italici[sz]ed|capitali[sz]ed|in capitals|gridlines|axis labels|error bars|decimal places|significant figures?|round(?:ed)? to|units|standard errors)\b/iu,
  ],
  [
    'format',
    2,
    /\b(?:MLA|Chicago manual|turabian|IEEE|style guide|pep 8|docstrings?|javadoc|compiler warnings|warnings|tabs|tense|first person|third person|passive voice|grid|template|markdown cells|comments?|code style|indentation|photocopied|black and white|readable|raw output|images only)\b/iu,
  ],
  ['format', 1, /\btitle\b|\bstyle\b|\blines? over\b|\bno method over\b|\bin english\b/iu],

  // Sources.
  [
    'source',
    3,
    /\b(?:sources?(?! (?:code|of (?:error|systematic|uncertaint\w+)))|citations?|cite[sd]?|references?(?! to the (?:hypoth|question))|bibliograph\w*|works cited|peer-reviewed|scholarly|footnotes?|wikipedia|encyclop\w+|abstracts in place)\b/iu,
  ],
  [
    'source',
    2,
    /\b(?:quot(?:e|es|ed|ation|ations|ing)|articles?|APA|harvard|CSE|MHRA|vancouver|authors?|secondary works|primary (?:literature|documents?)|documents|newspapers?|monographs?|websites?|journals?|readings?|databases?|literature|evidence|credit every|translate|older than \d{4}|published)\b/iu,
  ],
  ['source', 1, /\b(?:textbooks?|books?|page numbers|translation|interviews or|reports by)\b/iu],

  // Who works with whom.
  [
    'collaboration',
    3,
    /\b(?:groups? of|teams? of|in (?:groups?|teams?|pairs)|alone or|individual(?:ly)?|classmates?|every member|each member|members?|teammates?|independently|separately|bench partner|with (?:a|one|your) partner|partners?(?:'s)?|everyone speaks|everybody in the group)\b/iu,
  ],
  [
    'collaboration',
    2,
    /\b(?:groups?|teams?|pairs?|peers?|together|(?:talk|discuss)\w* (?:\p{L}+ ){0,3}with|(?:show|give|tell) (?:anyone|anybody|nobody)|(?:look at|see|use) (?:anyone|anybody|theirs|someone)|share code|your own grade)\b/iu,
  ],

  // With what.
  [
    'tool',
    3,
    /\b(?:python \d|java \d+|c17|c\+\+|gcc|typescript|matlab|excel|spss|jasp|r ?studio|docker|jupyter|powerpoint,|latex|overleaf|libraries|third-party|frameworks?|wordpress|wix|reference managers?|spreadsheet for|software|packages?|templates for)\b/iu,
  ],
  [
    'tool',
    2,
    /\b(?:python|java(?:script)?|in r\b|github|git|library|module|pandas|scikit-learn|sklearn|off limits|server side|standard library|database, with|relational|posix|compil(?:e|es|ed|er)|clippy|unsafe|any class from|site builder|system\(\))\b/iu,
  ],

  // Steps on the way.
  [
    'process',
    3,
    /\b(?:drafts?|proposal|peer review|peer evaluation|peer assessment|review sheet|sign up|register|rehears\w+|practi[cs]e|attend(?:ance)?|arrive|approv(?:ed|al)|permission|office hours|workshop|critique|conference|pre-lab|quiz|demo\b|score sheet|evaluation form|meet (?:with|the))\b/iu,
  ],
  [
    'process',
    2,
    /\b(?:bring|clone|commit(?:s)?|download|visit|watch|book a|let me know|tell me|email me|send me|ask me|swap|dress|keep a|before (?:you|the|class|session|anything else)|after the (?:session|visit)|on the topics? board|complete the|proofread|revise|week|read (?:the |pages|chapter|section|it)|in lab|in class)\b/iu,
  ],
  ['process', 1, /\b(?:read|post it|talk to|help at|log|start|check that|restart|run `)\b/iu],

  // By what way.
  [
    'method',
    3,
    /\b(?:participants|consent form|calibrat\w+|burette|micrometer|extensometer|specimens?|replicat\w+|simulat\w+|cross-validation|hyperparameters?|validation data|test data|training|missing values|trials?|kick-net|titrations?|unit tests?|test (?:class|methods?)|goggles|lab coats?|safety (?:glasses|spectacles)|gloves|closed shoes|fume hood|pipett\w+|hair longer|guard is|food and drink|waders|clamp)\b/iu,
  ],
  [
    'method',
    2,
    /\b(?:measure(?:d|ments?)?|interview|survey|experiments?|collect|samples?|tests?(?! (?:group|paper))|simulate|data ?sets?|memory|procedure|methods?\b(?! section)|statistic|under \w+ (?:seconds|minutes)|conditions|swings?|amplitude|gauge|lengths?\b.*\bcm|\d ?(?:cm|mm|mL|degrees|°C|mg)\b|valgrind|branch coverage|coverage)\b/iu,
  ],
  ['method', 1, /\b(?:record|repeat|notebook|uncertaint\w+|times|rinse|machine|water|stream|bench)\b/iu],

  // In which order.
  [
    'structure',
    3,
    /\b(?:in this order|in that order|sections?:|table of contents|contents page|thesis statement|organi[sz]ed (?:as|by)|alphabetical order|chronological|(?:introduct\w+|conclusion) (?:must|should|has|ends|begins))\b/iu,
  ],
  [
    'structure',
    2,
    /\b(?:introduct\w+|conclusion|sections?|headings?|order|appendix|paragraphs?|structure|arrange|opening|discussion section|leave (?:\p{L}+ ){1,3}(?:for|blank))\b/iu,
  ],

  // What is made.
  ['deliverable', 2, /\b(?:is required|is due)\b/iu],
]

/** What the title above a demand says of its kind when its own words say nothing. */
export const TITLE_KINDS: readonly (readonly [Kind, RegExp])[] = [
  [
    'policy',
    /\b(?:late|extensions?|integrity|plagiarism|honou?r|conduct|honesty|netiquette|ground rules|policy|policies|confidential\w*)\b|\bAI\b|\bgenerative\b/iu,
  ],
  [
    'method',
    /\b(?:safety|procedure|in the field|field ?work|measurements?|experiments?|methods?|testing|tests|participants|ethics|data|doing the lab|model|prepare)\b/iu,
  ],
  ['collaboration', /\b(?:collaborat\w+|working together|group work|teams?|partners?|groups?)\b/iu],
  ['grading', /\b(?:grading|grades?|graded|points?|marks?|marking|scoring|assessment|rubric|weights?)\b/iu],
  [
    'submission',
    /\b(?:submission|submitting|submit|hand(?:ing)?[- ]in|turn(?:ing)?[- ]in|deliverables?|upload)\b/iu,
  ],
  [
    'format',
    /\b(?:format\w*|layout|style|nuts and bolts|presentation and|technicalities|typography|slides|specs)\b/iu,
  ],
  ['source', /\b(?:sources?|references?|citations?|bibliography|literature|referencing)\b/iu],
  ['tool', /\b(?:tools?|restrictions|technical requirements|software|environment)\b/iu],
  [
    'process',
    /\b(?:process|timeline|schedule|milestones?|dates|before (?:the|you|lab)|pre-lab|getting started|steps|peer review|drafts?|on the day|after the)\b/iu,
  ],
  ['structure', /\b(?:structure|organi[sz]ation|sections|outline)\b/iu],
]
