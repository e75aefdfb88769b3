import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Connection } from '@temporalio/client'
import { afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { SEARCH_ATTRIBUTES, devServerArguments } from './temporal-arguments.ts'
import { findTemporalCli } from './temporal-cli.ts'
import { registerSearchAttributes } from './search-attributes.ts'
import { type TemporalOptions, startTemporal } from './temporal.ts'

let folder: string
const say = () => undefined

// The first run on a machine may have to build the CLI.
beforeAll(() => findTemporalCli({ env: process.env, say }), 15 * 60_000)

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'waymark-test-'))
})

afterEach(() => rm(folder, { recursive: true, force: true }))

const start = (more: Partial<TemporalOptions> = {}) =>
  startTemporal({ namespace: 'trial', ui: false, env: process.env, say, ...more })

async function connected<T>(address: string, use: (connection: Connection) => Promise<T>): Promise<T> {
  const connection = await Connection.connect({ address })
  try {
    return await use(connection)
  } finally {
    await connection.close()
  }
}

const startRun = (address: string, workflowId: string) =>
  connected(address, (connection) =>
    connection.workflowService.startWorkflowExecution({
      namespace: 'trial',
      workflowId,
      requestId: workflowId,
      workflowType: { name: 'anything' },
      taskQueue: { name: 'nobody' },
    }),
  )

const describeRun = (address: string, workflowId: string) =>
  connected(address, (connection) =>
    connection.workflowService.describeWorkflowExecution({ namespace: 'trial', execution: { workflowId } }),
  )

describe('startTemporal()', () => {
  test('serves the namespace and the search attributes, and no Web UI unless asked', async () => {
    await using temporal = await start()
    expect(temporal.uiUrl).toBeNull()
    const { customAttributes } = await connected(temporal.address, (connection) =>
      connection.operatorService.listSearchAttributes({ namespace: 'trial' }),
    )
    expect(Object.keys(customAttributes)).toEqual(expect.arrayContaining(Object.keys(SEARCH_ATTRIBUTES)))
  })

  test('serves the Web UI on a port of its own', async () => {
    await using temporal = await start({ ui: true })
    const page = await fetch(String(temporal.uiUrl))
    expect(page.status).toBe(200)
    expect(await page.text()).toContain('<html')
  })

  test('keeps runs across a stop and a start', async () => {
    const dataDir = join(folder, 'data')
    {
      await using temporal = await start({ dataDir })
      await startRun(temporal.address, 'kept')
    }
    await using temporal = await start({ dataDir })
    const { workflowExecutionInfo } = await describeRun(temporal.address, 'kept')
    expect(workflowExecutionInfo?.execution?.workflowId).toBe('kept')
  })

  test('keeps runs and ends the server when an earlier stack was killed and left it', async () => {
    const dataDir = join(folder, 'data')
    const left = await start({ dataDir })
    await startRun(left.address, 'kept')
    await using temporal = await start({ dataDir })
    expect(left.child.exit()).toBeDefined()
    await describeRun(temporal.address, 'kept')
    expect((await readdir(dataDir)).filter((name) => name.endsWith('.db'))).toHaveLength(1)
  })

  test('takes another port when the preferred one is in use', async () => {
    const squatter = createServer().listen(0, '127.0.0.1')
    await new Promise((resolve) => squatter.once('listening', resolve))
    const address = squatter.address()
    const port = typeof address === 'object' && address !== null ? address.port : 0
    await using temporal = await start({ port })
    expect(temporal.address).not.toBe(`127.0.0.1:${port}`)
    await new Promise((resolve) => squatter.close(resolve))
  })
})

describe('registerSearchAttributes()', () => {
  test('adds what a namespace of yours lacks, once', async () => {
    await using temporal = await start()
    await connected(temporal.address, async (connection) => {
      const searchAttributes = ['Stage', 'Generation']
      await connection.operatorService.removeSearchAttributes({ namespace: 'trial', searchAttributes })
      expect([...(await registerSearchAttributes(connection, 'trial'))].sort()).toEqual([
        'Generation',
        'Stage',
      ])
      expect(await registerSearchAttributes(connection, 'trial')).toEqual([])
    })
  })
})

describe('devServerArguments()', () => {
  const server = { host: '127.0.0.1', port: 1, uiPort: 2, namespace: 'n', databaseFile: '/d' }

  test('raises all three poll rates and never calls out', () => {
    const line = devServerArguments(server).join(' ')
    expect(line.match(/ProcessorMaxPollRPS=2000/g)).toHaveLength(3)
    expect(line).toContain('--ui-disable-news-fetch')
  })

  test('writes ahead to a database file, and keeps everything in memory without one', () => {
    const kept = devServerArguments(server).join(' ')
    expect(kept).toContain(
      '--db-filename=/d --sqlite-pragma=journal_mode=wal --sqlite-pragma=synchronous=normal',
    )
    const memory = devServerArguments({ ...server, databaseFile: undefined }).join(' ')
    expect(memory).not.toMatch(/db-filename|sqlite/)
  })
})
