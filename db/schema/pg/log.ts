// Generated from ../log.ts by npm run db:generate; do not edit.
import { account } from './account.ts'
import { id, index, instant, integer, json, ref, table, text } from './columns.ts'

/** Everything that happened, append-only, written in the transaction of the change itself. Never holds personal data. */
export const event = table(
  'event',
  {
    id: id(),
    kind: text('kind').notNull(),
    actorId: text('actor_id'),
    personId: text('person_id'),
    caseId: text('case_id'),
    data: json<Record<string, string | number | boolean>>('data').notNull(),
    at: instant('at').notNull(),
  },
  (t) => [
    index('event_case').on(t.caseId, t.id),
    index('event_person').on(t.personId, t.id),
    index('event_actor').on(t.actorId, t.id),
  ],
)

/** Who looked at a full number or a picture, and when (REV-6). */
export const accessLog = table(
  'access_log',
  {
    id: id(),
    actorId: text('actor_id').notNull(),
    personId: text('person_id').notNull(),
    caseId: text('case_id'),
    what: text('what', { enum: ['picture', 'full-number'] }).notNull(),
    subject: text('subject').notNull(),
    at: instant('at').notNull(),
  },
  (t) => [index('access_log_actor').on(t.actorId, t.at), index('access_log_person').on(t.personId, t.at)],
)

/** A message to the outside world, written with the change that causes it and sent by the worker, at least once. */
export const outbox = table(
  'outbox',
  {
    id: id(),
    channel: text('channel', { enum: ['sms'] }).notNull(),
    bodySealed: text('body_sealed').notNull(),
    createdAt: instant('created_at').notNull(),
    expiresAt: instant('expires_at'),
    nextAt: instant('next_at').notNull(),
    tries: integer('tries').notNull().default(0),
    sentAt: instant('sent_at'),
    deadAt: instant('dead_at'),
    /** The provider said no for good; `deadAt` is set as well. */
    refusedAt: instant('refused_at'),
  },
  (t) => [index('outbox_next').on(t.sentAt, t.nextAt)],
)

/** A message in a person's inbox (MSG-1): a kind and what its words need, never personal data. */
export const message = table(
  'message',
  {
    id: id(),
    accountId: ref('account_id')
      .notNull()
      .references(() => account.id),
    kind: text('kind').notNull(),
    caseId: text('case_id'),
    data: json<Record<string, string | number>>('data').notNull(),
    createdAt: instant('created_at').notNull(),
    readAt: instant('read_at'),
  },
  (t) => [index('message_account').on(t.accountId, t.id), index('message_unread').on(t.accountId, t.readAt)],
)

/** Work to do later, leased by one worker at a time. */
export const job = table(
  'job',
  {
    id: id(),
    kind: text('kind').notNull(),
    data: json<Record<string, string | number>>('data').notNull(),
    createdAt: instant('created_at').notNull(),
    runAt: instant('run_at').notNull(),
    worker: text('worker').notNull().default(''),
    leaseUntil: instant('lease_until'),
    tries: integer('tries').notNull().default(0),
    /** What went wrong last, in a word that names nobody. */
    lastError: text('last_error').notNull().default(''),
    doneAt: instant('done_at'),
    deadAt: instant('dead_at'),
  },
  (t) => [index('job_due').on(t.doneAt, t.runAt)],
)
