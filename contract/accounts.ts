import { z } from 'zod'

import { Count, IsoTime, Uuid } from './primitives.ts'
import { RequestId } from './request-id.ts'

const Email = z
  .email()
  .max(254)
  .transform((email) => email.toLowerCase())
  .meta({ override: { type: 'string', format: 'email' } })

const PASSWORD_BYTES = { min: 12, max: 1_024 }
const Password = z
  .string()
  .refine((password) => {
    const bytes = utf8Bytes(password)
    return bytes >= PASSWORD_BYTES.min && bytes <= PASSWORD_BYTES.max
  }, 'must have 12 to 1,024 bytes')
  .meta({ override: { type: 'string', format: 'password', minLength: 12, maxLength: 1_024 } })

// TextEncoder is no part of the language library this room compiles against.
function utf8Bytes(text: string): number {
  let bytes = 0
  for (const character of text) {
    const point = character.codePointAt(0) ?? 0
    bytes += point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x1_00_00 ? 3 : 4
  }
  return bytes
}

export const RegisterRequest = z
  .strictObject({ email: Email, password: Password })
  .meta({ id: 'RegisterRequest' })
export const LoginRequest = z
  .strictObject({ email: Email, password: z.string().min(1).max(1_024) })
  .meta({ id: 'LoginRequest' })
export const RefreshRequest = z
  .strictObject({ refresh_token: z.string().min(1).max(512) })
  .meta({ id: 'RefreshRequest' })

export const Account = z
  .strictObject({
    user_id: Uuid,
    email: z.string(),
    workspace_id: z.string(),
    scopes: z.array(z.string()),
    created_at: IsoTime,
  })
  .meta({ id: 'Account' })

export const Tokens = z
  .strictObject({
    access_token: z.string(),
    token_type: z.literal('Bearer'),
    expires_in: Count.meta({ description: 'Seconds', override: { type: 'integer', minimum: 0 } }),
    refresh_token: z.string(),
    scopes: z.array(z.string()),
    workspace_id: z.string(),
  })
  .meta({ id: 'Tokens' })

export const StreamTicket = z
  .strictObject({ ticket: z.string(), expires_in: Count })
  .meta({ id: 'StreamTicket' })

export const CanvasCredentialsRequest = z
  .strictObject({
    base_url: z.string().min(1).max(2_048),
    api_key: z
      .string()
      .trim()
      .min(1)
      .max(1_024)
      // Anything else cannot stand in the header that carries it.
      .regex(
        /^[\x21-\x7e]+$/,
        'must be one line of letters, digits and signs, without a space, as Canvas shows it',
      )
      .meta({ override: { type: 'string', format: 'password', minLength: 1, maxLength: 1_024 } }),
    request_id: RequestId,
  })
  .meta({ id: 'CanvasCredentialsRequest' })

export const CanvasCredentials = z
  .strictObject({ base_url: z.string().nullable(), has_key: z.boolean(), updated_at: IsoTime.nullable() })
  .meta({ id: 'CanvasCredentials' })

/** What an access token says of its bearer; every claim is required. */
export const AccessClaims = z.object({
  sub: Uuid,
  scopes: z.array(z.string()),
  workspace_id: z.string().min(1),
  exp: z.number(),
  iat: z.number(),
  jti: z.string().min(1),
  iss: z.string(),
  aud: z.string(),
})

export type Account = z.infer<typeof Account>
export type Tokens = z.infer<typeof Tokens>
export type CanvasCredentials = z.infer<typeof CanvasCredentials>
export type AccessClaims = z.infer<typeof AccessClaims>
