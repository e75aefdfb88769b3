import { fileURLToPath } from 'node:url'
import { Connection } from '@temporalio/client'
import { loadClientConnectConfig } from '@temporalio/envconfig'
import { registerSearchAttributes } from './search-attributes.ts'
import { type Say, StackFailure, reasonOf } from './stack-failure.ts'
import { SEARCH_ATTRIBUTES } from './temporal-arguments.ts'

const NO_PROFILE = fileURLToPath(new URL('./temporal/no-profile.toml', import.meta.url))
const CONNECT_TIMEOUT_MS = 10_000
// Temporal's own default profile is not among them: nobody means a production server by `npm start`.
const CHOOSING_VARIABLES = ['TEMPORAL_ADDRESS', 'TEMPORAL_PROFILE', 'TEMPORAL_CONFIG_FILE']

type Environment = Readonly<NodeJS.ProcessEnv>

/** True when the environment names a Temporal server of the user's own. */
export function namesTemporal(env: Environment): boolean {
  return CHOOSING_VARIABLES.some((name) => env[name])
}

/** The environment without what would lead a process to another Temporal server than ours, a profile's key included. */
export function withoutTemporalSettings(env: Environment): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(env).filter(([name]) => !name.startsWith('TEMPORAL_')))
}

/** The environment of a process that is to use the dev server at `address`, whatever profile lies in the home folder. */
export function withTemporal(env: Environment, address: string, namespace: string): NodeJS.ProcessEnv {
  return {
    ...withoutTemporalSettings(env),
    TEMPORAL_ADDRESS: address,
    TEMPORAL_NAMESPACE: namespace,
    TEMPORAL_CONFIG_FILE: NO_PROFILE,
  }
}

/** Checks the user's own Temporal server and readies its namespace; where it is. Throws StackFailure. */
export async function useOwnTemporal(
  env: Environment,
  say: Say,
): Promise<{ address: string; namespace: string }> {
  const set = Object.entries(env).filter((entry): entry is [string, string] => entry[1] !== undefined)
  const config = loadClientConnectConfig({ overrideEnvVars: Object.fromEntries(set) })
  const { namespace = 'default', connectionOptions } = config
  const address = connectionOptions.address ?? 'localhost:7233'
  try {
    const connection = await Connection.connect({ ...connectionOptions, connectTimeout: CONNECT_TIMEOUT_MS })
    try {
      await connection.workflowService.describeNamespace({ namespace })
      await readyAttributes(connection, namespace, say)
    } finally {
      await connection.close()
    }
  } catch (cause) {
    throw new StackFailure(`Temporal at ${address}, namespace ${namespace}: ${reasonOf(cause)}`, { cause })
  }
  return { address, namespace }
}

async function readyAttributes(connection: Connection, namespace: string, say: Say): Promise<void> {
  try {
    await registerSearchAttributes(connection, namespace)
  } catch (thrown) {
    // Temporal Cloud lets only its own console do this, and they may be there already.
    const wanted = Object.entries(SEARCH_ATTRIBUTES).map(([name, type]) => `${name}=${type}`)
    say(
      `could not look after the search attributes of ${namespace} (${reasonOf(thrown)}); it needs ${wanted.join(', ')}`,
    )
  }
}
