import { join } from 'node:path'
import getPort from 'get-port'

import type { Child } from '../../stack/child.ts'
import { startServer } from '../../stack/processes.ts'
import { loadSecrets } from '../../stack/secrets.ts'
import { withTemporal } from '../../stack/temporal-settings.ts'
import { say, type Ground } from './start-ground.ts'
import { startStubCanvas } from './stub-canvas.ts'
import { registerStudent, type Student } from './student.ts'

const HOST = '127.0.0.1'
const HOUR_SECONDS = '3600'

/** Waymark as two processes with their default settings, and one student whose Canvas is the stub. */
export interface Waymark extends AsyncDisposable {
  readonly api: Child
  readonly worker: Child
  readonly student: Student
  /** Registers another student of the same Canvas. */
  readonly enrol: (name: string) => Promise<Student>
}

/** Starts API and worker on the ground, with further environment if need be; throws StackFailure. */
export async function startWaymark(
  ground: Ground,
  further: Readonly<Record<string, string>> = {},
): Promise<Waymark> {
  const { folder, postgres, temporal } = ground
  await using opened = new AsyncDisposableStack()
  const canvas = opened.use(await startStubCanvas())
  const [apiPort, workerPort] = [await getPort({ host: HOST }), await getPort({ host: HOST })]
  // Nothing else of this shell's environment: a setting of its owner would change the figures.
  const { PATH, HOME } = process.env
  const env = {
    ...withTemporal({ PATH, HOME }, temporal.address, temporal.namespace),
    ...(await loadSecrets(join(folder, 'secrets'))),
    DATABASE_URL: postgres.url,
    CANVAS_DEV_HOSTS: new URL(canvas.origin).host,
    ACCESS_TOKEN_SECONDS: HOUR_SECONDS,
    API_PORT: String(apiPort),
    WORKER_HEALTH_PORT: String(workerPort),
    ...further,
  }
  const start = (name: 'api' | 'worker', port: number): Promise<Child> => {
    const origin = `http://${HOST}:${port}`
    return startServer({ name, entry: `${name}/main.ts`, env, logFile: join(folder, `${name}.log`), origin })
  }
  say('starting API and worker')
  const worker = opened.use(await start('worker', workerPort))
  const api = opened.use(await start('api', apiPort))
  const enrol = (name?: string): Promise<Student> =>
    registerStudent(`http://${HOST}:${apiPort}`, canvas.origin, name)
  const student = await enrol()
  const started = opened.move()
  return { api, worker, student, enrol, [Symbol.asyncDispose]: () => started.disposeAsync() }
}
