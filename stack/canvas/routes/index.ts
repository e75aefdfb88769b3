import type { Route } from '../router.ts'
import { assignmentRoutes } from './assignments.ts'
import { courseRoutes } from './courses.ts'
import { discussionRoutes } from './discussions.ts'
import { downloadRoutes, fileRoutes } from './files.ts'
import { moduleRoutes } from './modules.ts'
import { pageRoutes } from './pages.ts'
import { plannerRoutes } from './planner.ts'
import { quizRoutes } from './quizzes.ts'
import { userRoutes } from './users.ts'

/** Every address under /api/v1 that the sandbox answers. */
export const API_ROUTES: readonly Route[] = [
  ...userRoutes,
  ...courseRoutes,
  ...assignmentRoutes,
  ...fileRoutes,
  ...pageRoutes,
  ...moduleRoutes,
  ...discussionRoutes,
  ...quizRoutes,
  ...plannerRoutes,
]

export { downloadRoutes }
