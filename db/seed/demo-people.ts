/** The people of the demo. Names, phones and numbers are made up: 440199 is no region, so no number is anybody's. */

export interface DemoStaff {
  readonly login: string
  readonly name: string
  readonly role: 'reviewer' | 'manager' | 'operator' | 'auditor'
  /** null = the whole country. */
  readonly departmentId: string | null
}

export const demoStaff: readonly DemoStaff[] = [
  { login: 'tianhe', name: '何静', role: 'reviewer', departmentId: '440106' },
  { login: 'futian', name: '谢敏', role: 'reviewer', departmentId: '440304' },
  { login: 'gzbenji', name: '郑欣怡', role: 'reviewer', departmentId: '440100-own' },
  { login: 'guangdong', name: '罗文博', role: 'reviewer', departmentId: '440000' },
  { login: 'guangzhou-manager', name: '梁志强', role: 'manager', departmentId: '440100' },
  { login: 'operator', name: '唐宁', role: 'operator', departmentId: null },
  { login: 'auditor', name: '邓佳', role: 'auditor', departmentId: '440000' },
]

/**
 * `identity` waits for somebody to look at the pictures; the others say how far the collection is. A register says something
 * else than `returned-by-check`, nothing of a qualification of `not-in-register`, and none can be asked about one of
 * `not-checkable`, who waits for a reviewer.
 */
export type DemoState =
  | 'fresh'
  | 'verified'
  | 'draft'
  | 'submitted'
  | 'returned'
  | 'returned-by-check'
  | 'not-in-register'
  | 'not-checkable'
  | 'approved'
  | 'identity'

export interface DemoApplicant {
  readonly state: DemoState
  readonly name: string
  /** The first 17 characters of an identity number; the last one follows from them (GB 11643). */
  readonly numberHead: string
  readonly phone: string
  /** Which sample person's rows they fill in. */
  readonly rows: 'employed' | 'student' | 'elsewhere'
  readonly departmentId: string
}

const tianhe = { departmentId: '440106', rows: 'employed' } as const

export const demoApplicants: readonly DemoApplicant[] = [
  { ...tianhe, state: 'fresh', name: '林晓', numberHead: '44019919900512001', phone: '13900000001' },
  { ...tianhe, state: 'verified', name: '周子涵', numberHead: '44019919910203002', phone: '13900000002' },
  { ...tianhe, state: 'draft', name: '陈雨桐', numberHead: '44019919890417003', phone: '13900000003' },
  { ...tianhe, state: 'submitted', name: '黄嘉', numberHead: '44019919881129004', phone: '13900000004' },
  { ...tianhe, state: 'returned', name: '李思远', numberHead: '44019919900930005', phone: '13900000005' },
  { ...tianhe, state: 'approved', name: '欧阳晴', numberHead: '44019919870608006', phone: '13900000006' },
  {
    state: 'submitted',
    name: '徐一诺',
    numberHead: '44019920041102007',
    phone: '13900000007',
    rows: 'student',
    departmentId: '440304',
  },
  {
    ...tianhe,
    state: 'returned-by-check',
    name: '苏婉',
    numberHead: '44019919900318010',
    phone: '13900000009',
  },
  {
    ...tianhe,
    state: 'not-in-register',
    name: '方志远',
    numberHead: '44019919891122011',
    phone: '13900000010',
  },
  {
    ...tianhe,
    state: 'not-checkable',
    name: '高博',
    numberHead: '44019919890820013',
    phone: '13900000011',
    rows: 'elsewhere',
  },
  { ...tianhe, state: 'identity', name: '马明', numberHead: '44019919920725009', phone: '13900000008' },
]

export const demoNotes = {
  portrait: '照片有刘海遮住眉毛，请换一张露出眉毛的标准证件照。',
  major: '所学专业请按毕业证书填写全称，有专业方向的一并写上。',
} as const
