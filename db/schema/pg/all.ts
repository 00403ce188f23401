// Generated from ../all.ts by npm run db:generate; do not edit.
export * from './account.ts'
export * from './case.ts'
export * from './department.ts'
export * from './file.ts'
export * from './guard.ts'
export * from './log.ts'
export * from './person.ts'
