import { PrintButton } from '#app/_ui/live/print-button.tsx'
import { Page } from '#app/_ui/page.tsx'
import { collectionWords, materials as words } from '#lib/text/collection.ts'
import { materialsOf } from '#lib/views/materials.ts'
import { crumbsTo, openDesk, StepList } from '../_desk.tsx'
import { MaterialLists } from '../_materials.tsx'

export const metadata = { title: words.link }

/** COL-5: the list of 采集须知 by itself, at hand from every page of the wizard and on paper. */
export default async function MaterialsPage() {
  const { d, desk } = await openDesk()
  return (
    <Page
      width="wide"
      crumbs={crumbsTo({ label: words.link })}
      title={collectionWords.checklistTitle}
      beside={<PrintButton word={words.print} />}
      side={<StepList desk={desk} current={null} />}
    >
      <MaterialLists materials={materialsOf(desk.draft, d.registers !== null)} level={2} />
    </Page>
  )
}
