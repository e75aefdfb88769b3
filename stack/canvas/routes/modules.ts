import { courseOf, idParam, includes, Refusal, type Call } from '../call.ts'
import { list } from '../list.ts'
import { notFound } from '../protocol/refusals.ts'
import { json } from '../protocol/reply.ts'
import type { Route } from '../router.ts'
import type { CourseSeed, ModuleItemSeed, ModuleSeed } from '../seed.ts'

const MOST_ITEMS_INLINE = 6

export const moduleRoutes: readonly Route[] = [
  {
    pattern: '/api/v1/courses/:courseId/modules',
    scope: 'url:GET|/api/v1/courses/:course_id/modules',
    tab: 'modules',
    answer: listModules,
  },
  {
    pattern: '/api/v1/courses/:courseId/modules/:moduleId',
    scope: 'url:GET|/api/v1/courses/:course_id/modules/:id',
    tab: 'modules',
    answer: (call) => json(presentModule(courseOf(call), moduleOf(call), call.origin, includes(call))),
  },
  {
    pattern: '/api/v1/courses/:courseId/modules/:moduleId/items',
    scope: 'url:GET|/api/v1/courses/:course_id/modules/:module_id/items',
    tab: 'modules',
    answer: listItems,
  },
]

function listModules(call: Call) {
  const course = courseOf(call)
  const include = includes(call)
  return list(
    call,
    course.modules.map((module) => presentModule(course, module, call.origin, include)),
  )
}

function listItems(call: Call) {
  const course = courseOf(call)
  const module = moduleOf(call)
  return list(
    call,
    module.items.map((item, index) => presentItem(course, module, item, index, call.origin)),
  )
}

function moduleOf(call: Call): ModuleSeed {
  const id = idParam(call, 'moduleId')
  const module = courseOf(call).modules.find((candidate) => candidate.id === id)
  if (module === undefined) throw new Refusal(notFound())
  return module
}

function presentModule(course: CourseSeed, module: ModuleSeed, origin: string, include: ReadonlySet<string>) {
  // Canvas leaves the items out of big modules, whatever was asked.
  const inline = include.has('items') && module.items.length <= MOST_ITEMS_INLINE
  return {
    id: module.id,
    name: module.name,
    position: course.modules.indexOf(module) + 1,
    unlock_at: null,
    require_sequential_progress: false,
    prerequisite_module_ids: [],
    items_count: module.items.length,
    items_url: `${origin}/api/v1/courses/${course.id}/modules/${module.id}/items`,
    state: 'started',
    ...(inline
      ? { items: module.items.map((item, index) => presentItem(course, module, item, index, origin)) }
      : {}),
  }
}

const API_SEGMENT = {
  Assignment: 'assignments',
  File: 'files',
  Quiz: 'quizzes',
  Discussion: 'discussion_topics',
  Page: 'pages',
} as const

function presentItem(
  course: CourseSeed,
  module: ModuleSeed,
  item: ModuleItemSeed,
  index: number,
  origin: string,
) {
  const id = module.id * 100n + BigInt(index + 1)
  const common = {
    id,
    title: item.title,
    position: index + 1,
    indent: 0,
    type: item.type,
    module_id: module.id,
  }
  const home = `${origin}/courses/${course.id}`
  if (item.type === 'SubHeader') return common
  const html_url = `${home}/modules/items/${id}`
  if (item.type === 'ExternalUrl') return { ...common, html_url, external_url: item.url, new_tab: true }
  const target = `${origin}/api/v1/courses/${course.id}/${API_SEGMENT[item.type]}`
  if (item.type === 'Page') return { ...common, html_url, page_url: item.slug, url: `${target}/${item.slug}` }
  return { ...common, html_url, content_id: item.contentId, url: `${target}/${item.contentId}` }
}
