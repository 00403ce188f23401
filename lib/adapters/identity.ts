/** Real-name authentication by somebody who knows the person (IDV-2): Alipay, or its stand-in in the demo. */

export type CertifyState = 'pending' | 'passed' | 'failed'

export interface CertifyPerson {
  readonly name: string
  readonly number: string
}

export interface IdentityProvider {
  /** Announces an order; the person is then sent to `certifyUrl`. Asking again for the same order changes nothing. */
  initialize(orderId: string, person: CertifyPerson): Promise<{ certifyUrl: string }>
  /** What the provider holds to be true now; asking does not change it. */
  query(orderId: string): Promise<CertifyState>
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
  initialize: async (orderId) => ({ certifyUrl: certifyUrl(orderId) }),
  query: async (orderId) => (await orders.stateOf(orderId)) ?? 'failed',
})
