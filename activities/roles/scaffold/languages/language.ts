import type { Signature, TestStub } from '../scaffold.ts'

/** How a scaffold is written into a file that is read by a machine: words in comments, code that does nothing yet. */
export interface Language {
  /** Marks of a comment; the second closes it and is empty where a line end does. */
  readonly comment: readonly [string, string]
  /** What stands around everything else, e.g. a class; the name is an identifier. */
  readonly open?: (name: string) => readonly string[]
  readonly close?: readonly string[]
  /** How far what stands inside `open` is moved in. */
  readonly indent?: string
  /** What marks a part in the format itself, e.g. `\section{…}`. */
  readonly section?: (name: string) => readonly string[]
  /** A declaration without a body that works; null where a type would have to be made up. */
  readonly stub?: (signature: Signature) => readonly string[] | null
  readonly test?: (test: TestStub) => readonly string[]
  /** What makes a file one of this language, whatever else stands in it. */
  readonly mark?: readonly string[]
  /** What stands before the stubs, e.g. an import they need. */
  readonly head?: readonly string[]
}

/** `test_the_log_is_empty` as `testTheLogIsEmpty`. */
export function toCamel(name: string): string {
  return name.replaceAll(/_+([a-z0-9])/g, (_, letter: string) => letter.toUpperCase())
}

/** A declaration as the brief writes it, without what ends it. */
export function bareDeclaration(typed: string): string {
  return typed.replace(/\s*[;{]?\s*$/, '')
}
