import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ask } from '../ask.ts'
import { startSandboxCanvas, type SandboxCanvas } from '../start.ts'

let canvas: SandboxCanvas
beforeAll(async () => {
  canvas = await startSandboxCanvas({ now: new Date('2026-03-02T15:00:00Z') })
})
afterAll(() => canvas.stop())

const read = async (path: string, token = 'sandbox~maya-okafor~student') => {
  const answer = await ask(`${canvas.origin}/api/v1${path}`, { token })
  expect(answer.status).toBe(200)
  return JSON.parse(answer.text)
}
const assignment = (path: string) =>
  read(`/courses/${path}?include[]=submission&include[]=can_submit&include[]=all_dates`)

describe('courses', () => {
  test('lists what the student sees, a course that is over by its id alone', async () => {
    const courses = await read('/courses?include[]=syllabus_body&include[]=term')
    expect(courses.map(({ id }: { id: string }) => id)).toEqual([
      '2101',
      '2102',
      '2103',
      '2104',
      '2105',
      '184670000000002203',
    ])
    expect(courses[4]).toEqual({ id: '2105', access_restricted_by_date: true })
    expect(courses.map((course: { time_zone?: string }) => course.time_zone)).toContain('Europe/Berlin')
  })

  test('the syllabus tells what the course thinks of AI: allowed, forbidden, or nothing', async () => {
    expect((await read('/courses/2101?include[]=syllabus_body')).syllabus_body).toContain('level 4')
    const forbidding = await read('/courses/184670000000002203?include[]=syllabus_body')
    expect(forbidding.syllabus_body).toContain('The use of generative AI is not permitted')
    expect((await read('/courses/2104?include[]=syllabus_body')).syllabus_body).toBeNull()
    expect(await read('/courses/2101')).not.toHaveProperty('syllabus_body')
  })
})

describe('assignments', () => {
  test('the essay has a rubric that adds up to its points, and dates that look forward', async () => {
    const essay = await assignment('2101/assignments/5101')
    expect(essay).toMatchObject({
      due_at: '2026-03-19T03:59:59Z',
      points_possible: 100,
      can_submit: true,
      use_rubric_for_grading: true,
    })
    expect(essay.description).toContain('1,800 to 2,200 words')
    expect(essay.description).toContain('Wednesday, March 18')
    const points = essay.rubric.map((criterion: { points: number }) => criterion.points)
    expect(points.reduce((sum: number, each: number) => sum + each)).toBe(
      essay.rubric_settings.points_possible,
    )
    expect(essay.submission).toMatchObject({ workflow_state: 'unsubmitted', submitted_at: null })
  })

  test('a rubric may be there without being used, without ratings, and with other points', async () => {
    const talk = await assignment('2103/assignments/5104')
    expect(talk.use_rubric_for_grading).toBe(false)
    expect(talk.rubric_settings).toMatchObject({ free_form_criterion_comments: true, points_possible: 36 })
    expect(talk.points_possible).toBe(40)
    expect(talk.rubric[0]).not.toHaveProperty('ratings')
  })

  test('files are linked by data attributes that lead to themselves', async () => {
    for (const path of [
      '2101/assignments/5101',
      '2102/assignments/5102',
      '2103/assignments/5103',
      '2104/assignments/5106',
    ]) {
      const { description } = await assignment(path)
      const endpoint =
        /data-api-endpoint="([^"]+\/files\/\d+)" data-api-returntype="File"/.exec(description)?.[1] ?? ''
      expect((await ask(endpoint)).status).toBe(200)
    }
  })

  test('many section dates are only counted', async () => {
    const project = await assignment('2102/assignments/5102')
    expect(project.all_dates_count).toBe(31)
    expect(project).not.toHaveProperty('all_dates')
  })

  test('a due date is that of the caller', async () => {
    const mine = await read('/courses/2103/assignments/5103')
    const his = await read(
      '/courses/2103/assignments/5103?include[]=all_dates',
      'sandbox~jonas-weber~student',
    )
    expect([mine.due_at, his.due_at]).toEqual(['2026-03-21T22:59:59Z', '2026-03-23T22:59:59Z'])
    expect(his.all_dates).toHaveLength(2)
    expect(mine.description).toContain('data-equation-content=')
  })

  test('the presentation contradicts its own due date', async () => {
    const talk = await assignment('2103/assignments/5104')
    expect(talk.description).toContain('Monday, March 16 at 18:00')
    expect(talk.due_at).toBe('2026-03-23T22:59:59Z')
  })

  test('the discussion has its prompt in the topic and two due dates', async () => {
    const discussion = await assignment('2101/assignments/5105')
    expect(discussion).toMatchObject({ description: '', has_sub_assignments: true })
    expect(
      discussion.checkpoints.map(({ tag, due_at }: { tag: string; due_at: string }) => [tag, due_at]),
    ).toEqual([
      ['reply_to_topic', '2026-03-12T03:59:59Z'],
      ['reply_to_entry', '2026-03-16T03:59:59Z'],
    ])
    expect(discussion.discussion_topic.message).toContain('250 to 350 words')
    expect(await read('/courses/2101/discussion_topics/8805')).toMatchObject({
      id: '8805',
      assignment_id: '5105',
    })
  })

  test('a locked one hides its description and says why', async () => {
    const locked = await assignment('2101/assignments/5107')
    expect(locked).toMatchObject({
      description: '',
      locked_for_user: true,
      can_submit: false,
      lock_explanation: 'This assignment is locked until Mar 11 at 8am.',
      lock_info: { asset_string: 'assignment_5107', unlock_at: '2026-03-11T12:00:00Z' },
    })
  })

  test('quizzes, tools and empty rows of the gradebook say what they are', async () => {
    expect(await assignment('2101/assignments/5108')).toMatchObject({
      quiz_id: '8708',
      submission_types: ['online_quiz'],
      require_lockdown_browser: true,
    })
    expect(await assignment('2101/assignments/5113')).toMatchObject({
      is_quiz_lti_assignment: true,
      submission_types: ['external_tool'],
    })
    expect(await assignment('2101/assignments/5112')).toMatchObject({
      description: null,
      due_at: null,
      points_possible: null,
    })
  })

  test('every time is UTC with Z and without fractions', async () => {
    const text = JSON.stringify(await read('/courses/2101/assignments?per_page=50&include[]=all_dates'))
    const times = text.match(/"\w+_at":"[^"]+"/g) ?? []
    expect(times.length).toBeGreaterThan(20)
    expect(times.filter((time) => !/:"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ"$/.test(time))).toEqual([])
  })
})

