import { sayMany } from './hold-count.ts'
import { met, notAssessed, notMet, type Check, type ReadWork } from './rule-check.ts'

// Straight quotation marks, typographic ones, and those of other languages.
const QUOTED = /["“„«](?<phrase>[^"“”„«»]{3,60})["”“»]/gu
const NOT_ENOUGH =
  /\b(?:not (?:be )?(?:enough|sufficient)|insufficient|(?:does|do|will) not (?:suffice|count|do)|is not an? \p{L}+)\b/iu
// Words are banned, not the work that bears them: "do not write “in conclusion”" and not "do not retell “The Lottery”".
const BANNED =
  /(?:\b(?:do not|don['’]t|never|avoid|(?:must|may|should) not|no (?:sentences?|paragraphs?|essays?|openings?|phrases?|introductions?|conclusions?))\b[^"“„«.;]{0,40}?\b(?:us(?:e|ing|es)|writ(?:e|ing|es)|say(?:ing|s)?|begin(?:ning|s)?|start(?:ing|s)?|open(?:ing|s)?|end(?:ing|s)?|contain(?:ing|s)?|include|including)(?: (?:with|by|in|the|an?|any|phrases?|words?|sentences?|expressions?|such as|like|writing|saying|it|your|essay|paper|paragraphs?)){0,5} ?)(?=["“„«])/iu
const BEGINS = /\b(?:begin|start|open)(?:s|ning|ing)?\b/iu
const LEAST_WORDS = 2

const fold = (text: string): string =>
  text
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()

/** Phrases a rule quotes; one word alone is a term and not a phrase. */
function phrasesOf(statement: string): readonly string[] {
  return [...statement.matchAll(QUOTED)]
    .map(({ groups }) => (groups?.['phrase'] ?? '').replace(/[\s.,…]+$/u, '').trim())
    .filter((phrase) => fold(phrase).split(' ').length >= LEAST_WORDS)
}

function findPhrase(phrase: string, isFirst: boolean, { outline }: ReadWork) {
  const wanted = fold(phrase)
  return outline.paragraphs.filter(({ text }) => {
    const own = ` ${fold(text)} `
    return isFirst ? own.startsWith(` ${wanted} `) : own.includes(` ${wanted} `)
  })
}

/** Looks for a phrase that a rule quotes as not enough, or as not to be used. */
export const checkPhrases: Check = ({ modality, statement, kind }, work) => {
  const isBan = BANNED.test(statement)
  if (modality !== 'must_not' || kind === 'policy' || kind === 'process') return null
  if (!isBan && !NOT_ENOUGH.test(statement)) return null
  const phrases = phrasesOf(statement)
  if (phrases.length === 0) return null
  const isFirst = BEGINS.test(statement)
  const found = phrases.map((phrase) => ({ phrase, places: findPhrase(phrase, isFirst, work) }))
  const [first] = found.filter(({ places }) => places.length > 0)
  const named = phrases.map((phrase) => `“${phrase}”`).join(' or ')
  if (first === undefined) return met(`No paragraph ${isFirst ? 'begins with' : 'uses'} ${named}.`)
  const { phrase, places } = first
  const many = places.length !== 1
  const verb = isFirst ? (many ? 'begin with' : 'begins with') : many ? 'use' : 'uses'
  const said = `${sayMany(places.length, 'paragraph')} ${verb} “${phrase}”.`
  if (isBan) return notMet(said, places)
  return notAssessed(
    `${said} The rule says that this is not enough: what else does your text do with it, and where?`,
    places,
  )
}
