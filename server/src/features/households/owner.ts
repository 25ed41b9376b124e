import type { Vault } from '../../core/vault'
import type { HouseholdRow } from './entities'

/** What is on file about a household's owner. It leaves this feature only masked. */
export interface SealedOwner {
  readonly name: string
  /** Eleven digits, or null where no usable number is on file. */
  readonly phone: string | null
}

export function sealOwner(vault: Vault, owner: SealedOwner): string {
  return vault.seal(JSON.stringify([owner.name, owner.phone]))
}

export function openOwner(vault: Vault, row: Pick<HouseholdRow, 'ownerSealed'>): SealedOwner {
  const [name, phone]: [string, string | null] = JSON.parse(vault.open(row.ownerSealed))
  return { name, phone }
}
