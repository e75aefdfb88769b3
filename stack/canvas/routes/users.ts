import type { Call } from '../call.ts'
import { json } from '../protocol/reply.ts'
import type { Route } from '../router.ts'

export const userRoutes: readonly Route[] = [
  { pattern: '/api/v1/users/self', scope: 'url:GET|/api/v1/users/:id', answer: showSelf },
  {
    pattern: '/api/v1/users/self/profile',
    scope: 'url:GET|/api/v1/users/:user_id/profile',
    answer: showProfile,
  },
]

function showSelf({ user, origin }: Call) {
  return json({
    id: user.id,
    name: user.name,
    sortable_name: user.sortableName,
    short_name: user.shortName,
    avatar_url: `${origin}/images/messages/avatar-50.png`,
    locale: null,
    effective_locale: user.locale,
    permissions: { can_update_name: false, can_update_avatar: true, limit_parent_app_web_access: false },
  })
}

function showProfile({ user, origin }: Call) {
  return json({
    id: user.id,
    name: user.name,
    sortable_name: user.sortableName,
    short_name: user.shortName,
    avatar_url: `${origin}/images/messages/avatar-50.png`,
    title: null,
    bio: null,
    primary_email: user.email,
    login_id: user.loginId,
    integration_id: null,
    time_zone: user.timeZone,
    locale: null,
    effective_locale: user.locale,
    calendar: { ics: `${origin}/feeds/calendars/user_${user.id}.ics` },
  })
}
