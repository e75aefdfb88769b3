import { ConfigError, readApiConfig } from '../config/env.ts'
import { CredentialSealError } from '../config/key-wrapper.ts'
import { createLogger } from '../config/logger.ts'
import { startApi } from './start.ts'

async function main(): Promise<void> {
  const config = readApiConfig()
  const logger = createLogger({ level: config.LOG_LEVEL, name: 'api' })
  const ended = Promise.withResolvers<NodeJS.Signals>()
  // Once only: a second signal ends the process at once.
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, ended.resolve)
  await using api = await startApi(config, logger)
  logger.info({ address: api.origin }, 'the API listens')
  const signal = await ended.promise
  logger.info({ signal }, 'the API ends: streams first, then requests')
}

try {
  await main()
} catch (error) {
  // What the operator has to set right is said in one line; anything else needs its stack.
  if (!(error instanceof ConfigError || error instanceof CredentialSealError)) throw error
  process.stderr.write(`${error.message}\n`)
  process.exitCode = 1
}
