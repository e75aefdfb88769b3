import type { Evidence } from '../../../../../contract/requirements.ts'
import type { SourceDocument } from '../../../port.ts'
import { isAddressed, isHiddenOrder } from './is-order.ts'

/**
 * What a document holds beside its text and readers are not meant to see, or machines are: hidden text, orders in
 * comments and properties, a file name that speaks to a machine. It stands nowhere in the text, so it has no place there.
 */
export function findBesideText({ document_id, name, unseen = [] }: SourceDocument): readonly Evidence[] {
  const texts = [
    ...unseen.filter(({ text, isHidden }) => isHidden || isHiddenOrder(text)).map(({ text }) => text),
    ...(isAddressed(name.replaceAll(/[_.-]+/g, ' ')) ? [name] : []),
  ]
  return [...new Set(texts)].map((quote) => ({
    document_id,
    quote,
    start: null,
    end: null,
    page: null,
    match: 'none',
  }))
}
