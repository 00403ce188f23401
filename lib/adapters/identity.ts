/** Real-name authentication by somebody who knows the person (IDV-2): Alipay, or its stand-in in the demo. */

export type CertifyState = 'pending' | 'passed' | 'failed'

export interface CertifyPerson {
  readonly name: string
  readonly number: string
}

/** An order by both its names: ours, and the provider's. */
export interface CertifyOrderName {
  readonly orderId: string
  readonly ref: string
}

/** What a notice says it is about; what became of it is asked for, never read from a notice. */
export interface CertifyNotice {
  readonly orderId: string
  /** '' where the notice does not say. */
  readonly ref: string
}

/**
 * Every method that asks refuses with `certify-unavailable` where no answer came that can be trusted (about 3 s), and
 * with `certify-declined` where the provider will not take this order. Neither holds personal data.
 */
export interface IdentityProvider {
  /** Announces an order and gives the provider's name for it. Asking again for the same order changes nothing. */
  initialize(orderId: string, person: CertifyPerson): Promise<string>
  /** Where the person goes: a path of ours, or an address elsewhere. Nothing is asked; made anew each time. */
  certifyUrl(order: CertifyOrderName): Promise<string>
  /** What the provider holds to be true now; asking does not change it. */
  query(order: CertifyOrderName): Promise<CertifyState>
  /** What a callback is about; null unless the provider signed it for us (SEC-4). */
  readNotice(fields: Readonly<Record<string, string>>): Promise<CertifyNotice | null>
}

/** The stand-in's memory, apart from what the service itself believes of an order. */
export interface DemoOrders {
  stateOf(orderId: string): Promise<CertifyState | null>
}

/** Same protocol, played inside the application: the certify page is ours, and says that it is a demonstration. */
export const demoIdentity = (
  orders: DemoOrders,
  certifyUrl: (orderId: string) => string,
): IdentityProvider => ({
  initialize: async (orderId) => orderId,
  certifyUrl: async ({ orderId }) => certifyUrl(orderId),
  query: async ({ orderId }) => (await orders.stateOf(orderId)) ?? 'failed',
  readNotice: async () => null,
})
