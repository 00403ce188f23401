import type { IssueWords } from './issues.ts'

/** Registration, sign-in and identity. */
export const accountIssues: IssueWords = {}
