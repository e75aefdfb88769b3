// A scaffold before it has a file format: what it asks of its writer, and the places it keeps for the answers.

/** Something asked, in the words of a source, and where it says so. */
export interface Demand {
  readonly text: string
  /** The name of the document, with a page where it has one; null for what no document says. */
  readonly source: string | null
  /** The words of the document, where the text puts them otherwise. */
  readonly quote: string | null
}

/** A part of the work: what it is for, what its writer asks themselves, and blanks to fill. */
export interface Section {
  readonly name: string
  /** Its share of the whole, e.g. `about 250 words` or `1:30`; null where nothing is shared out. */
  readonly amount: string | null
  readonly purpose: string
  readonly asks: readonly string[]
  readonly demands: readonly Demand[]
  /** Labels of blanks. */
  readonly slots: readonly string[]
}

/** A table to fill; an empty cell is a blank. */
export interface Grid {
  readonly caption: string
  readonly columns: readonly string[]
  readonly rows: readonly (readonly string[])[]
}

/** Something the brief itself names, to be declared and left open. */
export interface Signature {
  readonly kind: 'function' | 'class'
  readonly name: string
  /** Names of parameters, without types. */
  readonly parameters: readonly string[]
  /** The declaration as the brief writes it, where it gives types; else null. */
  readonly typed: string | null
}

/** A test to write: the name of its stub, and what it is to show. */
export interface TestStub {
  readonly name: string
  readonly shows: string
}

/** The part of a scaffold that is code: nothing in it does anything yet. */
export interface CodeSkeleton {
  /** Extension of the language it is shown in where the file itself is none; null where it is in none. */
  readonly language: string | null
  /** Files the brief names. */
  readonly files: readonly string[]
  /** What the brief itself names of the code, as it writes it. */
  readonly names: readonly string[]
  /** The same to be declared; empty where only its writer may write code. */
  readonly signatures: readonly Signature[]
  /** Stubs of tests; empty where only its writer may write tests. */
  readonly tests: readonly TestStub[]
  /** What the tests have to show, to be planned in words, where they have no stubs. */
  readonly planned: readonly string[]
}

/** Work that came back: why, and what was found wrong. */
export interface CameBack {
  readonly reason: string
  readonly checks: readonly string[]
}

export interface Scaffold {
  readonly title: string
  /** Who made it and what it is not; stands in every scaffold. */
  readonly made_by: string
  readonly facts: readonly { readonly label: string; readonly value: string }[]
  /** How to work with it. */
  readonly use: string
  readonly came_back: CameBack | null
  /** What holds for the whole of it. */
  readonly demands: readonly Demand[]
  /** What it is judged by. */
  readonly rubric: readonly Demand[]
  readonly sections: readonly Section[]
  /** What the shares add up to, e.g. `about 1,750 words`. */
  readonly total: string | null
  readonly grid: Grid | null
  readonly code: CodeSkeleton | null
  readonly criteria: readonly string[]
  /** What the milestone it belongs to must meet as a whole. */
  readonly beside: readonly string[]
  readonly open: readonly string[]
  /** What earlier tasks left to work from. */
  readonly earlier: readonly string[]
}
