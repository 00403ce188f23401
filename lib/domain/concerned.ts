/** Whom a row of the audit log concerns; of who is outside the scope nothing is told (ADM-3). */
export type Concerned =
  | { readonly kind: 'self' | 'outside' }
  | { readonly kind: 'staff'; readonly name: string; readonly login: string }
  /** Name and number are whole: whoever shows them masks them. */
  | { readonly kind: 'applicant'; readonly name: string; readonly number: string }
