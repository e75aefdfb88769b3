import type { CourseWriter } from '../seed.ts'
import { computing } from './computing/course.ts'
import { ecology } from './ecology/course.ts'
import { fieldMethods } from './field-methods/course.ts'
import { history } from './history/course.ts'
import { philosophy } from './philosophy/course.ts'
import { physics } from './physics/course.ts'

/** Every course of the sandbox. */
export const COURSES: readonly CourseWriter[] = [
  history,
  computing,
  physics,
  fieldMethods,
  ecology,
  philosophy,
]
