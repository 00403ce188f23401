/** Every address of the service, so that no page spells one by hand (contract.md, Addresses). */
const query = (values: Record<string, string | undefined>) => {
  const text = new URLSearchParams(
    Object.entries(values).filter(
      (entry): entry is [string, string] => entry[1] !== undefined && entry[1] !== '',
    ),
  ).toString()
  return text === '' ? '' : `?${text}`
}

/** Which picture of a case, how large and which way up (lib/schemas/picture-view.ts). */
export interface PictureAsked {
  readonly picture?: number
  /** Instead of it, one that stood in its place in the round before. */
  readonly before?: number
  readonly zoom?: string
  readonly turn?: string
}
const lookQuery = ({ picture, before, zoom, turn }: PictureAsked) => ({
  picture: picture?.toString(),
  before: before?.toString(),
  zoom: zoom === '1' ? '' : zoom,
  turn: turn === '0' ? '' : turn,
})

export const paths = {
  home: '/',
  /** Home, right after registration. */
  welcome: '/?welcome=1',
  register: '/register',
  login: (echo?: string) => `/login${query({ echo })}`,
  /** Sign-in, and afterwards back to this path. */
  loginFor: (next: string) => `/login${query({ next })}`,
  /** Sign-in, right after a password was reset or an account closed. */
  loginAfter: (done: 'reset' | 'closed' | 'left') => `/login${query({ done })}`,
  logout: '/logout',
  /** POST here to go on with a session that nobody used for a while. */
  session: '/session',
  forgotPassword: '/forgot-password',
  help: (search?: string) => `/help${query({ q: search })}`,
  helpTopic: (topic: string, question?: string) => `/help/${topic}${question ? `#${question}` : ''}`,
  /** 生僻字: `echo` is the form to go back to, `page` the page it stands on. */
  characters: (query_: Record<string, string | undefined> = {}) => `/characters${query(query_)}`,
  characterOptions: '/characters/options',
  invitation: (token: string) => `/invitations/${token}`,
  messages: (after?: string) => `/messages${query({ after })}`,
  account: '/account',
  accountPassword: '/account/password',
  accountPhone: '/account/phone',
  accountSessions: '/account/sessions',
  /** The sign-ins before one. */
  accountSignIns: (before: string) => `/account/sessions${query({ before })}#history`,
  accountExport: '/account/export',
  /** POST here to download. */
  accountExportFile: '/account/export/file',
  accountClose: '/account/close',
  accountFactor: '/account/factor',
  /** 请假, of a member of staff who reviews. */
  accountLeave: '/account/leave',
  /** 身份信息更正. */
  accountCorrection: '/account/correction',
  /** 账户申诉: a lost phone, a number held by somebody else. */
  accountAppeal: '/account/appeal',
  staff: (filters: Record<string, string | undefined> = {}) => `/staff${query(filters)}`,
  staffInvite: '/staff/invite',
  /** Inviting, with a department chosen already. */
  staffInviteTo: (department: string) => `/staff/invite${query({ department })}`,
  staffMember: (accountId: string) => `/staff/${accountId}`,
  departments: (filters: Record<string, string | undefined> = {}) => `/departments${query(filters)}`,
  department: (id: string) => `/departments/${encodeURIComponent(id)}`,
  departmentDone: (id: string, done: string) =>
    `/departments/${encodeURIComponent(id)}${query({ done })}#main`,
  departmentClose: (id: string) => `/departments/${encodeURIComponent(id)}/close`,
  /** 审计日志: what a member of staff did and saw. Of a person nothing stands in an address (SEC-4). */
  audit: (filters: Record<string, string | undefined> = {}) => `/audit${query(filters)}`,
  /** 谁看过这个人; whom is said by an echo. */
  auditPeople: (filters: Record<string, string | undefined> = {}) => `/audit/people${query(filters)}`,
  /** 统计 of a department; without one, of where the viewer's figures begin. */
  figures: (filters: Record<string, string | undefined> = {}) => `/figures${query(filters)}`,
  /** 数据导出 by staff; `done` is what was just done there. */
  exports: (done?: string) => `/exports${query({ done })}${done ? '#main' : ''}`,
  /** The form, with kind, department and months chosen already. */
  exportNew: (chosen: Record<string, string | undefined> = {}) => `/exports/new${query(chosen)}`,
  /** POST here to download. */
  exportFile: (id: string) => `/exports/${encodeURIComponent(id)}/file`,
  /** 继续教育名单: those of one's subtree, and the upload for one of one's departments. */
  rosters: (filters: Record<string, string | undefined> = {}) => `/rosters${query(filters)}`,
  /** One list; `done` is what was just done to it. */
  roster: (id: string, done?: string) =>
    `/rosters/${encodeURIComponent(id)}${query({ done })}${done ? '#main' : ''}`,
  /** POST a list for this department here. */
  rosterUpload: (departmentId: string) => `/files/rosters/${encodeURIComponent(departmentId)}`,
  templates: '/templates',
  captcha: (token: string) => `/captcha/${token}`,
  captchaSound: (token: string) => `/captcha/${token}/sound`,
  captchaLarge: (token: string) => `/captcha/${token}?size=large`,
  preferences: '/preferences',
  identity: '/identity',
  identityPictures: '/identity/pictures',
  identityQr: (order: string) => `/identity/alipay/${order}`,
  identityState: (order: string) => `/identity/alipay/${order}/state`,
  /** The provider's own server calls here (SEC-4). */
  identityCallback: '/identity/alipay/callback',
  identityCertify: (order: string) => `/identity/certify/${order}`,
  collection: '/collection',
  /** POST a form of the wizard here to keep what was typed. */
  collectionAutosave: '/collection/autosave',
  /** 会计专业工作简历表, filled in from one's own rows. */
  collectionResume: '/collection/resume',
  collectionResumePdf: '/collection/resume/pdf',
  /** 需要准备的材料, of who is signed in. */
  collectionMaterials: '/collection/materials',
  /** 信息变更 of one page of the record. */
  changes: (page = 'basic', filters: Record<string, string | undefined> = {}) =>
    `/changes/${page}${query(filters)}`,
  /** The draft of a change. */
  changeEdit: (page: string) => `/changes/${page}/edit`,
  changeRow: (page: string, rowId: string) => `/changes/${page}/edit/${encodeURIComponent(rowId)}`,
  /** 详情 of a change. */
  changeRecord: (page: string, caseId: string) => `/changes/${page}/records/${caseId}`,
  /** 属地关系调转: the list, and the application under way. */
  transfers: '/transfers',
  transferNew: '/transfers/new',
  /** The list, on from one of them. */
  transfersAfter: (after: string) => `/transfers${query({ after })}`,
  /** 详情 of one that was sent. */
  transfer: (caseId: string) => `/transfers/${caseId}`,
  /** 继续教育: the ledger of a year, and a claim of credits. */
  credits: (year?: string) => `/education-credits${query({ year })}`,
  /** 申请记录 from one claim on. */
  creditClaims: (after: string) => `/education-credits${query({ after })}#claims`,
  creditNew: '/education-credits/new',
  creditsPrint: (year: string) => `/education-credits/print${query({ year })}`,
  /** 奖惩 of oneself. */
  conduct: '/conduct',
  conductAward: '/conduct/award',
  conductObjection: '/conduct/objection',
  /** 行政处罚登记, by staff. */
  penaltyNew: '/conduct/penalties/new',
  /** 奖惩登记 of one's subtree, for staff. */
  conductEntries: (filters: Record<string, string | undefined> = {}) => `/conduct/entries${query(filters)}`,
  /** 奖励公开, for everybody. */
  awards: (filters: Record<string, string | undefined> = {}) => `/awards${query(filters)}`,
  /** Whether a paper is true. */
  verify: (code = '') => (code === '' ? '/verify' : `/verify/${encodeURIComponent(code)}`),
  /** 会计专业技术资格考试: what is open, whether one may sit, and one's own registrations. */
  exams: '/exams',
  exam: (sessionId: string, done?: string) =>
    `/exams/${encodeURIComponent(sessionId)}${query({ done })}${done ? '#main' : ''}`,
  /** 核对报名信息, with what was chosen: ids alone. */
  examConfirm: (sessionId: string, choice: { readonly site: string; readonly subjects: readonly string[] }) =>
    `/exams/${encodeURIComponent(sessionId)}/confirm${query({ site: choice.site, subjects: choice.subjects.join(' ') })}`,
  /** The same to choose again. */
  examChoose: (sessionId: string, choice: { readonly site: string; readonly subjects: readonly string[] }) =>
    `/exams/${encodeURIComponent(sessionId)}${query({ site: choice.site, subjects: choice.subjects.join(' ') })}#choose`,
  /** 报名信息表 of one's own registration. */
  examForm: (sessionId: string, done?: string) =>
    `/exams/${encodeURIComponent(sessionId)}/form${query({ done })}${done ? '#main' : ''}`,
  /** When registration is open in each province, for everybody. */
  examCalendar: '/exams/calendar',
  /** Sessions of exams, for operators and provinces. */
  examSessions: '/exam-sessions',
  examSessionNew: '/exam-sessions/new',
  examSession: (sessionId: string, done?: string) =>
    `/exam-sessions/${encodeURIComponent(sessionId)}${query({ done })}${done ? '#main' : ''}`,
  /** Window, fee and 报考点 of a province. */
  examProvince: (sessionId: string, departmentId: string, done?: string) =>
    `/exam-sessions/${encodeURIComponent(sessionId)}/provinces/${encodeURIComponent(departmentId)}${query({ done })}${done ? '#main' : ''}`,
  /** 考试报名名单: of which exam, and of a department. */
  examRegistrations: '/exam-entries',
  examEntries: (sessionId: string, filters: Record<string, string | undefined> = {}) =>
    `/exam-sessions/${encodeURIComponent(sessionId)}/entries${query(filters)}`,
  examSite: (sessionId: string, departmentId: string, siteId: string) =>
    `/exam-sessions/${encodeURIComponent(sessionId)}/provinces/${encodeURIComponent(departmentId)}/sites/${encodeURIComponent(siteId)}`,
  /** The payment provider's own server calls here (SEC-4). */
  payNotice: '/exams/payment/notice',
  /** An order: the way to the provider, and what became of it. */
  payOrder: (number: string, done?: string) =>
    `/exams/payment/orders/${encodeURIComponent(number)}${query({ done })}`,
  /** The provider's stand-in. */
  payDemo: (number: string) => `/exams/payment/demo/${encodeURIComponent(number)}`,
  /** Payments that have to go back, for who looks after a province. */
  refund: (number: string) => `/exam-sessions/refunds/${encodeURIComponent(number)}`,
  refunds: (filters: Record<string, string | undefined> = {}) => `/exam-sessions/refunds${query(filters)}`,
  /** 个人页: one's record, what happened and what is possible now. */
  record: '/record',
  /** What happened before an event of the record. */
  recordBefore: (before: string) => `/record${query({ before })}#events`,
  /** 打印登记表: papers with a receipt, or one of them by its code. */
  recordForm: (code = '') => (code === '' ? '/record/form' : `/record/form/${encodeURIComponent(code)}`),
  recordFormPdf: (code: string) => `/record/form/${encodeURIComponent(code)}/pdf`,
  collectionStep: (step: string) => `/collection/${step}`,
  collectionRow: (section: string, rowId: string) => `/collection/${section}/${encodeURIComponent(rowId)}`,
  casePrint: (caseId: string) => `/cases/${caseId}/print`,
  /** POST a picture here; the place is in the address so that it is judged before a byte is read. */
  slot: (caseId: string, section: string, rowId: string, slot: string, desk = '') =>
    `/files/${caseId}/${section}/${rowId}/${slot}${query({ desk })}`,
  file: (fileId: string) => `/files/${fileId}`,
  thumbnail: (fileId: string) => `/files/${fileId}?size=small`,
  departmentOptions: (parentId: string) => `/departments/options${query({ parent: parentId })}`,
  review: (filters: Record<string, string | undefined> = {}) => `/review${query(filters)}`,
  /** `full`: with its numbers unmasked, which is written down (REV-6). */
  reviewCase: (caseId: string, full = false) => `/review/${caseId}${full ? '?full=1' : ''}`,
  /** Pictures of the round a reviewer judges, one at a time; `picture` is its place among them. */
  reviewPictures: (caseId: string, look: PictureAsked = {}) =>
    `/review/${caseId}/pictures${query(lookQuery(look))}`,
  /** The same without the head of the service: the one page that may stand in a frame (lib/door/policy.ts). */
  reviewPicturesFrame: (caseId: string, look: PictureAsked = {}) =>
    `/review/${caseId}/pictures/frame${query(lookQuery(look))}`,
  /** 转办. */
  reviewForward: (caseId: string) => `/review/${caseId}/forward`,
  template: (name: string) => `/templates/${name}`,
  templatePdf: (name: string) => `/templates/${name}/pdf`,
  templateCsv: (name: string) => `/templates/${name}/csv`,
} as const

/** The id of the control an issue points at: `posts.x.start` → `posts-x-start`. */
export const anchorOf = (at: string | null) => (at === null ? 'errors' : at.replaceAll(/[.:]/g, '-'))
