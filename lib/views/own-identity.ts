import { accountById } from '#db/queries/accounts.ts'
import type { Deps } from '#lib/deps.ts'
import type { Person } from '#lib/domain/actor.ts'
import { notFound } from '#lib/domain/errors.ts'
import { maskNumber, maskPhone } from '#lib/domain/masking.ts'

async function ownRow({ store, keys }: Deps, actor: Person) {
  const account = await accountById(store.read, store.t, keys, actor.id)
  if (account?.kind !== 'applicant') throw notFound()
  return account
}

/** What registration knows of a person, as the form that puts it right begins. */
export async function ownIdentity(deps: Deps, actor: Person) {
  const { idType, number, nationality, name, sex, birth } = await ownRow(deps, actor)
  return {
    idType: [idType],
    idNumber: [number],
    nationality: [nationality],
    name: [name],
    sex: [sex],
    birth: [birth],
  }
}

/** What an appeal is about, masked; `nextPhone` is '' until a new one was proven. */
export async function ownClaim(deps: Deps, actor: Person) {
  const { number, phone, nextPhone } = await ownRow(deps, actor)
  return {
    number: maskNumber(number),
    phone: phone === '' ? '' : maskPhone(phone),
    nextPhone: nextPhone === '' ? '' : maskPhone(nextPhone),
  }
}
