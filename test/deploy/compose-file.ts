import { readFileSync } from 'node:fs'

import { parse } from 'yaml'
import { z } from 'zod'

const FILE = new URL('../../docker-compose.yml', import.meta.url)

const Text = z.union([z.string(), z.number(), z.boolean()]).transform(String)

const Service = z.object({
  image: z.string(),
  build: z.string().optional(),
  user: z.string().optional(),
  command: z.array(z.string()).optional(),
  read_only: z.boolean().default(false),
  cap_drop: z.array(z.string()).default([]),
  security_opt: z.array(z.string()).default([]),
  environment: z.record(z.string(), Text.nullable()).default({}),
  ports: z.array(z.string()).default([]),
  networks: z.array(z.string()),
  depends_on: z.record(z.string(), z.object({ condition: z.string() })).default({}),
  healthcheck: z.object({ test: z.array(z.string()).optional(), disable: z.boolean().optional() }).optional(),
  restart: z.string(),
  stop_grace_period: z.string().optional(),
  deploy: z.object({ resources: z.object({ limits: z.object({ memory: z.string() }) }) }),
})

const ComposeFile = z.object({
  services: z.record(z.string(), Service),
  networks: z.record(z.string(), z.object({ internal: z.boolean().default(false) }).nullable()),
})

export type Service = z.infer<typeof Service>
export type ComposeFile = z.infer<typeof ComposeFile>

type Environment = Readonly<Record<string, string | undefined>>

/** A variable that the file calls required and that is not set. */
class MissingVariable extends Error {
  override readonly name = 'MissingVariable'
}

/** The file as it stands, its anchors resolved. */
export function readComposeText(): unknown {
  return parse(readFileSync(FILE, 'utf8'), { merge: true })
}

/** The file before any variable is filled in. */
export const readComposeSource = (): ComposeFile => ComposeFile.parse(readComposeText())

/** The file as Compose sees it in an environment; throws MissingVariable. */
export function readCompose(environment: Environment): ComposeFile {
  return ComposeFile.parse(fillIn(readComposeText(), environment))
}

/** The variables a container of a service is started with: what is named without a value is passed on. */
export function environmentOf(service: Service, environment: Environment): Record<string, string> {
  const all = Object.entries(service.environment).map(([name, value]) => [name, value ?? environment[name]])
  return Object.fromEntries(all.filter(([, value]) => value !== undefined))
}

function fillIn(value: unknown, environment: Environment): unknown {
  if (typeof value === 'string') return interpolate(value, environment)
  if (Array.isArray(value)) return value.map((item) => fillIn(item, environment))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, fillIn(item, environment)]))
}

function interpolate(text: string, environment: Environment): string {
  return text.replaceAll(/\$\{(\w+)(?::([-?])([^}]*))?\}/g, (_, name: string, mark: string, rest: string) => {
    const value = environment[name]
    if (value !== undefined && value !== '') return value
    if (mark === '?') throw new MissingVariable(`${name} ${rest}`)
    return mark === '-' ? rest : ''
  })
}
