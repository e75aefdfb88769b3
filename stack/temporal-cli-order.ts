import { type Say, StackFailure } from './stack-failure.ts'

export const TEMPORAL_CLI_VERSION = '1.8.2'

/** What looking for a CLI may use. */
export interface CliSearch {
  readonly env: Readonly<NodeJS.ProcessEnv>
  readonly say: Say
  readonly signal?: AbortSignal | undefined
}

/** Where a Temporal CLI can come from, the nearest first. */
export type CliSource = 'named' | 'path' | 'cache' | 'download' | 'go'

/** One source's answer: the program, or why it has none. */
export type CliAnswer = { readonly program: string } | { readonly refused: string }

const SOURCE_NAMES: Readonly<Record<CliSource, string>> = {
  named: 'WAYMARK_TEMPORAL_CLI',
  path: '"temporal" on PATH',
  cache: 'the copy kept in the cache folder',
  download: 'the download by the Temporal SDK',
  go: 'building it with Go',
}

/** Decides which sources to ask, in order: a program named by hand is taken or refused, never passed over. */
export function sourcesToAsk(named: string | undefined): readonly CliSource[] {
  return named ? ['named'] : ['path', 'cache', 'download', 'go']
}

/** Asks each source in turn and stops at the first program; throws StackFailure with every refusal. */
export async function firstProgram(
  sources: readonly CliSource[],
  ask: (source: CliSource) => Promise<CliAnswer>,
): Promise<string> {
  const refusals: string[] = []
  for (const source of sources) {
    const answer = await ask(source)
    if ('program' in answer) return answer.program
    refusals.push(`  - ${SOURCE_NAMES[source]}: ${answer.refused}`)
  }
  throw new StackFailure(
    [
      'no Temporal server can be started here. What was tried:',
      ...refusals,
      'Any one of these helps:',
      '  1. set TEMPORAL_ADDRESS to a Temporal server that runs already',
      `  2. put the Temporal CLI ${TEMPORAL_CLI_VERSION} or newer on PATH, or its path in WAYMARK_TEMPORAL_CLI`,
      '  3. install Go 1.21 or newer: the CLI is then built once, in about four minutes on two cores',
    ].join('\n'),
  )
}
