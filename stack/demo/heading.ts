import pc from 'picocolors'

/** A title with a blank line before it. */
export function heading(text: string): string {
  return `\n${pc.bold(pc.underline(text))}`
}
