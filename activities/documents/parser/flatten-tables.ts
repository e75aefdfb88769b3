import type { Cheerio, CheerioAPI } from 'cheerio/slim'

import { isElement, isText, type DomElement } from './dom.ts'

const BLOCKS =
  'p, div, section, blockquote, h1, h2, h3, h4, h5, h6, ul, ol, li, dl, dt, dd, pre, center, figure'
const PARTS = 'table, thead, tbody, tfoot, tr, td, th, caption, colgroup, col'

/** Gives each table one heading row and one line a row, as a Markdown table needs; layout tables become blocks. */
export function flattenTables($: CheerioAPI): void {
  // Innermost first: a table that is left holding others was there for layout.
  for (const table of $('table').toArray().reverse()) {
    const $table = $(table)
    if (isLayout($, $table)) unwrapLayout($, $table)
    else rebuildTable($, $table)
  }
}

function isLayout($: CheerioAPI, table: Cheerio<DomElement>): boolean {
  if (table.attr('role') === 'presentation' || table.find('table').length > 0) return true
  return table
    .find('tr')
    .toArray()
    .every((row) => $(row).children('td, th').length <= 1)
}

function unwrapLayout($: CheerioAPI, table: Cheerio<DomElement>): void {
  const nested = new Set(table.find('table').find(PARTS).addBack().toArray())
  for (const part of table.find(PARTS).addBack().toArray()) {
    if (isElement(part) && !nested.has(part)) part.name = 'div'
  }
  table.removeAttr('role')
}

function rebuildTable($: CheerioAPI, table: Cheerio<DomElement>): void {
  const caption = table.find('caption').first().text().trim()
  const rows = table.find('tr').toArray()
  const body = $('<tbody></tbody>')
  for (const row of rows) {
    const cells = $(row).children('td, th')
    if (cells.length === 0) continue
    for (const cell of cells.toArray()) flattenCell($, cell)
    // The first row is the heading, whatever the author marked: Markdown knows no table without one.
    if (body.children().length === 0) for (const cell of cells.toArray()) cell.name = 'th'
    $('<tr></tr>').append(cells).appendTo(body)
  }
  table.empty().append(body)
  if (caption !== '') table.before($('<p></p>').text(caption))
}

/** Puts a cell on one line: blocks become runs of text, list items keep a bullet. */
function flattenCell($: CheerioAPI, cell: DomElement): void {
  const $cell = $(cell)
  $cell.find('br, hr').replaceWith(' ')
  for (const block of $cell.find(BLOCKS).toArray()) {
    $(block)
      .prepend(block.name === 'li' ? ' • ' : ' ')
      .append(' ')
    block.name = 'span'
  }
  for (const node of $cell.find('*').addBack().contents().toArray()) {
    if (isText(node)) node.data = node.data.replace(/\s+/g, ' ').replaceAll('|', '\\|')
  }
}
