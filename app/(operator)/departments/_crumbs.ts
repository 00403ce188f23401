import type { Crumb } from '#app/_ui/page.tsx'
import { paths } from '#lib/paths.ts'
import { departmentsWords } from '#lib/text/departments.ts'

/** From 部门管理 down the tree to the last node of `chain`, which is the page itself unless `page` names one beneath it. */
export function departmentCrumbs(
  chain: readonly { readonly id: string; readonly name: string }[],
  page?: string,
): Crumb[] {
  const top: Crumb = { href: paths.departments(), label: departmentsWords.title }
  const crumbs = [
    top,
    ...chain.map(({ id, name }, index): Crumb => {
      const isNode = page !== undefined && index === chain.length - 1
      return { href: isNode ? paths.department(id) : paths.departments({ under: id }), label: name }
    }),
    ...(page === undefined ? [] : [{ label: page }]),
  ]
  return crumbs.map((crumb, index) => (index === crumbs.length - 1 ? { label: crumb.label } : crumb))
}
