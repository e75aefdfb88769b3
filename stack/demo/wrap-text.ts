const WIDTH = 100

/** Breaks text into lines of at most 100 characters, each indented; `first` stands before the first one. */
export function wrapText(text: string, indent: number, first = ''): string {
  const pad = ' '.repeat(indent)
  const lines: string[] = []
  let line = first
  for (const word of text.split(/\s+/).filter((part) => part !== '')) {
    const blank = line === '' || line.endsWith(' ') ? '' : ' '
    if (line.trim() !== '' && indent + line.length + blank.length + word.length > WIDTH) {
      lines.push(pad + line)
      line = ' '.repeat(first.length) + word
    } else {
      line += blank + word
    }
  }
  return [...lines, pad + line].join('\n')
}
