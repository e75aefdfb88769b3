import { courseOf, Refusal, type Call } from '../call.ts'
import { list } from '../list.ts'
import { notFound } from '../protocol/refusals.ts'
import { json } from '../protocol/reply.ts'
import type { Route } from '../router.ts'
import type { CourseSeed, PageSeed } from '../seed.ts'
import { isoUtc } from '../term.ts'

export const pageRoutes: readonly Route[] = [
  {
    pattern: '/api/v1/courses/:courseId/pages',
    scope: 'url:GET|/api/v1/courses/:course_id/pages',
    tab: 'pages',
    answer: listPages,
  },
  {
    pattern: '/api/v1/courses/:courseId/pages/:slug',
    scope: 'url:GET|/api/v1/courses/:course_id/pages/:url_or_id',
    tab: 'pages',
    answer: showPage,
  },
]

function listPages(call: Call) {
  const course = courseOf(call)
  return list(
    call,
    course.pages.map((page) => presentPage(course, page, call.origin)),
  )
}

function showPage(call: Call) {
  const course = courseOf(call)
  const page = course.pages.find(
    ({ slug, id }) => slug === call.params['slug'] || String(id) === call.params['slug'],
  )
  if (page === undefined) throw new Refusal(notFound())
  return json({ ...presentPage(course, page, call.origin), body: page.body, locked_for_user: false })
}

function presentPage(course: CourseSeed, page: PageSeed, origin: string) {
  return {
    page_id: page.id,
    url: page.slug,
    title: page.title,
    created_at: isoUtc(page.updatedAt),
    updated_at: isoUtc(page.updatedAt),
    editing_roles: 'teachers',
    published: true,
    hide_from_students: false,
    front_page: false,
    html_url: `${origin}/courses/${course.id}/pages/${page.slug}`,
  }
}
