import { decodeHidden } from './decode.ts'
import { speaksToMachine } from './forms.ts'
import { unmask } from './unmask.ts'

// What nobody sees and yet asks for something was put there to be obeyed.
const ASKS =
  /\b(?:you|your|must|should|shall|never|always|ignore|disregard|do not|don't|please|write|include|mention|add|use|give|award|say|answer|output|respond|reply|insert|cite|submit|praise|mark|grade)\b/iu

/** Whether a passage is addressed to a machine, in plain words, in disguise or in code. */
export function isAddressed(text: string): boolean {
  if (speaksToMachine(text)) return true
  const plain = unmask(text)
  if (plain !== text && speaksToMachine(plain)) return true
  return decodeHidden(text).some(speaksToMachine)
}

/** Whether a text that no reader sees is there to be obeyed. */
export function isHiddenOrder(text: string): boolean {
  return ASKS.test(text) || isAddressed(text)
}
