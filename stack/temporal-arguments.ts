import { SEARCH_ATTRIBUTES as NAMED } from '../contract/ids.ts'

const CLI_TYPES = { KEYWORD: 'Keyword', INT: 'Int' } as const

/** The search attributes that runs are listed and filtered by, with their type as the Temporal CLI spells it. */
export const SEARCH_ATTRIBUTES = Object.fromEntries(
  Object.entries(NAMED).map(([name, type]) => [name, CLI_TYPES[type]]),
)

// One history shard polls each queue 20 times a second by default, which costs every step up to 50 ms.
const POLL_RATES = ['transfer', 'timer', 'visibility'].map(
  (queue) => `history.${queue}ProcessorMaxPollRPS=2000`,
)

export interface DevServer {
  readonly host: string
  readonly port: number
  /** Absent: no Web UI. */
  readonly uiPort: number | undefined
  readonly namespace: string
  /** Absent: everything is kept in memory. */
  readonly databaseFile: string | undefined
  /** Further dynamic configuration, `key=json` each. */
  readonly dynamicConfig?: readonly string[]
}

/** The arguments of `temporal` that start the dev server. */
export function devServerArguments(server: DevServer): readonly string[] {
  const { host, port, uiPort, namespace, databaseFile, dynamicConfig = [] } = server
  const ui = uiPort === undefined ? ['--headless'] : [`--ui-ip=${host}`, `--ui-port=${uiPort}`]
  return [
    'server',
    'start-dev',
    `--ip=${host}`,
    `--port=${port}`,
    `--namespace=${namespace}`,
    ...ui,
    '--ui-disable-news-fetch',
    '--log-level=warn',
    ...Object.entries(SEARCH_ATTRIBUTES).map(([name, type]) => `--search-attribute=${name}=${type}`),
    ...[...POLL_RATES, ...dynamicConfig].map((setting) => `--dynamic-config-value=${setting}`),
    ...(databaseFile === undefined ? [] : fileArguments(databaseFile)),
  ]
}

const fileArguments = (databaseFile: string): readonly string[] => [
  `--db-filename=${databaseFile}`,
  '--sqlite-pragma=journal_mode=wal',
  '--sqlite-pragma=synchronous=normal',
]
