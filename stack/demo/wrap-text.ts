const WIDTH = 100

/** Breaks text into lines of at most 100 characters, each indented; `first` stands before the first one. */
export function wrapText(text: string, indent: number, first = ''): string {
  const [head = '', ...rest] = text.split('\n')
  const below = ' '.repeat(first.length)
  return [wrapLine(head, indent, first), ...rest.map((line) => wrapLine(line, indent, below))].join('\n')
}

function wrapLine(text: string, indent: number, first: string): string {
  const pad = ' '.repeat(indent)
  // A list item goes on below its own words, not below its mark.
  const hang = ' '.repeat(first.length + (text.startsWith('- ') ? 2 : 0))
  const lines: string[] = []
  let line = first
  for (const word of text.split(/\s+/).filter((part) => part !== '')) {
    const blank = line === '' || line.endsWith(' ') ? '' : ' '
    if (line.trim() !== '' && indent + line.length + blank.length + word.length > WIDTH) {
      lines.push(pad + line)
      line = hang + word
    } else {
      line += blank + word
    }
  }
  return [...lines, pad + line].join('\n')
}
