import { describe, expect, test } from 'vitest'

import { classifyCanvasReply, isHtml, type CanvasReplyKind } from './classify-reply.ts'

const CHALLENGE = { 'www-authenticate': 'Bearer realm="canvas-lms"', 'content-type': 'application/json' }
const JSON_TYPE = { 'content-type': 'application/json; charset=utf-8' }
const TEXT = { 'content-type': 'text/plain' }
const HTML = { 'content-type': 'text/html; charset=utf-8' }
const LOGIN = '<!DOCTYPE html><html><body><form action="/login/canvas"></form></body></html>'

const ROWS: [CanvasReplyKind, number, Record<string, string>, string][] = [
  ['ok', 200, JSON_TYPE, '{"id":"1"}'],
  ['ok', 200, JSON_TYPE, '[]'],
  ['token_invalid', 401, CHALLENGE, '{"errors":[{"message":"Invalid access token."}]}'],
  ['token_invalid', 401, CHALLENGE, '{"errors":[{"message":"Ungültiges Zugriffstoken."}]}'],
  ['token_expired', 401, CHALLENGE, '{"errors":[{"message":"Expired access token."}]}'],
  [
    'token_expired',
    401,
    CHALLENGE,
    '{"errors":[{"message":"期限切れ","expired_at":"2026-01-01T00:00:00Z"}]}',
  ],
  ['token_revoked', 401, CHALLENGE, '{"errors":[{"message":"Revoked access token."}]}'],
  ['scope_missing', 401, JSON_TYPE, '{"errors":[{"message":"Insufficient scopes on access token."}]}'],
  ['scope_missing', 401, JSON_TYPE, '{"errors":[{"message":"Alcances insuficientes."}]}'],
  ['scope_missing', 403, JSON_TYPE, '{"errors":[{"message":"Insufficient scopes on access token."}]}'],
  [
    'unauthenticated',
    401,
    JSON_TYPE,
    '{"status":"unauthenticated","errors":[{"message":"user authorization required"}]}',
  ],
  ['unauthenticated', 401, {}, ''],
  ['permission', 401, JSON_TYPE, '{"status":"unauthorized","errors":[{"message":"user not authorized"}]}'],
  [
    'permission',
    403,
    JSON_TYPE,
    '{"status":"unauthorized","errors":[{"message":"利用者に権限がありません"}]}',
  ],
  ['permission', 403, HTML, '<html><body>Access denied</body></html>'],
  ['permission', 403, {}, ''],
  [
    'user_agent',
    403,
    JSON_TYPE,
    '{"error":"Forbidden","message":"You have not provided a valid user agent."}',
  ],
  ['user_agent', 403, HTML, '<html><body>You have not provided a valid User-Agent.</body></html>'],
  ['throttled', 403, TEXT, '403 Forbidden (Rate Limit Exceeded)\n'],
  ['throttled', 429, TEXT, '429 Too Many Requests (Rate Limit Exceeded)\n'],
  ['throttled', 429, HTML, LOGIN],
  ['not_found', 404, JSON_TYPE, '{"errors":[{"message":"The specified resource does not exist."}]}'],
  ['not_found', 404, HTML, '<!doctype html><html></html>'],
  ['tab_disabled', 404, JSON_TYPE, '{"message":"That page has been disabled for this course"}'],
  ['tab_disabled', 404, JSON_TYPE, '{"message":"Diese Seite wurde deaktiviert"}'],
  ['canvas_fault', 500, JSON_TYPE, '{"errors":[{"message":"An error occurred."}],"error_report_id":42}'],
  ['canvas_fault', 502, HTML, '<html>Bad gateway</html>'],
  ['canvas_fault', 503, TEXT, ''],
  ['canvas_fault', 504, {}, ''],
  ['canvas_fault', 408, {}, ''],
  ['login_page', 200, HTML, LOGIN],
  ['login_page', 200, JSON_TYPE, `\uFEFF\n<!-- sso -->\n${LOGIN}`],
  ['login_page', 302, HTML, '<html><body>You are being redirected</body></html>'],
  ['login_page', 303, {}, ''],
  ['unexpected', 400, JSON_TYPE, '{"errors":[{"message":"bad"}]}'],
  ['unexpected', 418, {}, ''],
]

describe('classifyCanvasReply()', () => {
  test.each(ROWS)('says %s for %i %j %s', (kind, status, headers, bodyStart) => {
    expect(classifyCanvasReply({ status, headers, bodyStart })).toBe(kind)
  })

  test('reads a shape from a body cut off in the middle', () => {
    const bodyStart = '{"status":"unauthorized","errors":[{"mess'
    expect(classifyCanvasReply({ status: 401, headers: JSON_TYPE, bodyStart })).toBe('permission')
  })

  test('keeps a rate limit named inside JSON a permission question', () => {
    const bodyStart = '{"status":"unauthorized","errors":[{"message":"Rate Limit Exceeded"}]}'
    expect(classifyCanvasReply({ status: 403, headers: JSON_TYPE, bodyStart })).toBe('permission')
  })
})

describe('isHtml()', () => {
  test.each(['%PDF-1.7 <html>', '{"html":"<html>"}', 'plain <body> text', ''])(
    'sees no page in %j',
    (text) => {
      expect(isHtml('application/pdf', text)).toBe(false)
    },
  )
})
