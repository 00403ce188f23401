/** 信息变更 (CHG): one case kind for each page of the approved record that can be changed. */

/** In the order of the menu. */
export const changeSections = ['basic', 'education', 'employment', 'qualifications', 'scope'] as const
export type ChangeSection = (typeof changeSections)[number]
export type ChangeKind = `change-${ChangeSection}`

export const changeKinds = [
  'change-basic',
  'change-education',
  'change-employment',
  'change-qualifications',
  'change-scope',
] as const satisfies readonly ChangeKind[]

/** The kind of case that changes a page. */
export const changeKindOf = (section: ChangeSection): ChangeKind => `change-${section}`

/** The page of the record that cases of this kind change; null for all other kinds. */
export const changedSection = (kind: string): ChangeSection | null =>
  changeSections.find((section) => changeKindOf(section) === kind) ?? null
