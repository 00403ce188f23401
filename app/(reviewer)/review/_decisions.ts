/** What the buttons of the form of a judgement are called, and what they lead to. */
import type { Form } from '#lib/action/form.ts'

/** How each ends the round that is judged. */
export const outcomeOf = { return: 'returned', approve: 'approved', refuse: 'refused' } as const
export type Decision = keyof typeof outcomeOf | 'save'

/** Nothing is judged by them: the same page comes with its numbers in full, or masked again. */
const looks = ['full', 'masked'] as const
export type Look = (typeof looks)[number]
export const isLook = (word: string | undefined): word is Look => looks.some((look) => look === word)

const isDecision = (word: string): word is keyof typeof outcomeOf => Object.hasOwn(outcomeOf, word)

/** `more:<section>` saves and leaves room for one more finding there. */
export function pressedIn(form: Form): { decision: Decision | Look; more: string } {
  const [word = '', more = ''] = form.get('decision').split(':')
  return { decision: isDecision(word) || isLook(word) ? word : 'save', more: more.replaceAll(/[^a-z]/g, '') }
}
