import { expect, it } from 'vitest'
import { loggedPath } from '#lib/door/logged-path.ts'

it.each([
  ['/invitations/7hJ-_secret', '/invitations/…'],
  ['/invitations/7hJ-_secret/', '/invitations/…'],
  ['/INVITATIONS/7hJ-_secret', '/INVITATIONS/…'],
  ['//invitations//7hJ-_secret/more', '//invitations/…'],
  ['/invitations', '/invitations'],
  ['/staff/0190', '/staff/0190'],
])('%s is logged as %s', (path, logged) => expect(loggedPath(path)).toBe(logged))

it('keeps a long path short', () => expect(loggedPath(`/${'a'.repeat(900)}`)).toHaveLength(300))
