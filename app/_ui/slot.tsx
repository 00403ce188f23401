import { anchorOf, paths } from '#lib/paths.ts'
import type { SlotView, StoredPicture } from '#lib/readers/slots.ts'
import { fieldWords, slotWords } from '#lib/text/ui.ts'
import { Badge } from './badge.tsx'
import { Button } from './buttons.tsx'
import { bindings, Remarks } from './field-shell.tsx'
import { FitPicture } from './live/fit-picture.tsx'
import { UploadProgress } from './live/upload-progress.tsx'
import { WithoutScript } from './live/without-script.tsx'
import { PortraitExamples } from './portrait-examples.tsx'

/** Said above slots that stand beside a form: without script an upload draws the page anew. */
export const SaveFirst = () => (
  <WithoutScript>
    <p className="mb-3 text-hint text-ink-2">{slotWords.saveFirst}</p>
  </WithoutScript>
)

interface SlotsProps {
  slots: readonly SlotView[]
  /** A server action; it is posted the `attachment` that was pressed, and what `hidden` adds. */
  remove: (form: FormData) => Promise<void>
  hidden: Readonly<Record<string, string>>
}

const removalForm = 'remove-picture'

/** The slots of a page, once on it. One form, which nobody sees, removes whatever picture's button is pressed. */
export function Slots({ slots, remove, hidden }: SlotsProps) {
  return (
    <>
      {slots.some(({ files }) => files.length > 0) ? (
        <form id={removalForm} action={remove} hidden>
          {Object.entries(hidden).map(([name, value]) => (
            <input key={name} type="hidden" name={name} value={value} />
          ))}
        </form>
      ) : null}
      {slots.map((slot) => (
        <SlotPanel key={slot.at} slot={slot} />
      ))}
    </>
  )
}

const accepted = { portrait: 'image/jpeg', proof: 'image/jpeg,image/png' } as const

/** One file slot: the rule before the attempt, the pictures it holds, and a form of its own, so that text and files never lose each other. */
function SlotPanel({ slot }: { slot: SlotView }) {
  const id = anchorOf(slot.at)
  const remarks = { name: slot.at, hint: slot.hint, errors: slot.errors }
  const full = slot.files.length >= slot.max
  const uploadable = !full || slot.max === 1
  return (
    // biome-ignore lint/a11y/useSemanticElements: the forms inside may not stand in a fieldset of another form
    <div
      role="group"
      aria-label={slot.label}
      className={`mb-4 rounded-md border p-4 ${slot.errors.length > 0 ? 'border-l-4 border-bad' : ''}`}
    >
      <div className="mb-1 flex flex-wrap items-center justify-between gap-x-3">
        <div className="font-semibold">
          {uploadable ? <label htmlFor={id}>{slot.label}</label> : slot.label}
          {slot.required ? null : <span className="font-normal text-ink-3">{fieldWords.optional}</span>}
        </div>
        <SlotState slot={slot} />
      </div>
      <Remarks {...remarks} />
      {slot.files.length > 0 ? (
        <ul className="my-3 grid gap-3">
          {slot.files.map((picture) => (
            <li key={picture.attachmentId}>
              <Picture picture={picture} />
            </li>
          ))}
        </ul>
      ) : null}
      {uploadable ? (
        <form
          id={`${id}-upload`}
          method="post"
          action={slot.uploadTo}
          encType="multipart/form-data"
          className="flex max-w-field flex-wrap items-center gap-2"
        >
          <input
            type="file"
            id={id}
            name="file"
            accept={accepted[slot.accept]}
            className="control min-w-0 basis-56 grow"
            {...bindings(remarks)}
          />
          <FitPicture
            inputId={id}
            accept={slot.accept}
            max={slot.max}
            room={slot.max - slot.files.length}
            send={full ? slotWords.replace : slotWords.upload}
          />
          <Button kind="secondary" className="max-sm:grow" about={slot.label}>
            {full ? slotWords.replace : slotWords.upload}
          </Button>
        </form>
      ) : (
        <p id={id} tabIndex={-1} className="text-hint text-ink-2">
          {slotWords.full(slot.max)}
        </p>
      )}
      <UploadProgress
        formId={uploadable ? `${id}-upload` : null}
        sending={slotWords.sending}
        failed={slotWords.failed}
      />
      {slot.accept === 'portrait' ? <PortraitExamples /> : null}
    </div>
  )
}

function SlotState({ slot: { files, max, required } }: { slot: SlotView }) {
  if (files.length > 0)
    return <Badge tone="good">{max > 1 ? slotWords.count(files.length, max) : slotWords.done}</Badge>
  return required ? <Badge tone="quiet">{slotWords.required}</Badge> : null
}

function Picture({ picture }: { picture: StoredPicture }) {
  return (
    <div className="flex items-start gap-4">
      <a href={paths.file(picture.id)} className="flex-none">
        <img
          src={paths.thumbnail(picture.id)}
          alt={`${slotWords.view} ${picture.name}`}
          width="72"
          height="100"
          className="h-25 w-18 rounded-sm border bg-panel object-contain"
        />
      </a>
      <div className="min-w-0 grow">
        <p className="break-all">{picture.name}</p>
        <p className="text-hint text-ink-3 tabular-nums">
          {slotWords.size(picture.width, picture.height)} · {slotWords.bytes(picture.bytes)}
        </p>
        <div className="flex flex-wrap items-center gap-x-2">
          <a href={paths.file(picture.id)} className="button button-quiet -ml-2">
            {slotWords.view}
          </a>
          <Button
            kind="quiet"
            className="text-bad"
            form={removalForm}
            name="attachment"
            value={picture.attachmentId}
            about={picture.name}
          >
            {slotWords.remove}
          </Button>
        </div>
      </div>
    </div>
  )
}
