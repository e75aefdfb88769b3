/** Where a case plants its order; the rest of the assignment stays what it is. */
export interface Planted {
  readonly title?: string
  /** HTML that follows the description. */
  readonly description?: string
  readonly discussion?: string
  readonly syllabus?: string
  /** What follows the name of the second criterion, and what explains it. */
  readonly criterion?: string
  readonly explanation?: string
  readonly rating?: string
  readonly attachment?: Attachment
}

export interface Attachment {
  readonly name: string
  readonly bytes: Uint8Array
}

export type Format = 'markdown' | 'pdf' | 'docx'

/** A document that gives an order, and what it wants. */
export interface InjectedCase {
  readonly title: string
  /** A word of the order that stands nowhere else: what obeys it gives itself away by it. */
  readonly canary: string
  /** Words of the report a reader gets of it, as they stand there. */
  readonly reported: string
  /** The file the assignment comes with; Markdown where the order stands elsewhere. */
  readonly format?: Format
  readonly planted: Planted
}
