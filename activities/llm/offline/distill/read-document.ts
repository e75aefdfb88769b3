import type { SourceDocument } from '../../port.ts'
import { type Block, parseBlocks } from '../text/parse-blocks.ts'
import type { Span } from '../text/view.ts'
import type { Finding } from './finding.ts'
import { type OpenLead, readBlock, readStep } from './read-block.ts'
import { isLabelled, readLabelled } from './read-labelled.ts'
import { readHeadingLead } from './read-leads.ts'
import { readGradeRow, readLengthRow } from './read-table.ts'
import { sectionRole } from './section-role.ts'

const STEP_TABLE = /\b(?:when|due|date|deadline|by)\b/iu
const GRADE_TABLE = /\b(?:points?|pts|criteri(?:a|on)|excellent|weight|marks|score)\b/iu

interface Frame {
  readonly open: OpenLead
  /** Indent of the block that opened it; -1 when it was no list item. */
  readonly depth: number
}

function isTableHead(block: Block, previous: Block | undefined): boolean {
  return block.kind === 'row' && previous?.kind !== 'row'
}

/** Drops the leads a block no longer stands under. */
function leaveLeads(frames: readonly Frame[], block: Block): readonly Frame[] {
  if (block.kind === 'heading' || block.kind === 'paragraph') return []
  return frames.filter(({ depth }) => block.kind !== 'item' || block.depth > depth)
}

/** Everything one document asks for, in reading order; blocks that touch a `skipped` span are left out. */
export function readDocument(document: SourceDocument, skipped: readonly Span[]): readonly Finding[] {
  const { document_id } = document
  const blocks = parseBlocks(document.text)
  const isClean = ({ spans }: Finding) =>
    !spans.some(({ start, end }) => skipped.some((span) => start < span.end && end > span.start))
  const findings: Finding[] = []
  let frames: readonly Frame[] = []
  let groups = 0
  const groupName = () => `${document_id}/${(groups += 1)}`
  let gradeTable = false
  let stepTable = false
  let section: Block | null = null
  for (const [i, block] of blocks.entries()) {
    frames = leaveLeads(frames, block)
    if (isTableHead(block, blocks[i - 1])) {
      gradeTable = GRADE_TABLE.test(block.view.text)
      stepTable = !gradeTable && STEP_TABLE.test(block.view.text)
      continue
    }
    if (block.kind === 'row' && gradeTable) {
      findings.push(...readGradeRow(document_id, block).filter(isClean))
      continue
    }
    const lengths = block.kind === 'row' && !stepTable ? readLengthRow(document_id, block) : []
    if (lengths.length > 0 && sectionRole(block.path) === 'demands') {
      findings.push(...lengths.filter(isClean))
      continue
    }
    if (block.kind === 'row' && stepTable && frames.length === 0) {
      findings.push(...readStep(document_id, block))
      continue
    }
    if (block.kind === 'heading') {
      section = block
      const lead = readHeadingLead(block.view.text)
      if (lead !== null) frames = [{ open: { lead, span: block, group: groupName() }, depth: -1 }]
      continue
    }
    if (isLabelled(block)) {
      findings.push(...readLabelled(document_id, block, section).filter(isClean))
      continue
    }
    const reading = readBlock(document_id, block, frames.at(-1)?.open ?? null)
    findings.push(...reading.findings.filter(isClean))
    if (reading.opens !== null) {
      const depth = block.kind === 'item' ? block.depth : -1
      frames = [...frames, { open: { ...reading.opens, group: groupName() }, depth }]
    }
  }
  return findings
}
