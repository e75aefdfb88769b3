import { describe, expect, test } from 'vitest'

import { extensionFor, targetFiles } from './target-files.ts'

describe('extensionFor()', () => {
  test.each([
    ['main.py, running', 'general', 'py'],
    ['list.c and list.h', 'programming', 'c'],
    ['A .m file', 'general', 'm'],
    ['A .csv file with the counts', 'essay', 'csv'],
    ['notes.tex and its figures', 'essay', 'tex'],
    ['An Excel sheet', 'general', 'csv'],
    ['The SQL queries', 'programming', 'sql'],
    ['A Python module', 'programming', 'py'],
    ['A JavaScript page', 'programming', 'js'],
    ['A Java class', 'programming', 'java'],
    ['Unit tests in C++', 'programming', 'cpp'],
    ['A C program', 'programming', 'c'],
    ['A table of all measurements with units', 'lab_report', 'csv'],
  ] as const)('%s in %s is written as .%s', (deliverable, genre, extension) => {
    expect(extensionFor(deliverable, genre)).toBe(extension)
  })

  test.each([
    ['An essay on the Python in myth', 'essay'],
    ['An outline, each point with its evidence', 'research_paper'],
    ['The report as a PDF', 'lab_report'],
    ['essay.docx', 'essay'],
    ['A complete set of slides (.pptx)', 'presentation'],
    ['Measurements of taste', 'discussion'],
    ['Version 2.0, e.g. your final text', 'general'],
    ['A sketch by 9 a.m. of 500 B.C.', 'essay'],
    ['An e-mail to example.com', 'general'],
  ] as const)('%s in %s is a text of its own or is outlined in one: Markdown', (deliverable, genre) => {
    expect(extensionFor(deliverable, genre)).toBe('md')
  })
})

test('a task without a deliverable writes no file', () => {
  const task = { task_number: 7, slug: 'outline', phase_type: 'core' }
  expect(targetFiles({ ...task, deliverable: ' \n' }, 'essay')).toEqual([])
  expect(targetFiles({ ...task, deliverable: 'An outline' }, 'essay')).toEqual(['core/007-outline.md'])
})
