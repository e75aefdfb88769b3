type Row = Readonly<Record<string, string | number | Date | null>>

const word = (value: Row[string] | undefined): string => {
  if (value === null || value === undefined) return '–'
  // Words of people may hold what steers a terminal.
  return value instanceof Date ? value.toISOString() : String(value).replaceAll(/\p{Cc}+/gu, ' ')
}

/** Prints rows as a table for people, or as JSON for programs; `none` is what people read where there are no rows. */
export function printRows(
  rows: readonly Row[],
  {
    json,
    none,
    columns,
  }: { readonly json: boolean; readonly none: string; readonly columns: readonly string[] },
): string {
  if (json) return `${JSON.stringify(rows, null, 2)}\n`
  if (rows.length === 0) return `${none}\n`
  const lines = [
    columns.map((name) => name.replaceAll('_', ' ')),
    ...rows.map((row) => columns.map((name) => word(row[name]))),
  ]
  const widths = columns.map((_, column) => Math.max(...lines.map((line) => line[column]?.length ?? 0)))
  const printed = lines.map((line) =>
    line
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  )
  return `${printed.join('\n')}\n`
}
