import type { Language } from './language.ts'

const PLAIN = /[^\p{L}\p{N} ,.'’()–-]/gu
const plain = (name: string): string => name.replaceAll(PLAIN, ' ').replaceAll(/\s+/g, ' ').trim()

/** Formats that are no programs: words stand in comments beside the skeleton of the format. */
export const MARKUP = {
  tex: {
    comment: ['%', ''],
    open: () => ['\\documentclass{article}', '\\begin{document}'],
    close: ['\\end{document}'],
    section: (name) => [`\\section{${plain(name)}}`],
  },
  html: {
    comment: ['<!--', '-->'],
    open: () => [
      '<!doctype html>',
      '<html lang="en">',
      '<head><meta charset="utf-8"><title></title></head>',
      '<body>',
    ],
    close: ['</body>', '</html>'],
    section: (name) => [`<h2>${plain(name)}</h2>`],
  },
  xml: { comment: ['<!--', '-->'], open: () => ['<scaffold>'], close: ['</scaffold>'] },
  svg: {
    comment: ['<!--', '-->'],
    open: () => ['<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 100">'],
    close: ['</svg>'],
  },
  css: { comment: ['/*', '*/'] },
  sql: { comment: ['--', ''] },
  yaml: { comment: ['#', ''] },
  yml: { comment: ['#', ''] },
} as const satisfies Readonly<Record<string, Language>>
