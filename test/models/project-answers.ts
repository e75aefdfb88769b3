// What a model answers for the programming project of the sandbox, whatever it is asked about it.

/** What stands between the marks of a name in a prompt. */
export function dataOf(prompt: string, name: string): string {
  const data = new RegExp(
    `<<<data (?<mark>\\w+) ${name}>>>\\n(?<text>[\\s\\S]*?)\\n<<<end \\k<mark>>>>`,
  ).exec(prompt)
  return data?.groups?.['text'] ?? ''
}

interface Asked {
  readonly messages: readonly { readonly role: string; readonly content: unknown }[]
}

/** The prompt of a step: the first thing said to the model, also where it is told what was wrong. */
export function promptOf({ messages }: Asked): string {
  const content = messages.find(({ role }) => role === 'user')?.content
  return typeof content === 'string' ? content : ''
}

/** What a model distils that finds nothing the rules did not. */
export function distilNothing() {
  const nothing = { suspicious: [], ai_policy: { quotes: [], level: 'none_said' }, open_questions: [] }
  return { requirements: [], ...nothing, objective: 'Build what the sheet describes.', genre: 'programming' }
}

/** A way of working of two tasks that answers every requirement of the prompt. */
export function draftTwoTasks(prompt: string) {
  const requirements = dataOf(prompt, 'REQUIREMENTS')
    .split('\n')
    .map((line) => (JSON.parse(line) as { id: string }).id)
  const task = {
    criterion_ids: [],
    what: 'Work from the sheet.',
    deliverable: 'Your notes',
    done: 'It is done.',
  }
  const first = {
    ...task,
    id: 'read',
    title: 'Read the sheet',
    minutes: 20,
    requirement_ids: [],
    depends_on: [],
  }
  const rest = {
    ...task,
    id: 'build',
    title: 'Build it',
    minutes: 200,
    requirement_ids: requirements,
    depends_on: ['read'],
  }
  const milestone = (id: string, own: object) => ({
    id,
    title: 'A part',
    purpose: 'It comes here.',
    tasks: [own],
  })
  return {
    milestones: [milestone('start', first), milestone('work', rest)],
    risks: [],
    failure_modes: [],
    success: 'The work runs.',
  }
}

/** A judge who finds every claim in its quote. */
export function agree(prompt: string) {
  const claims = [...prompt.matchAll(/<<<data \w+ (?<claim>C\d+)>>>/g)]
  return {
    verdicts: claims.map(({ groups }) => ({
      claim: groups?.['claim'],
      reason: 'It says so.',
      verdict: 'entailed',
    })),
  }
}
