import { html, json, redirect, text, type Reply } from './reply.ts'

// The error replies of Canvas, body for body.

const CHALLENGE = { 'www-authenticate': 'Bearer realm="canvas-lms"' }

/** 401 for a token Canvas has never seen. */
export function invalidToken(): Reply {
  return json({ errors: [{ message: 'Invalid access token.' }] }, 401, CHALLENGE)
}

/** 401 for a token past its end, which it names. */
export function expiredToken(expiredAt: string): Reply {
  return json({ errors: [{ message: 'Expired access token.', expired_at: expiredAt }] }, 401, CHALLENGE)
}

/** 401 for a token its owner or the school took back. */
export function revokedToken(): Reply {
  return json({ errors: [{ message: 'Revoked access token.' }] }, 401, CHALLENGE)
}

/** 401 without a challenge: the token is good, its developer key lacks the scope. */
export function insufficientScopes(): Reply {
  return json({ errors: [{ message: 'Insufficient scopes on access token.' }] }, 401)
}

/** 401 when no credentials came with the request. */
export function unauthenticated(): Reply {
  const errors = [{ message: 'user authorization required' }]
  return json({ status: 'unauthenticated', errors }, 401, CHALLENGE)
}

/** Permission refused: 403 today, 401 on older installs. */
export function unauthorized(status: 401 | 403): Reply {
  const errors = [{ message: 'user not authorized to perform that action' }]
  return json({ status: 'unauthorized', errors }, status)
}

const NO_AGENT = 'The request was not provided a valid user agent.'

/** 403 for a request without a User-Agent, as JSON or, before some installs, as HTML. */
export function missingUserAgent(form: 'json' | 'html'): Reply {
  if (form === 'json') return json({ error: 'Forbidden', message: NO_AGENT }, 403)
  return html(
    `<html><head><title>403 Forbidden</title></head><body><h1>Forbidden</h1><p>${NO_AGENT}</p></body></html>`,
    403,
  )
}

/** Throttled: text/plain, 403 or 429 by a setting of the server, never with Retry-After. */
export function throttled(status: 403 | 429): Reply {
  const reason = status === 403 ? 'Forbidden' : 'Too Many Requests'
  return { ...text(`${status} ${reason} (Rate Limit Exceeded)\n`, status), throttled: true }
}

/** 404 for what is gone and for what is hidden alike. */
export function notFound(): Reply {
  return json({ errors: [{ message: 'The specified resource does not exist.' }] }, 404)
}

/** 404 when the instructor switched the tab off. */
export function tabDisabled(): Reply {
  return json({ message: 'That page has been disabled for this course' }, 404)
}

/** 500 with the number of the report that support asks for. */
export function serverError(reportId: bigint): Reply {
  const errors = [{ message: 'An error occurred.', error_code: 'internal_server_error' }]
  return json({ errors, error_report_id: reportId }, 500)
}

/** 400 for a request that cannot be read. */
export function badRequest(message: string): Reply {
  return json({ errors: [{ message }] }, 400)
}

/** The way to the login page, for a browser address asked without a session. */
export function toLogin(origin: string): Reply {
  return redirect(`${origin}/login/canvas`)
}

/** The login page itself: HTML with status 200, what careless clients save as `.pdf`. */
export function loginPage(): Reply {
  return html(LOGIN_PAGE, 200)
}

const LOGIN_PAGE = `<!DOCTYPE html>
<html lang="en">
<head><meta charset="utf-8"><title>Log in to Canvas</title></head>
<body class="ic-Login-Body">
<main>
<h1>Log In</h1>
<form id="login_form" action="/login/canvas" method="post">
<label for="pseudonym_session_unique_id">Email</label>
<input type="text" name="pseudonym_session[unique_id]" id="pseudonym_session_unique_id" autocomplete="username">
<label for="pseudonym_session_password">Password</label>
<input type="password" name="pseudonym_session[password]" id="pseudonym_session_password" autocomplete="current-password">
<input type="submit" value="Log In">
</form>
</main>
</body>
</html>
`
