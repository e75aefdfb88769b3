import { mkdtemp, readdir, readFile, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'

import { artefactContentType, isArtefactPath } from '../../contract/artefact-path.ts'
import { openArtefactRoot, sha256Of, UnsafePath } from './artefact-root.ts'

const freshRoot = () => mkdtemp(join(tmpdir(), 'waymark-artefacts-'))

describe('openArtefactRoot()', () => {
  test('writes a file whole, in a folder that is made for it, and leaves nothing else there', async () => {
    const root = await freshRoot()
    const artefacts = openArtefactRoot(root)
    const written = await artefacts.write('plan_1', 'core/003-outline.md', '# Ä\n')
    expect(written).toEqual({ path: 'core/003-outline.md', sha256: sha256Of('# Ä\n'), bytes: 5 })
    expect(await readdir(join(root, 'plan_1', 'core'))).toEqual(['003-outline.md'])
    expect((await artefacts.read('plan_1', 'core/003-outline.md')).toString()).toBe('# Ä\n')
  })

  test('puts a new body in the place of the old one, whoever reads meanwhile sees one or the other', async () => {
    const artefacts = openArtefactRoot(await freshRoot())
    const bodies = ['a', 'b'].map((letter) => letter.repeat(200_000))
    await artefacts.write('plan', 'file.md', bodies[0] ?? '')
    const rounds = { left: 30 }
    const writing = (async () => {
      for (; rounds.left > 0; rounds.left -= 1) {
        await artefacts.write('plan', 'file.md', bodies[rounds.left % 2] ?? '')
      }
    })()
    while (rounds.left > 0) expect(bodies).toContain((await artefacts.read('plan', 'file.md')).toString())
    await writing
  })

  test('refuses every path that is not plain, to write as to read', async () => {
    const artefacts = openArtefactRoot(await freshRoot())
    const bad = ['../x.md', '/etc/passwd', 'a/../../x', 'a//b', '', '.hidden', 'a/.', 'C:\\x', 'a\0b', 'x/']
    for (const path of bad) {
      await expect(artefacts.write('plan', path, '')).rejects.toBeInstanceOf(UnsafePath)
      expect(() => artefacts.read('plan', path)).toThrow(UnsafePath)
      await expect(artefacts.write(path, 'x.md', '')).rejects.toBeInstanceOf(UnsafePath)
      await expect(artefacts.prepare(path)).rejects.toBeInstanceOf(UnsafePath)
    }
  })

  test('replaces a link that lies where the file belongs and leaves alone what it points to', async () => {
    const root = await freshRoot()
    const artefacts = openArtefactRoot(root)
    const elsewhere = join(await freshRoot(), 'secret')
    await writeFile(elsewhere, 'untouched')
    await artefacts.prepare('plan')
    await symlink(elsewhere, join(root, 'plan', 'file.md'))
    await artefacts.write('plan', 'file.md', 'ours')
    expect(await readFile(elsewhere, 'utf8')).toBe('untouched')
  })

  test('says at once that a folder cannot be made where a file lies, and leaves nothing of a write that failed', async () => {
    const root = await freshRoot()
    const artefacts = openArtefactRoot(root)
    await writeFile(join(root, 'plan'), 'in the way')
    await expect(artefacts.prepare('plan')).rejects.toMatchObject({ code: 'EEXIST' })
    await artefacts.write('other', 'taken/x.md', '')
    await expect(artefacts.write('other', 'taken', '')).rejects.toMatchObject({ code: 'EISDIR' })
    expect(await readdir(join(root, 'other'))).toEqual(['taken'])
  })
})

describe('isArtefactPath()', () => {
  test('holds for no path that a walk over its names would leave the folder by', () => {
    const name = fc.oneof(fc.constantFrom('..', '.', '', 'a', 'b.md', '-x', 'con', '~'), fc.string())
    fc.assert(
      fc.property(fc.array(name, { maxLength: 6 }), (names) => {
        const path = names.join('/')
        if (!isArtefactPath(path)) return
        expect(path).not.toMatch(/\\|\0|^\/|\/$|(?:^|\/)\.{1,2}(?:\/|$)/)
      }),
    )
  })

  test('nothing is served as something a browser would run', () => {
    for (const name of ['x.html', 'x.svg', 'x.js', 'x.xml', 'x', 'x.htm.']) {
      expect(artefactContentType(name)).toBe('text/plain; charset=utf-8')
    }
  })
})
