import { describe, expect, test } from 'vitest'

import { extensionFor, formatsNamed, targetFile } from './target-files.ts'

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

test('every task writes one file, in Markdown where it has no deliverable', () => {
  const task = { task_number: 7, slug: 'outline', phase_type: 'core' }
  expect(targetFile({ ...task, deliverable: '' }, 'programming')).toBe('core/007-outline.md')
  expect(targetFile({ ...task, deliverable: 'An outline' }, 'essay')).toBe('core/007-outline.md')
  expect(targetFile({ ...task, deliverable: 'main.py' }, 'essay')).toBe('core/007-outline.py')
})

test('every language a text names is found, so that a choice between two is seen', () => {
  expect(formatsNamed('Write in C17 or Rust 1.75', 'programming')).toEqual(['rs', 'c'])
  expect(formatsNamed('a Python program analyze.py', 'programming')).toEqual(['py'])
  expect(formatsNamed('Write a poem', 'essay')).toEqual([])
})
