import type { Genre, GenreTemplate } from '../template.ts'
import { bibliography } from './bibliography.ts'
import { discussion } from './discussion.ts'
import { essay } from './essay.ts'
import { general } from './general.ts'
import { labReport } from './lab-report.ts'
import { presentation } from './presentation.ts'
import { programming } from './programming.ts'
import { researchPaper } from './research-paper.ts'

/** The way of working each genre of assignment begins from. */
export const GENRES: Readonly<Record<Genre, GenreTemplate>> = {
  essay,
  research_paper: researchPaper,
  bibliography,
  programming,
  lab_report: labReport,
  presentation,
  discussion,
  general,
}
