import { codeLength, readCode } from '#lib/domain/receipts.ts'
import { issue, ok, type Result, refuse } from '#lib/domain/result.ts'

/** The code of a paper as somebody typed it; refused: `receipt-code-format` at `code`. */
export function checkCode(typed: string): Result<string> {
  const code = readCode(typed)
  return code === null ? refuse(issue('code', 'receipt-code-format', { length: codeLength })) : ok(code)
}
