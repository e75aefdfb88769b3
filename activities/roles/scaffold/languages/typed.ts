import { bareDeclaration, toCamel, type Language } from './language.ts'

const WAITING = 'Not written yet'

// How a declaration reads in each family; what reads otherwise was written in another language, or is a sentence.
const C_TYPE = String.raw`(?:(?:const|unsigned|signed|static|long|short) )*(?:void|int|char|bool|float|double|long|short|size_t|unsigned)`
const OF_C = new RegExp(
  String.raw`^${C_TYPE}[ *]+\w+\((?:void|(?:${C_TYPE}[ *]+\w+(?:\[\])?(?:, (?=\S)|(?=\))))*)\)$`,
)
const JAVA_TYPE = String.raw`(?:void|int|char|boolean|bool|float|double|long|short|byte|string|[A-Z]\w*(?:<[\w, <>]+>)?)(?:\[\])*`
const OF_JAVA = new RegExp(
  String.raw`^(?:(?:public|private|protected|static|final) )*(?!Implement|Write|Provide|Add|Create|Use|Call|Define)${JAVA_TYPE} \w+\((?:${JAVA_TYPE} \w+(?:, (?=\S)|(?=\))))*\)$`,
)
const OF_KOTLIN = /^fun \w+\((?:\w+: [\w<>?]+(?:, (?=\S)|(?=\))))*\)(?:: [\w<>?]+)?$/
const OF_GO = /^func \w+\((?:\w+ [\w.*[\]]+(?:, (?=\S)|(?=\))))*\)(?: [\w.*[\]]+)?$/
const OF_RUST = /^(?:pub )?fn \w+\((?:\w+: &?[\w<>]+(?:, (?=\S)|(?=\))))*\)(?: -> [\w<>]+)?$/

/** A language in which a declaration needs types: only what the brief declares in it becomes a stub. */
const declared =
  (form: RegExp, body: (declaration: string) => readonly string[]): NonNullable<Language['stub']> =>
  ({ kind, typed }) => {
    if (kind === 'class' || typed === null) return null
    const declaration = bareDeclaration(typed)
    return form.test(declaration) ? body(declaration) : null
  }

const c: Language = {
  comment: ['/*', '*/'],
  head: ['#include <stdlib.h>'],
  stub: declared(OF_C, (declaration) => [`${declaration};`]),
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
    stub: declared(OF_JAVA, (declaration) => [
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
    stub: declared(OF_JAVA, (declaration) => [
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
    stub: declared(OF_KOTLIN, (declaration) => [`${declaration} {`, `    TODO("${WAITING}")`, '}']),
    test: ({ name }) => [`fun ${toCamel(name)}() {`, `    TODO("${WAITING}")`, '}'],
  },
  go: {
    comment: ['//', ''],
    head: ['package main', '', 'import "testing"'],
    stub: declared(OF_GO, (declaration) => [`${declaration} {`, `\tpanic("${WAITING}")`, '}']),
    test: ({ name }) => [`func ${toCamel(`_${name}`)}(t *testing.T) {`, `\tt.Skip("${WAITING}")`, '}'],
  },
  rs: {
    comment: ['//', ''],
    stub: declared(OF_RUST, (declaration) => [`${declaration} {`, '    unimplemented!()', '}']),
    test: ({ name }) => ['#[test]', `fn ${name}() {`, '    unimplemented!()', '}'],
  },
  hs: {
    comment: ['--', ''],
    head: ['module Main where'],
    stub: () => null,
    test: ({ name }) => [`${toCamel(name)} :: IO ()`, `${toCamel(name)} = error "${WAITING}"`],
  },
} as const satisfies Readonly<Record<string, Language>>
