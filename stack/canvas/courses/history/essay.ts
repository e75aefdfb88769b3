import { brief, fileLink } from '../../brief.ts'
import type { AssignmentSeed, CourseContext, RubricSeed } from '../../seed.ts'
import { longDate, type Term } from '../../term.ts'
import { PDF } from '../media-types.ts'

/** An essay with a rubric: everything it asks stands in the description. */
export function essay({ origin }: CourseContext, courseId: bigint, term: Term): AssignmentSeed {
  const due = term.at(16)
  return {
    id: 5101n,
    name: 'Essay 2: Water, Blame and Reform',
    description: brief(import.meta.url, 'essay.html', {
      origin,
      askBy: longDate(term.at(4)),
      sourcesBy: longDate(term.at(6)),
      workshop: longDate(term.weekday(5, 7)),
      due: longDate(due),
      guide: fileLink(origin, courseId, 7001n, 'Reading a mortality table.pdf'),
    }),
    dueAt: due,
    lockAt: due.plus({ days: 5 }),
    updatedAt: term.at(-5, '09:12'),
    points: 100,
    submissionTypes: ['online_upload'],
    allowedExtensions: ['docx', 'pdf'],
    attempts: 2,
    rubric,
    files: [
      {
        id: 7001n,
        displayName: 'Reading a mortality table.pdf',
        contentType: PDF,
        source: 'reading-a-mortality-table.pdf',
        updatedAt: term.at(-40, '14:05'),
      },
    ],
  }
}

const rubric: RubricSeed = {
  id: 8101n,
  title: 'HIST 214 research essay',
  usedForGrading: true,
  criteria: [
    {
      id: '_4821',
      points: 20,
      description: 'Thesis',
      longDescription: 'Names a cause, explains the timing, and can be argued against.',
      ratings: [
        { points: 20, description: 'Arguable and explains timing' },
        { points: 14, description: 'Arguable, timing left open' },
        { points: 8, description: 'A statement of topic' },
        { points: 0, description: 'Missing' },
      ],
    },
    {
      id: '_4822',
      points: 30,
      description: 'Evidence',
      longDescription:
        'Six sources or more, two of them primary; one table, map or chart read closely. Capped at 20 without a source list on time.',
      useRange: true,
      ratings: [
        { points: 30, description: 'Sources read against each other; the figure is interrogated' },
        { points: 20, description: 'Enough sources, used one at a time' },
        { points: 10, description: 'Too few sources, or the figure only illustrates' },
        { points: 0, description: 'No usable evidence' },
      ],
    },
    {
      id: '_4823',
      points: 25,
      description: 'Analysis and counter-argument',
      ratings: [
        { points: 25, description: 'Weighs causes; answers a strong objection with evidence' },
        { points: 17, description: 'Weighs causes; the objection is a weak one' },
        { points: 9, description: 'Narrates' },
        { points: 0, description: 'No analysis' },
      ],
    },
    {
      id: '_4824',
      points: 15,
      description: 'Structure and prose',
      longDescription: 'Paragraphs carry one claim each. 1,800 to 2,200 words.',
      ratings: [
        { points: 15, description: 'Clear throughout' },
        { points: 10, description: 'Mostly clear' },
        { points: 5, description: 'Hard to follow' },
        { points: 0, description: 'Not readable as an essay' },
      ],
    },
    {
      id: '_4825',
      points: 10,
      description: 'Citations',
      longDescription: 'Chicago, 17th edition, notes and bibliography; primary and secondary sources apart.',
      ratings: [
        { points: 10, description: 'Correct and complete' },
        { points: 6, description: 'Small, consistent errors' },
        { points: 0, description: 'Another style, or sources missing' },
      ],
    },
  ],
}
