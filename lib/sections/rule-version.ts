/** The version of the rules a round was submitted under; raise it whenever a rule, a field or an option changes (SUB-2). */
export const ruleVersion = '2026-11-9'
