// Prints how the rules read the marked passages: node activities/llm/offline/distill/policies/measure.ts
import { loadPassages } from './load-passages.ts'
import { confusionTable, scorePassages } from './score-passages.ts'

for (const set of loadPassages()) {
  const score = scorePassages(set)
  const right = score.reads.length - score.wrong.length
  const misread = score.wrong.map(
    ({ passage, level, quote }) => `  ${passage.id}: marked ${passage.level}, read ${level} “${quote}”`,
  )
  const misquoted = score.misquoted.map(
    ({ passage, quote }) => `  ${passage.id}: rests on “${passage.quote}”, quotes “${quote}”`,
  )
  const lost = score.reads.flatMap(({ passage, lost: words }) =>
    words.map((one) => `  ${passage.id}: lost the duty “${one}”`),
  )
  const asked = score.reads
    .filter(({ passage, asks }) => passage.unclear !== asks)
    .map(({ passage, asks }) => `  ${passage.id}: ${asks ? 'asks without need' : 'does not ask'}`)
  process.stdout.write(
    [
      `${set.name}: ${right} of ${score.reads.length} right (${(score.accuracy * 100).toFixed(0)} %)`,
      confusionTable(score),
      ...misread,
      ...misquoted,
      ...lost,
      ...asked,
      '',
      '',
    ].join('\n'),
  )
}
