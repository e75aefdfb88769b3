import type { Statement } from './statement.ts'
import { readBannedUses, readUses } from './uses.ts'

const INCLUDES =
  /^(?:and |so )?(?:this|that|it|(?:this|that|the|such an?|our) (?:ban|rule|policy|prohibition|permission|restriction|leave)) (?:also |explicitly |expressly |in particular )?(?:includes?|covers?|applies to|extends to|goes for|holds for|concerns)\b(?<what>.*)$/isu
const OWN =
  /\b(?:must|ha(?:s|ve) to|should|needs? to|(?:is|are) to) (?:\w+ )?be (?:\w+ly )?(?:your|their|the (?:student|author|team|group)'s)(?: \w+'s)? own\b(?! (?:risk|responsib|time|device|pace|discretion|judg|choice|decision))/iu

/** What a sentence adds to the rule before it, such as `This includes planning and producing outlines`. */
export function carryOn(sentence: string, before: readonly Statement[]): readonly Statement[] {
  const what = INCLUDES.exec(sentence)?.groups?.['what']
  const rule = before.findLast(({ force }) => force === 'ban' || force === 'leave')
  if (what === undefined || rule === undefined) return []
  if (rule.force === 'ban' && rule.uses.size === 0) return [rule]
  const uses = rule.force === 'ban' ? readBannedUses(what, true) : readUses(what)
  if (uses.size === 0) return []
  return [{ ...rule, uses, ...(rule.uses.size === 0 ? { isExample: true } : {}) }]
}

/** Whether a sentence of a rule on AI keeps something for the student to make: `Analysis must be your own`. */
export function keepsForStudent(sentence: string): boolean {
  return OWN.test(sentence)
}
