import { describe, expect, test } from 'vitest'

import { RunFailure } from '../contract/run-errors.ts'
import { describeAttachments } from './attachments.ts'
import type { CanvasLink } from './links.ts'
import { canvasFailure } from './reply-failure.ts'
import { CanvasFile } from './schemas.ts'

const ORIGIN = 'https://canvas.school.edu'
const link = (id: string, course_id: string | null = null): CanvasLink => ({
  kind: 'file',
  id,
  course_id,
  label: `Link ${id}`,
})

/** Describes links by a table of what Canvas says of each file; a failure stands for a call that fails. */
function describeWith(
  answers: Record<string, Record<string, unknown> | RunFailure>,
  links: readonly CanvasLink[],
) {
  const asked: string[] = []
  const file = async (courseId: string | null, id: string): Promise<CanvasFile> => {
    asked.push(`${courseId}/${id}`)
    const answer = answers[id] ?? { display_name: `File ${id}.pdf`, size: 1, url: '/x' }
    if (answer instanceof RunFailure) throw answer
    return CanvasFile.parse({ id, ...answer })
  }
  return describeAttachments({ origin: ORIGIN, file }, '7', links).then((result) => ({ ...result, asked }))
}

describe('describeAttachments()', () => {
  test('asks in the course of the link, else in the course of the assignment', async () => {
    expect((await describeWith({}, [link('1', '8'), link('2')])).asked).toEqual(['8/1', '7/2'])
  })

  test.each([
    [{ url: `${ORIGIN}/files/1/download` }, 'canvas'],
    [{ url: '/files/1/download' }, 'canvas'],
    [{ url: 'https://inst-fs.school.edu/x?token=1' }, 'storage'],
    [{ url: '' }, 'none'],
    [{}, 'none'],
    [{ url: '/files/1/download', locked_for_user: true }, 'none'],
  ])('reads %j as a file whose bytes are at: %s', async (answer, url_kind) => {
    const { attachments, warnings } = await describeWith({ '1': answer }, [link('1')])
    expect(attachments).toMatchObject([{ file_id: '1', name: 'Link 1', url_kind }])
    expect(warnings).toHaveLength(url_kind === 'none' ? 1 : 0)
  })

  test('prefers the name Canvas shows, then the file name, then the words of the link', async () => {
    const answers = { '1': { display_name: 'A.pdf', filename: 'a.pdf' }, '2': { filename: 'b.pdf' }, '3': {} }
    const { attachments } = await describeWith(answers, [link('1'), link('2'), link('3')])
    expect(attachments.map(({ name }) => name)).toEqual(['A.pdf', 'b.pdf', 'Link 3'])
  })

  test('leaves pages and discussions aside and reads at most twenty files, and says so', async () => {
    const links = Array.from({ length: 23 }, (_, index) => link(String(index)))
    const page: CanvasLink = { kind: 'page', id: 'reader', course_id: '7', label: null }
    const { attachments, warnings, asked } = await describeWith({}, [page, ...links])
    expect([attachments.length, asked.length]).toEqual([20, 20])
    expect(warnings).toEqual(['The assignment links to 23 files; only the first 20 are read.'])
  })

  test('gives up at once when the key is refused', async () => {
    const refused = canvasFailure('token_revoked', { subject: 'x', status: 401 })
    await expect(describeWith({ '2': refused }, [link('1'), link('2')])).rejects.toBe(refused)
  })
})
