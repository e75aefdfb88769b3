/** What stands before the words of a block: a title set into the line, or the date a step has. */
export interface RunIn {
  /** `Late work` of “**Late work.** You have two days.”; null when there is none. */
  readonly title: string | null
  readonly dated: boolean
  /** Where the block's own words begin, as an offset into its view. */
  readonly from: number
}
