import { bareDeclaration, toCamel, type Language } from './language.ts'

const WAITING = 'Not written yet'

/** A language in which a declaration needs types: only what the brief declares itself becomes a stub. */
const declared =
  (body: (declaration: string) => readonly string[]): NonNullable<Language['stub']> =>
  ({ kind, typed }) =>
    kind === 'class' || typed === null ? null : body(bareDeclaration(typed))

const c: Language = {
  comment: ['/*', '*/'],
  head: ['#include <stdlib.h>'],
  stub: declared((declaration) => [`${declaration};`]),
  test: ({ name }) => [`void ${name}(void) {`, '    abort(); /* not written yet */', '}'],
}

/** Languages with types. */
export const TYPED = {
  c,
  h: { ...c, head: ['#pragma once'], test: ({ name }) => [`void ${name}(void);`] },
  cpp: {
    ...c,
    comment: ['//', ''],
    head: ['#include <cstdlib>'],
    test: ({ name }) => [`void ${name}() {`, '    std::abort(); // not written yet', '}'],
  },
  java: {
    comment: ['//', ''],
    open: (name) => [`final class ${name} {`],
    close: ['}'],
    indent: '    ',
    stub: declared((declaration) => [
      `${declaration} {`,
      `    throw new UnsupportedOperationException("${WAITING}");`,
      '}',
    ]),
    test: ({ name }) => [
      `static void ${toCamel(name)}() {`,
      `    throw new UnsupportedOperationException("${WAITING}");`,
      '}',
    ],
  },
  cs: {
    comment: ['//', ''],
    open: (name) => [`static class ${name}`, '{'],
    close: ['}'],
    indent: '    ',
    stub: declared((declaration) => [
      declaration,
      '{',
      `    throw new System.NotImplementedException("${WAITING}");`,
      '}',
    ]),
    test: ({ name }) => [
      `static void ${toCamel(name)}()`,
      '{',
      `    throw new System.NotImplementedException("${WAITING}");`,
      '}',
    ],
  },
  kt: {
    comment: ['//', ''],
    stub: declared((declaration) => [`${declaration} {`, `    TODO("${WAITING}")`, '}']),
    test: ({ name }) => [`fun ${toCamel(name)}() {`, `    TODO("${WAITING}")`, '}'],
  },
  go: {
    comment: ['//', ''],
    head: ['package main', '', 'import "testing"'],
    stub: declared((declaration) => [`${declaration} {`, `\tpanic("${WAITING}")`, '}']),
    test: ({ name }) => [`func ${toCamel(`_${name}`)}(t *testing.T) {`, `\tt.Skip("${WAITING}")`, '}'],
  },
  rs: {
    comment: ['//', ''],
    stub: declared((declaration) => [`${declaration} {`, '    unimplemented!()', '}']),
    test: ({ name }) => ['#[test]', `fn ${name}() {`, '    unimplemented!()', '}'],
  },
  hs: {
    comment: ['--', ''],
    head: ['module Main where'],
    stub: () => null,
    test: ({ name }) => [`${toCamel(name)} :: IO ()`, `${toCamel(name)} = error "${WAITING}"`],
  },
} as const satisfies Readonly<Record<string, Language>>
