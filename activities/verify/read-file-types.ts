const FILE_TYPE =
  /(?:^|[\s(“"'])\.([a-z][a-z0-9]{1,5})\b|\b(pdf|docx?|pptx?|xlsx?|zip|rtf|odt|csv|tex|ipynb|mp[34]|mov|png|jpe?g|html?)\b/gi

/** File types a text names, `.pdf` or `PDF`, in lower case without the dot. */
export function readFileTypes(text: string): readonly string[] {
  return [...text.matchAll(FILE_TYPE)].map((match) => (match[1] ?? match[2] ?? '').toLowerCase())
}
