import { CANVAS_CASES } from './canvas-cases.ts'
import { FILE_CASES } from './file-cases.ts'
import { HTML_CASES } from './html-cases.ts'
import type { InjectedCase } from './injected-case.ts'
import { TEXT_CASES } from './text-cases.ts'

/** Every document that gives an order; none may be obeyed. */
export const INJECTED_CASES: readonly InjectedCase[] = [
  ...HTML_CASES,
  ...CANVAS_CASES,
  ...TEXT_CASES,
  ...FILE_CASES,
]