describe('the rest of a course', () => {
  test('pages, modules and their items lead to each other', async () => {
    const [module] = await read('/courses/2102/modules?include[]=items')
    expect(module.items).toHaveLength(module.items_count)
    const [big] = await read('/courses/2101/modules?include[]=items')
    expect(big).not.toHaveProperty('items')
    const items = await read(new URL(big.items_url).pathname.replace('/api/v1', ''))
    expect(items).toHaveLength(big.items_count)
    const page = await read(new URL(items[0].url).pathname.replace('/api/v1', ''))
    expect(page.body).toContain('Chadwick')
  })

  test('no module item and no link inside a text leads nowhere', async () => {
    const courses = ['2101', '2102', '2103', '2104', '184670000000002203']
    const lists = await Promise.all(
      courses.flatMap((id) => [
        read(`/courses/${id}/assignments?per_page=100`),
        read(`/courses/${id}/modules?per_page=100`).then((modules: { id: string }[]) =>
          Promise.all(
            modules.map((module) => read(`/courses/${id}/modules/${module.id}/items?per_page=100`)),
          ),
        ),
      ]),
    )
    const text = JSON.stringify(lists)
    const linked = [
      ...text.matchAll(/data-api-endpoint=\\\\?"([^"\\]+)/g),
      ...text.matchAll(/"url":"([^"]+\/api\/v1\/[^"]+)"/g),
    ]
    const urls = [...new Set(linked.map(([, url]) => url ?? ''))]
    expect(urls.length).toBeGreaterThan(10)
    const statuses = await Promise.all(urls.map(async (url) => [url, (await ask(url)).status]))
    expect(statuses.filter(([, status]) => status !== 200)).toEqual([])
  })

  test('the planner lists both checkpoints, in order of date, by bookmark pages', async () => {
    const answer = await ask(`${canvas.origin}/api/v1/planner/items?per_page=4`)
    expect(String(answer.headers['link'])).toMatch(/page=bookmark%3A[\w-]+&per_page=4>; rel="next"/)
    const items = await read('/planner/items?per_page=100')
    const dates = items.map(({ plannable_date }: { plannable_date: string }) => plannable_date)
    expect(dates).toEqual(dates.toSorted())
    expect(
      items.filter(({ plannable_type }: { plannable_type: string }) => plannable_type === 'sub_assignment'),
    ).toHaveLength(2)
    expect((await ask(`${canvas.origin}/api/v1/planner/items?start_date=yesterday`)).status).toBe(400)
  })

  test('the own submission is there for whoever asks, and nobody else’s', async () => {
    expect(await read('/courses/2101/assignments/5101/submissions/self')).toMatchObject({
      user_id: '3001',
      attempt: null,
    })
    expect((await ask(`${canvas.origin}/api/v1/courses/2101/assignments/5101/submissions/3002`)).status).toBe(
      403,
    )
  })
})
