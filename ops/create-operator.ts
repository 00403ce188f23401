import { inviteOperator } from '#lib/commands/invite-operator.ts'
import { isFault } from '#lib/domain/errors.ts'
import { paths } from '#lib/paths.ts'
import { withDeps } from './with-deps.ts'

/** Prints a one-time link by which the first operator, or one more, makes their account (ACC-10). */
export const run = ([name = '']: readonly string[]) =>
  withDeps(async (deps) => {
    if (name.trim() === '') throw new Error('say who: npm run ops -- create-operator <name>')
    try {
      const { token, expiresAt } = await inviteOperator(deps, null, { name })
      console.log(`${deps.env.origin}${paths.invitation(token)}`)
      console.log(`For one use, until ${expiresAt.toISOString()}. Whoever has it can use it.`)
    } catch (error) {
      if (!isFault(error, 'refused')) throw error
      throw new Error(`this name is refused: ${error.issues.map(({ code }) => code).join(', ')}`)
    }
  })
