import { toCamel, type Language } from './language.ts'

const WAITING = 'Not written yet'

const js = (type: string, result: string): Language => ({
  comment: ['//', ''],
  stub: ({ kind, name, parameters }) =>
    kind === 'class'
      ? [`export class ${name} {}`]
      : [
          `export function ${name}(${parameters.map((parameter) => parameter + type).join(', ')})${result} {`,
          `  throw new Error('${WAITING}: ${name}')`,
          '}',
        ],
  test: ({ name }) => [`function ${toCamel(name)}()${result} {`, `  throw new Error('${WAITING}')`, '}'],
})

/** Languages without types that have to be written: a stub is what the brief names. */
export const SCRIPTS = {
  py: {
    comment: ['#', ''],
    stub: ({ kind, name, parameters }) =>
      kind === 'class'
        ? [`class ${name}:`, '    pass']
        : [`def ${name}(${parameters.join(', ')}):`, `    raise NotImplementedError("${WAITING}")`],
    test: ({ name }) => [`def ${name}():`, `    raise NotImplementedError("${WAITING}")`],
  },
  js: js('', ''),
  ts: js(': unknown', ': never'),
  rb: {
    comment: ['#', ''],
    stub: ({ kind, name, parameters }) =>
      kind === 'class'
        ? [`class ${name}`, 'end']
        : [`def ${name}(${parameters.join(', ')})`, `  raise NotImplementedError, "${WAITING}"`, 'end'],
    test: ({ name }) => [`def ${name}`, `  raise NotImplementedError, "${WAITING}"`, 'end'],
  },
  php: {
    mark: ['<?php'],
    comment: ['//', ''],
    stub: ({ kind, name, parameters }) =>
      kind === 'class'
        ? [`class ${name} {}`]
        : [
            `function ${name}(${parameters.map((parameter) => `$${parameter}`).join(', ')}) {`,
            `    throw new Exception('${WAITING}');`,
            '}',
          ],
    test: ({ name }) => [`function ${name}() {`, `    throw new Exception('${WAITING}');`, '}'],
  },
  r: {
    comment: ['#', ''],
    stub: ({ kind, name, parameters }) =>
      kind === 'class'
        ? null
        : [`${name} <- function(${parameters.join(', ')}) {`, `  stop("${WAITING}")`, '}'],
    test: ({ name }) => [`${name} <- function() {`, `  stop("${WAITING}")`, '}'],
  },
  m: {
    comment: ['%', ''],
    stub: ({ kind, name, parameters }) =>
      kind === 'class'
        ? null
        : [`function ${name}(${parameters.join(', ')})`, `  error('${WAITING}');`, 'end'],
    test: ({ name }) => [`function ${name}()`, `  error('${WAITING}');`, 'end'],
  },
} as const satisfies Readonly<Record<string, Language>>
