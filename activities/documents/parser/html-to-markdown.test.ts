import { describe, expect, test } from 'vitest'

import { htmlToMarkdown } from './html-to-markdown.ts'
import { cleanUrl } from './markdown-rules.ts'

const read = (html: string) => htmlToMarkdown(html).text
const codes = (html: string) => htmlToMarkdown(html).warnings.map(({ code }) => code)

describe('htmlToMarkdown() keeps', () => {
  test('headings and nested lists', () => {
    expect(
      read(
        '<h2>Task</h2><ul><li>Read<ol start=3><li>Chapter</li><li>Notes</li></ol></li><li>Write</li></ul>',
      ),
    ).toBe('## Task\n\n- Read\n  3. Chapter\n  4. Notes\n- Write')
  })

  test('emphasised words as plain words, so that a quote runs across them', () => {
    expect(read('<p>Cite <strong>at least</strong> <em>three</em> file_names*.</p>')).toBe(
      'Cite at least three file_names*.',
    )
  })

  test('links as text with their address, without what would open the file for anybody', () => {
    expect(read('<a href="/courses/1/files/2?verifier=S3CRET&wrap=1">Brief</a>')).toBe(
      'Brief (/courses/1/files/2?wrap=1)',
    )
    expect(read('<a href="https://x.edu/a">https://x.edu/a</a>')).toBe('https://x.edu/a')
    expect(
      read('<a href="mailto:a@x.edu">a@x.edu</a> <a href="javascript:x()">here</a> <a href="#s">there</a>'),
    ).toBe('a@x.edu here there')
  })

  test('tables with one line a row, whatever is in the cells', () => {
    const html =
      '<table><caption>Points</caption><tr><td><p>Part</p></td><td>Points</td></tr>' +
      '<tr><td><ul><li>Form</li><li>Style | tone</li></ul></td><td>6<br>of 10</td></tr></table>'
    expect(read(html)).toBe(
      'Points\n\n| Part | Points |\n| --- | --- |\n| • Form • Style \\| tone | 6 of 10 |',
    )
  })

  test('layout tables as paragraphs', () => {
    expect(read('<table><tr><td><h2>Task</h2><p>Write.</p></td></tr></table>')).toBe('## Task\n\nWrite.')
  })

  test('Canvas equations as LaTeX, powers as powers', () => {
    expect(
      read(
        '<p>Solve <img class="equation_image" data-equation-content="a &amp;lt; \\frac{1}{2}" alt="LaTeX: a">.</p>',
      ),
    ).toBe('Solve $a < \\frac{1}{2}$.')
    expect(read('x<sup>2</sup>, the 1<sup>st</sup>, H<sub>2</sub>O')).toBe('x^2, the 1st, H2O')
  })

  test('struck text marked as struck', () => {
    expect(read('<p>Due <del>Monday</del> Tuesday</p>')).toBe('Due ~~Monday~~ Tuesday')
  })

  test('what a picture or a video says of itself, and reports pictures as not read', () => {
    expect(
      read('<img src="a.png" alt="a  map"><iframe src="https://v.edu/1" title="Lecture"></iframe>'),
    ).toBe('[picture: a map][Lecture] (https://v.edu/1)')
    expect(codes('<img src="a.png">')).toEqual(['not_read'])
  })
})

describe('htmlToMarkdown() leaves out and reports', () => {
  test.each([
    ['display none', '<p style="display: none">x1</p>'],
    ['visibility hidden', '<p style="visibility:hidden !important">x1</p>'],
    ['the hidden attribute', '<div hidden><p>x1</p></div>'],
    ['a font of no size', '<span style="font-size:0">x1</span>'],
    ['a font of one pixel', '<span style="FONT-SIZE: 1px">x1</span>'],
    ['white on white', '<p style="color:#fff">x1</p>'],
    ['almost white on white', '<p style="color: rgb(252, 252, 252)">x1</p>'],
    ['black on black', '<div style="background:#000"><p style="color:black">x1</p></div>'],
    ['a font tag in white', '<font color="White">x1</font>'],
    ['no opacity', '<p style="opacity:0.0">x1</p>'],
    ['a transparent colour', '<p style="color:rgba(0,0,0,0)">x1</p>'],
    ['a place off the page', '<p style="position:absolute;left:-9999px">x1</p>'],
    ['a box of no height', '<div style="height:0;overflow:hidden">x1</div>'],
  ])('text hidden by %s', (_, hidden) => {
    const { text, warnings } = htmlToMarkdown(`<p>shown</p>${hidden}`)
    expect(text).toBe('shown')
    expect(warnings).toEqual([
      { code: 'hidden_text', message: 'Hidden text was found and left out (2 letters).' },
    ])
  })

  test.each([
    ['white on a dark banner', '<div style="background-color:#2d3b45"><p style="color:#fff">x1</p></div>'],
    [
      'white on an unknown ground',
      '<div style="background:linear-gradient(red,blue)"><p style="color:#fff">x1</p></div>',
    ],
    [
      'a sized word in an unsized box',
      '<div style="font-size:0"><span style="font-size:14px">x1</span></div>',
    ],
    [
      'a visible word in a hidden box',
      '<div style="visibility:hidden"><b style="visibility:visible">x1</b></div>',
    ],
    ['text in half an em', '<p style="font-size:.5em">x1</p>'],
  ])('but not %s', (_, html) => {
    expect(htmlToMarkdown(html)).toEqual({ text: 'x1', warnings: [] })
  })

  test('no report for scripts and styles, which are never text', () => {
    expect(htmlToMarkdown('<style>p{}</style><script>alert(1)</script><p>x1</p><!-- note -->')).toEqual({
      text: 'x1',
      warnings: [],
    })
  })
})

describe('cleanUrl()', () => {
  test.each([
    ['https://x.edu/f?verifier=a', 'https://x.edu/f'],
    ['https://x.edu/f?a=1&access_token=b&c=2#p', 'https://x.edu/f?a=1&c=2#p'],
    ['https://x.edu/f?verifier=a#p', 'https://x.edu/f#p'],
    ['/f?tokens=1', '/f?tokens=1'],
  ])('takes the access out of %s', (url, clean) => {
    expect(cleanUrl(url)).toBe(clean)
  })
})
