const SNIFF_BYTES = 4096
const PAGE_START =
  /^(?:\ufeff|\s|<!--[\s\S]{0,2000}?-->|<\?xml[^>]{0,200}>)*<(?:!doctype\s+html|html|head|body|title|meta|script|style)\b/i
const TAG = /<\/?(?:p|div|span|a|ul|ol|li|h[1-6]|table|br|strong|em|img)\b[^>]{0,500}>/i

/** Whether the bytes could be text: no byte that text never holds, in UTF-8, windows-1252 or marked UTF-16. */
export function looksLikeText(bytes: Uint8Array): boolean {
  if ((bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff)) return true
  return bytes.every((byte) => byte >= 0x20 || (byte >= 0x08 && byte <= 0x0d) || byte === 0x1b)
}

/** Whether the bytes begin a web page (after the WHATWG sniffing rules, shortened). */
export function looksLikePage(bytes: Uint8Array): boolean {
  return PAGE_START.test(readStart(bytes))
}

/** Whether there is any HTML tag near the start; only asked when the name or type already says HTML. */
export function hasTags(bytes: Uint8Array): boolean {
  return TAG.test(readStart(bytes))
}

/** A PDF header in the first kilobyte with an object after it: readers accept junk before the header. */
export function looksLikePdf(bytes: Uint8Array): boolean {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const header = buffer.subarray(0, 1024).indexOf('%PDF-')
  return (
    header !== -1 &&
    /^%PDF-\d\.\d/.test(buffer.toString('latin1', header, header + 8)) &&
    buffer.includes(' obj', header)
  )
}

function readStart(bytes: Uint8Array): string {
  return new TextDecoder('utf-8').decode(bytes.subarray(0, SNIFF_BYTES))
}
