import type { SourceDocument } from '../../port.ts'
import { type Block, parseBlocks } from '../text/parse-blocks.ts'
import type { Span } from '../text/view.ts'
import type { Finding } from './finding.ts'
import type { OpenLead } from './place.ts'
import type { Trade } from './classify-kind.ts'
import { placeNotes } from './place-notes.ts'
import { readBlock } from './read-block.ts'
import { isLabelled, readLabelled } from './read-labelled.ts'
import { readHeadingLead } from './read-leads.ts'
import { readModality } from './read-modality.ts'
import { readRunIn } from './read-run-in.ts'
import { isSpec } from './read-specs.ts'
import { isTableHead, isTold, readTable } from './read-table.ts'
import { type SectionRole, sectionRole } from './section-role.ts'

interface Frame {
  readonly open: OpenLead
  /** Indent of the block that opened it; -1 when it was no list item. */
  readonly depth: number
}

/** Drops the leads a block no longer stands under. */
function leaveLeads(frames: readonly Frame[], block: Block): readonly Frame[] {
  if (block.kind === 'heading' || block.kind === 'paragraph') return []
  return frames.filter(({ depth }) => block.kind !== 'item' || block.depth > depth)
}

/** The rows of the table that a row stands in. */
function tableOf(blocks: readonly Block[], index: number): readonly Block[] {
  const before = blocks.slice(0, index).findLastIndex(({ kind }) => kind !== 'row')
  const after = blocks.slice(index).findIndex(({ kind }) => kind !== 'row')
  return blocks.slice(before + 1, after < 0 ? undefined : index + after)
}

/** Whether an item stands in a list of which another item asks for something in so many words. */
function listsDemands(blocks: readonly Block[], index: number): boolean {
  const own = blocks[index]
  if (own?.kind !== 'item') return false
  const isMate = (block: Block | undefined) => block?.kind === 'item'
  const before = blocks.slice(0, index).findLastIndex((block) => !isMate(block))
  const after = blocks.slice(index).findIndex((block) => !isMate(block))
  const list = blocks.slice(before + 1, after < 0 ? undefined : index + after)
  return list.some((item) => item !== own && item.depth === own.depth && asksPlainly(item))
}

function asksPlainly({ view }: Block): boolean {
  const modality = readModality(view.text)
  return (modality !== null && modality !== 'may') || isSpec(view.text)
}

const CAPTION =
  /^(?:tables?|figures?|fig\.|charts?|maps?|plates?|exhibits?|images?|photos?|illustrations?|diagrams?|listings?|schemes?) \d{1,3}(?:\.\d+)?[a-z]?[.:] \p{Lu}[^.!?]*[.!?](?:\s|$)/iu

/** What a block is for: its section says so, but the line under a figure speaks of the figure. */
function roleOf(block: Block): SectionRole {
  const role = sectionRole(block.path)
  return block.kind === 'paragraph' && role !== 'demands' && CAPTION.test(block.view.text) ? 'caption' : role
}

const FEWEST_SIGNS = 5
const TRADES: readonly (readonly [Trade, RegExp])[] = [
  [
    'laboratory',
    /\b(?:lab(?:oratory)?|experiments?|practical|specimens?|samples?|apparatus|uncertaint(?:y|ies)|error bars|trials?|hypothesis|t-test|goggles|safety|raw data|calibrat\w+|titration|solution|concentration|field notebooks?|species|measure(?:d|ments?)?|significant figures?)\b/giu,
  ],
  [
    'program',
    /\b(?:source code|unit tests?|repository|github|compile[sr]?|command[- ]line|standard (?:input|output|library)|python|java(?:script)?|c\+\+|gcc|functions?|docstrings?|programs?|arguments?|exit (?:code|status)|executable|api)\b/giu,
  ],
]

/** What sort of document a text is, by the words of the trade. */
function readTrade(text: string): Trade {
  const signs = TRADES.map(([trade, form]) => {
    return { trade, count: new Set((text.match(form) ?? []).map((word) => word.toLowerCase())).size }
  })
  const [top] = signs.toSorted((a, b) => b.count - a.count)
  return top !== undefined && top.count >= FEWEST_SIGNS ? top.trade : 'prose'
}

/** What is known while a document is read from top to bottom. */
interface Reading {
  readonly frames: readonly Frame[]
  readonly section: Block | null
  /** A title set into the paragraph above, which the list below belongs to. */
  readonly led: string | null
}

/** Everything one document asks for, in reading order; blocks that touch a `skipped` span are left out. */
export function readDocument(document: SourceDocument, skipped: readonly Span[]): readonly Finding[] {
  const { document_id, text } = document
  const blocks = placeNotes(parseBlocks(text))
  const isClean = ({ spans }: Finding) =>
    !spans.some(({ start, end }) => skipped.some((span) => start < span.end && end > span.start))
  const findings: Finding[] = []
  let groups = 0
  const groupName = () => `${document_id}/${(groups += 1)}`
  const trade = readTrade(text)
  const heading = blocks.find(({ kind }) => kind === 'heading')?.view.text.replace(/:$/u, '')
  let reading: Reading = { frames: [], section: null, led: null }
  for (const [i, found] of blocks.entries()) {
    const frames = leaveLeads(reading.frames, found)
    const opening = readRunIn(text, found)
    const led = found.kind === 'paragraph' || found.kind === 'heading' ? opening.title : reading.led
    const title = opening.title ?? (found.kind === 'paragraph' ? null : led)
    const block = title === null ? found : { ...found, path: [...found.path, title] }
    reading = { ...reading, frames, led }
    if (block.kind === 'heading') {
      const lead = readHeadingLead(block.view.text)
      const open = lead === null ? [] : [{ open: { lead, span: block, group: groupName() }, depth: -1 }]
      reading = { frames: [...frames, ...open], section: block, led: null }
      continue
    }
    const table = block.kind === 'row' ? tableOf(blocks, i) : []
    if (block.kind === 'row' && (frames.length === 0 || isTold(table))) {
      if (table[0] === found) findings.push(...readTable(document_id, table, trade).filter(isClean))
      continue
    }
    if (isLabelled(block)) {
      findings.push(...readLabelled(document_id, block, reading.section).filter(isClean))
      continue
    }
    const below = blocks[i + 1]
    if (block.kind === 'row' && blocks[i - 1]?.kind !== 'row' && below?.kind === 'row' && isTableHead(block))
      continue
    const read = readBlock({
      document_id,
      block,
      role: roleOf(block),
      under: frames.at(-1)?.open ?? null,
      opening,
      siblings: listsDemands(blocks, i),
      titles: block.path.filter((title) => title !== heading),
      trade,
      beforeList:
        (block.kind === 'paragraph' && (below?.kind === 'item' || below?.kind === 'row')) ||
        (block.kind === 'item' && below?.kind === 'item' && below.depth > block.depth),
    })
    findings.push(...read.findings.filter(isClean))
    if (read.opens !== null) {
      const depth = block.kind === 'item' ? block.depth : -1
      reading = { ...reading, frames: [...frames, { open: { ...read.opens, group: groupName() }, depth }] }
    }
  }
  return findings
}
