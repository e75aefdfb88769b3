#!/bin/sh
# Rebuilds the handouts of the sandbox courses from files/source.
# Tools (Debian 12): weasyprint 57, pandoc 2.17, python3-docx 0.8, qpdf 11, poppler-utils 22, imagemagick 6, img2pdf 0.4,
# and the fonts of the package fonts-liberation.
# The date inside the documents is fixed, so that a rebuild with the same tools differs as little as possible.
set -eu
cd "$(dirname "$0")"
export SOURCE_DATE_EPOCH=1756684800
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cp source/handout.css "$work/"

pdf() { # pdf <source> <target without .pdf>
  cp "source/$1.html" "$work/$1.html"
  weasyprint "$work/$1.html" "$2.pdf"
}

kvlog() { # kvlog <version> <segment size in MiB> <target without .pdf>
  sed -e "s/{{version}}/$1/" -e "s/{{segment}}/$2/" source/kvlog-project.html > "$work/kvlog.html"
  weasyprint "$work/kvlog.html" "$3.pdf"
}

pdf reading-a-mortality-table reading-a-mortality-table
pdf stream-survey stream-survey
kvlog 1.0 4 kvlog-project
kvlog 1.1 8 kvlog-project-revised

pandoc source/franck-hertz.md --from markdown --to docx --output "$work/franck-hertz.docx"
python3 source/style-docx.py "$work/franck-hertz.docx" franck-hertz.docx

# A password opens it; without one not even its number of pages can be read.
pdf incident-report "$work/incident-report"
qpdf --encrypt wraparound-311 owner-4c1d 256 -- "$work/incident-report.pdf" incident-report-protected.pdf

# A scan: the page as a slightly crooked, slightly dirty grey picture, without any text.
pdf exercise-5 "$work/exercise-5"
pdftoppm -r 110 -gray "$work/exercise-5.pdf" "$work/scan"
for page in "$work"/scan-*.pgm; do
  convert "$page" -background white -rotate 0.7 -seed 5 -attenuate 0.12 +noise Gaussian -level 4%,94% \
    -strip -quality 38 "${page%.pgm}.jpg"
done
img2pdf --nodate --output exercise-5-scan.pdf "$work"/scan-*.jpg
