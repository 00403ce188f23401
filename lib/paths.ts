/** Every address of the service, so that no page spells one by hand (contract.md, Addresses). */
const query = (values: Record<string, string | undefined>) => {
  const text = new URLSearchParams(
    Object.entries(values).filter(
      (entry): entry is [string, string] => entry[1] !== undefined && entry[1] !== '',
    ),
  ).toString()
  return text === '' ? '' : `?${text}`
}

export const paths = {
  home: '/',
  /** Home, right after registration. */
  welcome: '/?welcome=1',
  register: '/register',
  login: (echo?: string) => `/login${query({ echo })}`,
  logout: '/logout',
  captcha: (token: string) => `/captcha/${token}`,
  captchaLarge: (token: string) => `/captcha/${token}?size=large`,
  preferences: '/preferences',
  identity: '/identity',
  identityPictures: '/identity/pictures',
  identityCertify: (order: string) => `/identity/certify/${order}`,
  collection: '/collection',
  collectionStep: (step: string) => `/collection/${step}`,
  collectionRow: (section: string, rowId: string) => `/collection/${section}/${encodeURIComponent(rowId)}`,
  casePrint: (caseId: string) => `/cases/${caseId}/print`,
  /** POST a picture here; the place is in the address so that it is judged before a byte is read. */
  slot: (caseId: string, section: string, rowId: string, slot: string) =>
    `/files/${caseId}/${section}/${rowId}/${slot}`,
  file: (fileId: string) => `/files/${fileId}`,
  thumbnail: (fileId: string) => `/files/${fileId}?size=small`,
  departmentOptions: (parentId: string) => `/departments/options${query({ parent: parentId })}`,
  review: (filters: Record<string, string | undefined> = {}) => `/review${query(filters)}`,
  reviewCase: (caseId: string) => `/review/${caseId}`,
  template: (name: string) => `/templates/${name}`,
} as const

/** The id of the control an issue points at: `posts.x.start` → `posts-x-start`. */
export const anchorOf = (at: string | null) => (at === null ? 'errors' : at.replaceAll(/[.:]/g, '-'))
