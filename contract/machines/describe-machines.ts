import { MAX_RETRIES } from '../handoff/advance.ts'
import { MAX_ROLLBACKS, MAX_ROLLBACKS_PER_EDGE } from '../handoff/rollback.ts'
import type { Machine } from './machine.ts'
import { allowedMoves, MACHINES, type MachineName } from '../machines.ts'
import { planControls } from '../execution/plan-controls.ts'
import { STATE_DUTIES } from '../roles.ts'

const ABOUT: { readonly [M in MachineName]: string } = {
  workspace:
    'An assignment and its plan. A reprocess always brings a new generation, which is what lets running follow running.',
  job: 'One durable run of anything. A retry is a new job, so nothing leads out of an ended one.',
  worker: 'The supervised execution of one job, which stays RUNNING while its worker is paused.',
  plan: 'A masterplan under review and in execution. `supersede` is a reprocess of its assignment, the one thing that cancels a draft; `retry` takes up a failed plan, `reopen` follows the retry of one task.',
  task: 'One task of a masterplan. `try_again` is the automatic retry, which in progress counts without a move; `retry` is the one a person asks for, and brings fresh automatic ones.',
  handoff: `A build handed on between five roles. Work is sent back ${MAX_RETRIES} times at most, the next time the build stops with RETRIES_EXHAUSTED. An operator may roll a build back to an earlier phase outside this table, ${MAX_ROLLBACKS_PER_EDGE} times over the same way and ${MAX_ROLLBACKS} times altogether; the next time it stops with NON_CONVERGENCE. A recovery leads to the phase that failed or an earlier one.`,
}

/** A Markdown table with its columns padded, as the formatter leaves it. */
function table(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, column) =>
    Math.max(3, ...rows.map((row) => row[column]?.length ?? 0)),
  )
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`
  const [head, ...body] = rows.map((row) =>
    line(widths.map((width, column) => (row[column] ?? '').padEnd(width))),
  )
  return [head, line(widths.map((width) => '-'.repeat(width))), ...body].join('\n')
}

function diagram({ initial, moves }: Machine<string, string>): string {
  const lines = moves.map(({ from, to, on }) => `    ${from} --> ${to}: ${on}`)
  return ['```mermaid', 'stateDiagram-v2', `    [*] --> ${initial}`, ...lines, '```'].join('\n')
}

function describe(name: MachineName): string {
  const machine: Machine<string, string> = MACHINES[name]
  const { states, moves } = machine
  const allowed = states.reduce((sum, state) => sum + allowedMoves(name, state).length, 0)
  const rows = moves.map(({ from, on, to, kind, when }, index) => [
    `${index + 1}`,
    from,
    on,
    to,
    kind,
    when?.replace('_', ' ') ?? '',
  ])
  const refused = states.length ** 2 - allowed
  return [
    `## ${name}`,
    ABOUT[name],
    `${states.length} states; ${allowed} of their pairs are moves, the other ${refused} are refused.`,
    diagram(machine),
    table([['#', 'from', 'on', 'to', 'kind', 'only with'], ...rows]),
  ].join('\n\n')
}

function describeControls(): string {
  const rows = MACHINES.plan.states.map((state) => {
    const { recovery_options, ...flags } = planControls(state)
    const can = Object.entries(flags).flatMap(([name, is]) => (is ? [name] : []))
    return [state, recovery_options.join(', '), can.join(', ')]
  })
  return table([['plan', 'recovery_options', 'true'], ...rows])
}

function describeDuties(): string {
  const rows = MACHINES.handoff.states.map((state) => {
    const { owner, actor, description } = STATE_DUTIES[state]
    return [state, owner ?? '–', actor ?? '–', description]
  })
  return table([['state', 'owner', 'who acts', 'what is going on'], ...rows])
}

/** All machines as a Markdown page: diagram and table of moves for each, and what depends on the states of some. */
export function describeMachines(): string {
  const names = Object.keys(MACHINES) as MachineName[]
  return `${[
    '# State machines',
    'Written from the tables in [`contract/`](../contract/machines.ts), by the command that its test prints; do not edit. An event that a state does not list is refused, and so is the same state again unless it is listed.',
    ...names.map(describe),
    '## What a person can do with a plan',
    describeControls(),
    '## Who acts in a hand-off',
    describeDuties(),
  ].join('\n\n')}\n`
}
