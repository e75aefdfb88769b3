import { describe, expect, test } from 'vitest'

import { findLinks } from './links.ts'

const ORIGIN = 'https://canvas.school.edu'
const find = (html: string) => findLinks(html, ORIGIN)

describe('findLinks()', () => {
  test.each([
    [
      '<a href="/courses/1/files/2/download?wrap=1">Brief</a>',
      { kind: 'file', course_id: '1', id: '2', label: 'Brief' },
    ],
    [
      '<a class="instructure_file_link" href="/courses/1/files/2?wrap=1">Brief</a>',
      { kind: 'file', course_id: '1', id: '2', label: 'Brief' },
    ],
    [
      `<a href="${ORIGIN}/files/2/download">  Week\n 3 </a>`,
      { kind: 'file', course_id: null, id: '2', label: 'Week 3' },
    ],
    [
      '<iframe src="/courses/1/files/2/preview" title="Slides"></iframe>',
      { kind: 'file', course_id: '1', id: '2', label: 'Slides' },
    ],
    ['<a href="/files/2/preview"></a>', { kind: 'file', course_id: null, id: '2', label: null }],
    ['<a href="/users/9/files/2?verifier=abc">x</a>', { kind: 'file', course_id: null, id: '2', label: 'x' }],
    ['<a href="/groups/9/files/2/download">x</a>', { kind: 'file', course_id: null, id: '2', label: 'x' }],
    ['<a href="/courses/1/files?preview=2">x</a>', { kind: 'file', course_id: '1', id: '2', label: 'x' }],
    [
      '<a href="/courses/1/files/18467~2/download">x</a>',
      { kind: 'file', course_id: '1', id: '18467~2', label: 'x' },
    ],
    [
      `<a href="#" data-api-endpoint="${ORIGIN}/api/v1/courses/1/files/2" data-api-returntype="File">x</a>`,
      { kind: 'file', course_id: '1', id: '2', label: 'x' },
    ],
    [
      `<a href="/courses/1/pages/week-3" data-api-endpoint="${ORIGIN}/api/v1/courses/1/pages/week-3" data-api-returntype="Page">p</a>`,
      { kind: 'page', course_id: '1', id: 'week-3', label: 'p' },
    ],
    [
      '<a href="/courses/1/discussion_topics/5">d</a>',
      { kind: 'discussion', course_id: '1', id: '5', label: 'd' },
    ],
  ])('reads %s', (html, link) => {
    expect(find(html)).toEqual([link])
  })

  test.each([
    '<a href="https://evil.school.edu/courses/1/files/2/download">x</a>',
    '<a href="http://canvas.school.edu/courses/1/files/2">another scheme</a>',
    '<a href="https://canvas.school.edu@evil.io/files/2">x</a>',
    '<a href="javascript:alert(1)">x</a>',
    '<a href="/courses/1/files/2abc">x</a>',
    '<a href="/courses/1/files/folder/notes">x</a>',
    '<a href="/courses/1/files?preview=2%2F..">x</a>',
    '<a href="/courses/1/assignments/2/submissions/3">x</a>',
    '<a href="http://[broken">x</a>',
    '<img src="/courses/1/files/2/preview" alt="decoration">',
    '<p>/courses/1/files/2/download</p>',
    '',
  ])('finds nothing in %s', (html) => {
    expect(find(html)).toEqual([])
  })

  test('falls back to the address when the annotation names another Canvas', () => {
    const html =
      '<a href="/courses/1/files/2" data-api-endpoint="https://evil.io/api/v1/courses/1/files/9">x</a>'
    expect(find(html)).toMatchObject([{ id: '2' }])
  })

  test('lists each target once, in order of appearance', () => {
    const html = `
      <p><a href="/courses/1/files/3">three</a> <a href="/files/2/download">two</a></p>
      <iframe src="/courses/1/files/3/preview"></iframe><a href="/courses/1/pages/2">page</a>`
    expect(find(html).map(({ kind, id }) => `${kind} ${id}`)).toEqual(['file 3', 'file 2', 'page 2'])
  })
})
