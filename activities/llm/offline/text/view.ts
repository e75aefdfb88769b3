/** Text as a reader sees it, without markup or hard wraps; `at[i]` is the raw offset of character i. */
export interface View {
  readonly text: string
  readonly at: readonly number[]
}

export interface Span {
  readonly start: number
  readonly end: number
}

// One alternative per markup form; the named groups say which raw part is left standing.
const MARKUP =
  /(?<math>\$[^$\n\\]{0,300}\\[^$\n]{0,300}\$)|<!--[\s\S]{0,4000}?-->|!\[[^\]\n]{0,500}\]\([^)\n]{0,500}\)|\[(?<label>[^\]\n]{1,500})\]\((?:<[^>\n]{0,500}>|[^)\s]{0,500})(?:\s+"[^"\n]{0,500}")?\)|\\(?<escaped>[!-/:-@[-`{-~])|(?<mark>\*{1,3}|~~|`+)|(?<edge>(?<![\p{L}\p{N}])_{1,3}(?=\S)|(?<=\S)_{1,3}(?![\p{L}\p{N}]))|(?<tag><\/?[a-zA-Z][^>\n]{0,500}>)|(?<wrap>(?<=\p{Ll})-[ \t]*\n\s*(?=\p{Ll}))|(?<space>[\s\u00A0\u200B\u00AD]+)/gu

// First parts whose hyphen belongs to the word, so a line break after it joins nothing.
const HYPHENATED =
  /\b(?:peer|self|non|multi|well|in|follow|double|single|high|low|long|short|one|two|three|four|five|half|full|co|re|pre|post|semi|cross|inter|on|off|up|first|second|third|real|open|end|step)$/iu

const PLACEHOLDER = /^<(?<name>[a-z][a-z0-9]*(?:[ _-][a-z0-9]+){0,3})>$/iu
const ELEMENT =
  /^(?:a|abbr|address|article|aside|b|blockquote|body|br|button|canvas|caption|center|cite|code|col|dd|del|details|dfn|div|dl|dt|em|figcaption|figure|font|footer|h[1-6]|head|header|hr|html|i|iframe|img|ins|kbd|li|main|mark|meta|nav|noscript|ol|p|picture|pre|q|s|samp|script|section|small|span|strike|strong|style|sub|summary|sup|svg|table|tbody|td|template|tfoot|th|thead|tr|tt|u|ul|var|video|wbr)$/iu

/** Whether what looks like a tag stands for a word to be filled in, as in `kvlog <directory>`: no element, never closed, no part of a word. */
function isPlaceholder(raw: string, at: number, tag: string): boolean {
  const name = PLACEHOLDER.exec(tag)?.groups?.['name']
  if (name === undefined || ELEMENT.test(name.split(' ')[0] ?? '')) return false
  const around = `${raw.slice(Math.max(0, at - 1), at)} ${raw.slice(at + tag.length, at + tag.length + 1)}`
  return !/[\p{L}\p{N}]/u.test(around) && !raw.includes(`</${name}>`)
}

class ViewBuilder {
  private text = ''
  private readonly at: number[] = []

  copy(raw: string, start: number, end: number): void {
    for (let i = start; i < end; i += 1) this.at.push(i)
    this.text += raw.slice(start, end)
  }

  space(at: number, shown = ' '): void {
    if (this.text === '' || this.text.endsWith(' ')) return
    this.text += shown
    for (let i = 0; i < shown.length; i += 1) this.at.push(at)
  }

  finish(): View {
    const text = this.text.trimEnd()
    return { text, at: this.at.slice(0, text.length) }
  }
}

function viewInto(builder: ViewBuilder, raw: string, { start, end }: Span, ofRow: boolean): void {
  let from = start
  for (const match of raw.slice(start, end).matchAll(MARKUP)) {
    const at = start + match.index
    if (match.groups?.['tag'] !== undefined && isPlaceholder(raw, at, match[0])) continue
    builder.copy(raw, from, at)
    from = at + match[0].length
    const { label, escaped, wrap, space, mark, math } = match.groups ?? {}
    // A formula keeps its backslashes: `\,` is a gap there, and no comma.
    if (math !== undefined) builder.copy(raw, at, from)
    else if (label !== undefined) viewInto(builder, raw, { start: at + 1, end: at + 1 + label.length }, ofRow)
    else if (escaped !== undefined) builder.copy(raw, at + 1, at + 2)
    else if (space !== undefined) builder.space(at, ofRow && /^[^\n]*(?:\t| {2})/u.test(space) ? ' | ' : ' ')
    // "**R1**Each" is a label and a sentence, not one word.
    else if (
      mark !== undefined &&
      /[\p{L}\p{N}]$/u.test(raw.slice(0, at).slice(-1)) &&
      /^\p{Lu}/u.test(raw.slice(from, from + 2)) &&
      match[0].length > 1
    )
      builder.space(at)
    else if (wrap !== undefined && HYPHENATED.test(raw.slice(Math.max(0, at - 12), at)))
      builder.copy(raw, at, at + 1)
  }
  builder.copy(raw, from, end)
}

/**
 * Reads a stretch of raw text: markup dropped, white space collapsed, words broken over lines joined. In a row of a
 * table the tabs or wide gaps between cells are shown as bars.
 */
export function viewOf(raw: string, span: Span, ofRow = false): View {
  const builder = new ViewBuilder()
  viewInto(builder, raw, span, ofRow)
  return builder.finish()
}

/** The raw span behind a span of the view. */
export function rawSpan(view: View, { start, end }: Span): Span {
  const from = view.at[start] ?? 0
  return { start: from, end: (view.at[end - 1] ?? from) + 1 }
}
