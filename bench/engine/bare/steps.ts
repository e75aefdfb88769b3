/** Six steps, as many as a planning run has. */
export const STEPS = ['one', 'two', 'three', 'four', 'five', 'six'] as const

/** What a step is given and answers: as little as a stage of Waymark leaves in a history. */
export interface Step {
  readonly name: string
}

export const BARE_QUEUE = 'bench-bare'
export const BARE_WORKFLOW = 'sixSteps'
