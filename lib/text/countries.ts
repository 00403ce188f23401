import { countryCodes } from '#lib/schemas/countries.ts'

const names = new Intl.DisplayNames('zh-CN', { type: 'region' })

const countryWord = (code: string) => names.of(code) ?? code

/** Every country to choose as 国籍, in the order of its Chinese name. */
export const countryOptions = () =>
  [...countryCodes]
    .map((id) => ({ id, label: countryWord(id) }))
    .sort((a, b) => a.label.localeCompare(b.label, 'zh-CN'))
