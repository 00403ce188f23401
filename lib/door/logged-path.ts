/** A path as it may be logged: what follows `/invitations/` lets its reader in (SEC-4). */
export const loggedPath = (path: string): string =>
  path.replace(/(\/invitations)\/.*/is, '$1/…').slice(0, 300)
