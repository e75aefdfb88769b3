// `node deploy/make-secrets.mjs [file]`: writes production.env with secrets of its own; plain JavaScript, no packages.
import { generateKeyPairSync, randomBytes } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { relative } from 'node:path'
import { fileURLToPath } from 'node:url'

const EXAMPLE = fileURLToPath(new URL('./production.env.example', import.meta.url))
const FILE = process.argv[2] ?? fileURLToPath(new URL('./production.env', import.meta.url))

const password = () => randomBytes(24).toString('base64url')

function signingKey() {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const pem = privateKey.export({ type: 'pkcs8', format: 'pem' }).trim()
  return `"${pem.replaceAll('\n', String.raw`\n`)}"`
}

const SECRETS = {
  POSTGRES_PASSWORD: password,
  WAYMARK_OWNER_PASSWORD: password,
  WAYMARK_APP_PASSWORD: password,
  TEMPORAL_DB_PASSWORD: password,
  CREDENTIAL_KEYS: () => `k1:${randomBytes(32).toString('base64')}`,
  AUTH_JWT_PRIVATE_KEY: signingKey,
}

function fillIn(line) {
  const make = line.endsWith('=') ? SECRETS[line.slice(0, -1)] : undefined
  return make === undefined ? line : `${line}${make()}`
}

try {
  const text = readFileSync(EXAMPLE, 'utf8').split('\n').map(fillIn).join('\n')
  // Never over a file that is there: its keys open what is stored.
  writeFileSync(FILE, text, { flag: 'wx', mode: 0o600 })
  process.stdout.write(`${relative('.', FILE)} is written, readable by you alone.\n`)
} catch (error) {
  if (error.code !== 'EEXIST') throw error
  process.stderr.write(`${relative('.', FILE)} is there already and stays as it is.\n`)
  process.exitCode = 1
}
