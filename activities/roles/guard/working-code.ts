// A stub may name, declare and fail. Whatever computes, decides or answers is a part of the solution.

const BARE: readonly RegExp[] = [
  /^[\s{}()[\];,]*$/,
  /^(?:end|pass|<\?php|\.\.\.)$/,
  // What a file begins and ends with.
  /^(?:package|module) [\w.]+(?: where)?;?$/,
  /^#(?:include [<"][\w./]+[>"]|pragma once)$/,
  /^(?:import|use|using|from) [\w.:{}*,"'/ ]+;?$/,
  /^#\[test\]$|^@Test$/,
  // Declarations.
  /^(?:(?:export|public|private|protected|static|final|abstract|async|pub)\s+)*(?:class|struct|interface|trait|enum) \w+\s*[:{]?\s*\}?$/,
  /^(?:(?:export|public|private|protected|static|final|async|pub)\s+)*(?:def|function|fun|func|fn)\s+\w+\s*\([^)]*\)[^={}]*[:{]?$/,
  /^def \w+$/,
  /^\w+ <- function\([\w, ]*\) \{$/,
  /^(?:[A-Za-z_][\w:<>[\], ]*[\s*&]+)+\w+\s*\([^()]*\)\s*(?:throws [\w, ]+)?[;{]?$/,
  /^\w+ :: [\w() ]+$/,
  // Ways to say that nothing is there yet.
  /^raise NotImplementedError(?:\("[^"]*"\)|, "[^"]*")?$/,
  /^throw new [\\\w.]*(?:Error|Exception)\((?:'[^']*'|"[^"]*")?\);?$/,
  /^(?:stop|error|panic|TODO)\((?:'[^']*'|"[^"]*")?\);?$/,
  /^t\.Skip\("[^"]*"\)$/,
  /^(?:std::)?abort\(\);$/,
  /^(?:unimplemented|todo)!\(\);?$/,
  /^\w+ = error "[^"]*"$/,
  // Skeletons of formats.
  /^\\(?:documentclass\{\w+\}|begin\{document\}|end\{document\}|section\{[^{}]*\})$/,
  /^<!doctype html>$|^<\/?(?:html|head|body|scaffold|svg)(?: (?:lang="en"|xmlns="http:\/\/www\.w3\.org\/2000\/svg"|viewBox="[\d ]+"))*>$/,
  /^<head><meta charset="utf-8"><title><\/title><\/head>$|^<h2>[^<>]*<\/h2>$/,
]

/** Lines of code that do something, and so are part of a solution; declarations and stubs that fail are none. */
export function workingLines(code: readonly string[]): readonly string[] {
  return code.filter((line) => !BARE.some((form) => form.test(line.trim())))
}
