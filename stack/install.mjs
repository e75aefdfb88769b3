// Brings node_modules up to package-lock.json before any npm script runs; plain JavaScript for Node >= 20.
import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const ROOT = dirname(dirname(fileURLToPath(import.meta.url)))
const MODULES = join(ROOT, 'node_modules')
const STAMP = join(MODULES, '.waymark-installed')
const LOCK = join(ROOT, '.waymark', 'install.lock')
const LOCK_BEAT_MS = 1_000
const LOCK_STALE_MS = 10_000
const NODE = join(MODULES, 'node', 'bin', process.platform === 'win32' ? 'node.exe' : 'node')

/** @param {string} line */
const say = (line) => process.stderr.write(`waymark: ${line}\n`)

/** @param {string} path */
function readOrEmpty(path) {
  try {
    return readFileSync(path, 'utf8')
  } catch (thrown) {
    if (thrown.code === 'ENOENT') return ''
    throw thrown
  }
}

/** What node_modules must have been made from: the lock file, on this kind of machine. */
function wanted() {
  const lock = readFileSync(join(ROOT, 'package-lock.json'))
  return `${createHash('sha256').update(lock).digest('hex')} ${process.platform}-${process.arch}\n`
}

/** True when a package of the lock file has to be there on this machine. */
function belongsHere(entry) {
  if (!entry.optional) return true
  // npm alone knows which C library a machine has, and leaves out what only another platform's package needs.
  const { os = [], cpu = [], libc } = entry
  return os.includes(process.platform) && cpu.includes(process.arch) && libc === undefined
}

/** True when npm's own record says that the tree is the lock file's: an `npm install` by hand counts. */
function installedByHand() {
  const record = readOrEmpty(join(MODULES, '.package-lock.json'))
  if (record === '') return false
  const there = JSON.parse(record).packages
  const { '': _root, ...asked } = JSON.parse(readFileSync(join(ROOT, 'package-lock.json'), 'utf8')).packages
  const same = ([path, entry]) =>
    there[path] === undefined
      ? !belongsHere(entry)
      : there[path].version === entry.version && there[path].integrity === entry.integrity
  return Object.entries(asked).every(same) && Object.keys(there).every((path) => asked[path] !== undefined)
}

function isCurrent() {
  if (!existsSync(NODE)) return false
  const stamp = wanted()
  if (readOrEmpty(STAMP) === stamp) return true
  if (!installedByHand()) return false
  writeFileSync(STAMP, stamp)
  return true
}

/** @param {string[]} args */
function npm(args) {
  // The npm that runs this script, if one does: another on PATH may be older than the lock file needs.
  const cli = process.env.npm_execpath
  const [command, first] = cli?.endsWith('.js') ? [process.execPath, [cli]] : ['npm', []]
  return new Promise((resolve) => {
    const child = spawn(command, [...first, ...args], { cwd: ROOT, stdio: ['ignore', 2, 2] })
    child.on('error', (thrown) => resolve(thrown.message))
    child.on('exit', (code, signal) => resolve(code === 0 ? undefined : `it ended with ${signal ?? code}`))
  })
}

async function install() {
  say(
    existsSync(MODULES)
      ? 'node_modules is older than package-lock.json: npm ci (about a minute)'
      : 'first run: npm ci installs what is missing (about a minute)',
  )
  const startedAt = Date.now()
  // Development packages too: the tests are part of the promise, whatever NODE_ENV says.
  // Below errors npm only warns that this Node is not the one that everything will run on.
  const options = ['--include=dev', '--include=optional', '--no-audit', '--no-fund', '--loglevel=error']
  const failed = await npm(['ci', ...options])
  if (failed !== undefined) return `npm ci failed: ${failed}; its own lines are above`
  if (!existsSync(NODE)) {
    say('Node 24 is missing, as with install scripts switched off: npm rebuild node')
    const unbuilt = await npm(['rebuild', 'node', '--ignore-scripts=false', '--foreground-scripts'])
    if (unbuilt !== undefined || !existsSync(NODE)) {
      return `the package "node" brought no Node 24 (${unbuilt ?? 'its install script did not run'}): allow its install script, then run this again`
    }
  }
  writeFileSync(STAMP, wanted())
  say(`installed in ${Math.round((Date.now() - startedAt) / 1_000)} s`)
  return undefined
}

/** Takes the lock if nobody holds it; a holder shows that it lives by touching the file. */
function takeLock() {
  mkdirSync(dirname(LOCK), { recursive: true })
  try {
    writeFileSync(LOCK, `${process.pid}\n`, { flag: 'wx' })
    return true
  } catch (thrown) {
    if (thrown.code !== 'EEXIST') throw thrown
  }
  const touchedAt = statSync(LOCK, { throwIfNoEntry: false })?.mtimeMs ?? 0
  if (Date.now() - touchedAt > LOCK_STALE_MS) rmSync(LOCK, { force: true })
  return false
}

async function underLock(work) {
  for (let told = false; !takeLock(); told = true) {
    if (!told) say('another command is installing; waiting for it')
    await new Promise((resolve) => setTimeout(resolve, 200))
  }
  const beat = setInterval(() => utimesSync(LOCK, new Date(), new Date()), LOCK_BEAT_MS)
  try {
    return await work()
  } finally {
    clearInterval(beat)
    rmSync(LOCK, { force: true })
  }
}

if (!isCurrent()) {
  const failed = await underLock(() => (isCurrent() ? undefined : install()))
  if (failed !== undefined) {
    say(failed)
    process.exitCode = 1
  }
}
