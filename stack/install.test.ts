import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { copyFile, mkdir, mkdtemp, readFile, rm, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'

const LEFT = { version: '1.0.0', integrity: 'sha512-left' }
const FOREIGN = { version: '1.0.0', integrity: 'sha512-foreign', optional: true, os: ['plan9'], cpu: ['vax'] }
const NEEDED_BY_FOREIGN = { version: '1.0.0', integrity: 'sha512-deep', optional: true }
const OURS = { ...FOREIGN, integrity: 'sha512-ours', os: [process.platform], cpu: [process.arch] }
const LOCK = {
  '': {},
  'node_modules/left': LEFT,
  'node_modules/foreign': FOREIGN,
  'node_modules/deep': NEEDED_BY_FOREIGN,
}

let checkout: string

beforeEach(async () => {
  checkout = await mkdtemp(join(tmpdir(), 'waymark-install-'))
  await mkdir(join(checkout, 'stack'))
  await copyFile(join(import.meta.dirname, 'install.mjs'), join(checkout, 'stack/install.mjs'))
  await writeLock(LOCK)
  await fakeNpm('')
})

afterEach(() => rm(checkout, { recursive: true, force: true }))

const writeLock = (packages: object) =>
  writeFile(join(checkout, 'package-lock.json'), JSON.stringify({ packages }))

/** An npm that notes how it was called and leaves what `npm ci` leaves, after `first` ran. */
const fakeNpm = (first: string) =>
  writeFile(
    join(checkout, 'npm.js'),
    `const fs = require('node:fs'); fs.appendFileSync('calls', process.argv.slice(2).join(' ') + '\\n')
    ${first}
    fs.mkdirSync('node_modules/node/bin', { recursive: true }); fs.writeFileSync('node_modules/node/bin/node', '')`,
  )

function install(): Promise<{ code: number | null; said: string }> {
  const env = { ...process.env, npm_execpath: join(checkout, 'npm.js') }
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [join(checkout, 'stack/install.mjs')], { env })
    let said = ''
    child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()))
    child.on('error', reject)
    child.on('close', (code) => resolve({ code, said }))
  })
}

const calls = async () => {
  const text = await readFile(join(checkout, 'calls'), 'utf8').catch(() => '')
  return text.split('\n').filter((line) => line !== '')
}

/** What an `npm install` by hand leaves: the packages, npm's own record of them, and no stamp of ours. */
async function installedByHand(packages: object) {
  await mkdir(join(checkout, 'node_modules/node/bin'), { recursive: true })
  await writeFile(join(checkout, 'node_modules/node/bin/node'), '')
  await writeFile(join(checkout, 'node_modules/.package-lock.json'), JSON.stringify({ packages }))
}

describe('install.mjs', () => {
  test('installs on a clean checkout with development packages, then has nothing left to do', async () => {
    expect((await install()).code).toBe(0)
    expect(await install()).toEqual({ code: 0, said: '' })
    expect(await calls()).toEqual([
      'ci --include=dev --include=optional --no-audit --no-fund --loglevel=error',
    ])
  })

  test('stamps node_modules with the hash of the lock file and the platform', async () => {
    await install()
    const hash = createHash('sha256').update(await readFile(join(checkout, 'package-lock.json')))
    const stamp = await readFile(join(checkout, 'node_modules/.waymark-installed'), 'utf8')
    expect(stamp).toBe(`${hash.digest('hex')} ${process.platform}-${process.arch}\n`)
  })

  test('installs again when the lock file changed, even with an older date on it', async () => {
    await install()
    await writeLock({ ...LOCK, 'node_modules/left': { ...LEFT, version: '2.0.0' } })
    await utimes(join(checkout, 'package-lock.json'), 1, 1)
    expect((await install()).said).toContain('older than package-lock.json')
    expect(await calls()).toHaveLength(2)
  })

  test('does not touch node_modules when only the date of the lock file is newer', async () => {
    await install()
    await utimes(join(checkout, 'package-lock.json'), 4e9, 4e9)
    expect(await install()).toEqual({ code: 0, said: '' })
  })

  test('leaves an install by hand alone, without packages of other platforms', async () => {
    await installedByHand({ 'node_modules/left': LEFT })
    expect(await install()).toEqual({ code: 0, said: '' })
    expect(await calls()).toEqual([])
  })

  test.each([
    ['of another version', LOCK, { 'node_modules/left': { ...LEFT, version: '0.9.0' } }],
    ['with other content', LOCK, { 'node_modules/left': { ...LEFT, integrity: 'sha512-other' } }],
    ['that lacks a package', LOCK, {}],
    ['with a package too many', LOCK, { 'node_modules/left': LEFT, 'node_modules/extra': LEFT }],
    [
      'made on another platform',
      { ...LOCK, 'node_modules/ours': OURS },
      { 'node_modules/left': LEFT, 'node_modules/foreign': FOREIGN },
    ],
  ])('replaces an install by hand %s', async (_what, lock, there) => {
    await writeLock(lock)
    await installedByHand(there)
    expect((await install()).code).toBe(0)
    expect(await calls()).toHaveLength(1)
  })

  test('tells that npm failed, ends with 1 and tries again next time', async () => {
    await fakeNpm('process.exit(7)')
    const failed = await install()
    expect(failed.code).toBe(1)
    expect(failed.said).toContain('npm ci failed: it ended with 7')
    await fakeNpm('')
    expect((await install()).code).toBe(0)
  })

  test('builds the node package by name when install scripts were switched off', async () => {
    await fakeNpm(`if (process.argv[2] === 'ci') { fs.mkdirSync('node_modules'); process.exit(0) }`)
    expect((await install()).code).toBe(0)
    expect((await calls())[1]).toBe('rebuild node --ignore-scripts=false --foreground-scripts')
  })

  test('installs once when two commands start at the same time', async () => {
    await fakeNpm('Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1500)')
    const both = await Promise.all([install(), install()])
    expect(both.map((end) => end.code)).toEqual([0, 0])
    expect(await calls()).toHaveLength(1)
  })

  test('takes over the lock of a command that was killed', async () => {
    await mkdir(join(checkout, '.waymark'))
    await writeFile(join(checkout, '.waymark/install.lock'), '1\n')
    await utimes(join(checkout, '.waymark/install.lock'), 1, 1)
    expect((await install()).code).toBe(0)
    expect(await calls()).toHaveLength(1)
  })
})
