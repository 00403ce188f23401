/** Orders of exam fees, and the registrations they are for (EXM-3). */
import { and, asc, desc, eq, gt, inArray, lt, lte, notInArray, or } from 'drizzle-orm'
import type { Q, Schema } from '../store.ts'

export type PayOrder = Schema['payOrder']['$inferSelect']
export type ExamEntry = Schema['examEntry']['$inferSelect']

export async function payOrderByNumber(q: Q, t: Schema, number: string): Promise<PayOrder | null> {
  const [row] = await q.select().from(t.payOrder).where(eq(t.payOrder.number, number)).limit(1)
  return row ?? null
}

/** Every order of a registration, newest first. */
export const payOrdersOf = (q: Q, t: Schema, caseId: string): Promise<PayOrder[]> =>
  q
    .select()
    .from(t.payOrder)
    .where(eq(t.payOrder.caseId, caseId))
    .orderBy(desc(t.payOrder.createdAt), desc(t.payOrder.id))

export type EntryAndExam = NonNullable<Awaited<ReturnType<typeof entryToPay>>>

/** A registration with the exam it is for, and the 受理编号 of its case; null where there is none. */
export async function entryToPay(q: Q, t: Schema, caseId: string) {
  const [row] = await q
    .select({
      entry: t.examEntry,
      level: t.examSession.level,
      year: t.examSession.year,
      caseNumber: t.serviceCase.number,
    })
    .from(t.examEntry)
    .innerJoin(t.examSession, eq(t.examSession.id, t.examEntry.sessionId))
    .innerJoin(t.serviceCase, eq(t.serviceCase.id, t.examEntry.caseId))
    .where(eq(t.examEntry.caseId, caseId))
    .limit(1)
  return row ?? null
}

/**
 * Orders made before `before` that somebody may be paying, by id, after one of them: those that are open, and those closed here while
 * the provider may still take money for them.
 */
export const payableOrders = (
  q: Q,
  t: Schema,
  {
    before,
    until,
    after,
    limit,
  }: { readonly before: Date; readonly until: Date; readonly after: string; readonly limit: number },
): Promise<PayOrder[]> =>
  q
    .select()
    .from(t.payOrder)
    .where(
      and(
        or(
          eq(t.payOrder.state, 'open'),
          and(eq(t.payOrder.state, 'closed'), gt(t.payOrder.expiresAt, until)),
        ),
        lt(t.payOrder.createdAt, before),
        gt(t.payOrder.id, after),
      ),
    )
    .orderBy(asc(t.payOrder.id))
    .limit(limit)

/** Registrations that were to be paid by now and are not, but for those named. */
export async function unpaidEntries(
  q: Q,
  t: Schema,
  { now, except, limit }: { readonly now: Date; readonly except: readonly string[]; readonly limit: number },
): Promise<string[]> {
  const { caseId, state, payBy } = t.examEntry
  const rows = await q
    .select({ caseId })
    .from(t.examEntry)
    .where(
      and(
        eq(state, 'awaiting-payment'),
        lte(payBy, now),
        except.length > 0 ? notInArray(caseId, [...except]) : undefined,
      ),
    )
    .orderBy(asc(payBy))
    .limit(limit)
  return rows.map((row) => row.caseId)
}

/** Orders whose money has to go back, or went back, of these provinces (null = all), newest first. */
export const refundOrders = (
  q: Q,
  t: Schema,
  {
    provinces,
    state,
    after,
    only,
    limit,
  }: {
    readonly provinces: readonly string[] | null
    readonly state: 'refund-needed' | 'refunded'
    readonly after: string
    /** One order's id. */
    readonly only?: string
    readonly limit: number
  },
) =>
  q
    .select({
      order: t.payOrder,
      province: t.department.name,
      level: t.examSession.level,
      year: t.examSession.year,
      caseNumber: t.serviceCase.number,
    })
    .from(t.payOrder)
    .innerJoin(t.examEntry, eq(t.examEntry.caseId, t.payOrder.caseId))
    .innerJoin(t.examSession, eq(t.examSession.id, t.examEntry.sessionId))
    .innerJoin(t.serviceCase, eq(t.serviceCase.id, t.payOrder.caseId))
    .innerJoin(t.department, eq(t.department.id, t.examEntry.departmentId))
    .where(
      and(
        eq(t.payOrder.state, state),
        provinces === null ? undefined : inArray(t.examEntry.departmentId, [...provinces]),
        after === '' ? undefined : lt(t.payOrder.id, after),
        only === undefined ? undefined : eq(t.payOrder.id, only),
      ),
    )
    .orderBy(desc(t.payOrder.id))
    .limit(limit)
