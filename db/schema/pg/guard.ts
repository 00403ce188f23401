// Generated from ../guard.ts by npm run db:generate; do not edit.
import { account } from './account.ts'
import { id, index, instant, integer, json, ref, table, text } from './columns.ts'

/** A captcha that was answered: its token carries its own answer, so only its use is written down (ACC-3). */
export const captchaUse = table(
  'captcha_use',
  {
    id: id(),
    usedAt: instant('used_at').notNull(),
    expiresAt: instant('expires_at').notNull(),
  },
  (t) => [index('captcha_use_expires').on(t.expiresAt)],
)

/** An SMS code, bound to phone, purpose and browser (ACC-3). */
export const smsCode = table(
  'sms_code',
  {
    id: id(),
    phoneIndex: text('phone_index').notNull(),
    purpose: text('purpose').notNull(),
    browser: text('browser').notNull(),
    codeHash: text('code_hash').notNull(),
    createdAt: instant('created_at').notNull(),
    expiresAt: instant('expires_at').notNull(),
    tries: integer('tries').notNull().default(0),
    usedAt: instant('used_at'),
    /** The message it goes out with. */
    outboxId: text('outbox_id').notNull().default(''),
  },
  (t) => [index('sms_code_phone').on(t.phoneIndex, t.createdAt), index('sms_code_expires').on(t.expiresAt)],
)

/** A request to an identity provider and what became of it (IDV-2). `providerState` is the demo provider's own memory. */
export const certifyOrder = table(
  'certify_order',
  {
    id: id(),
    accountId: ref('account_id')
      .notNull()
      .references(() => account.id),
    state: text('state', { enum: ['pending', 'passed', 'failed'] }).notNull(),
    /** What the provider calls this order. */
    providerRef: text('provider_ref').notNull().default(''),
    providerState: text('provider_state', { enum: ['pending', 'passed', 'failed'] }).notNull(),
    createdAt: instant('created_at').notNull(),
    expiresAt: instant('expires_at').notNull(),
  },
  (t) => [index('certify_order_account').on(t.accountId, t.createdAt)],
)

/** A fixed-window counter for every limit: sign-in failures, codes per address, … */
export const counter = table(
  'counter',
  {
    id: id(),
    count: integer('count').notNull(),
    resetAt: instant('reset_at').notNull(),
  },
  (t) => [index('counter_reset').on(t.resetAt)],
)

/** What a refused POST leaves for the page it returns to: typed values (sealed) and issues, for 15 minutes and one browser. */
export const echo = table(
  'echo',
  {
    id: id(),
    browser: text('browser').notNull(),
    ownerId: text('owner_id'),
    page: text('page').notNull(),
    valuesSealed: text('values_sealed').notNull(),
    issues:
      json<readonly { at: string | null; code: string; params?: Record<string, string | number> }[]>(
        'issues',
      ).notNull(),
    notice: text('notice').notNull().default(''),
    createdAt: instant('created_at').notNull(),
    expiresAt: instant('expires_at').notNull(),
  },
  (t) => [index('echo_browser').on(t.browser, t.createdAt), index('echo_expires').on(t.expiresAt)],
)
