import type { Place } from './address'

/** What feeds a household. The contact is the person in charge, where the export names one. */
export interface ImportedSupply {
  readonly kind: 'heat-station' | 'gas-station' | 'power-station' | 'water-station'
  readonly name: string
  readonly contact: { readonly name: string; readonly phone: string } | null
}

/** A household as a billing system's export describes it. */
export interface ImportedHousehold {
  readonly ownerName: string
  /** Eleven digits, or null where the export has no usable number. */
  readonly phone: string | null
  readonly place: Place
  readonly supply: ImportedSupply | null
}
