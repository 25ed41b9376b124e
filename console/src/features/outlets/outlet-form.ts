import type { DeskOutlet, OutletFacts } from './api'
import { exceptionsOf, spansOf, textOfExceptions, textOfSpans } from './hours-text'

type AccessState = 'yes' | 'no' | 'unknown'

/** An outlet as the form holds it: hours and degrees as text. */
export interface OutletForm {
  readonly companyId: string
  readonly name: string
  readonly address: string
  readonly phone: string
  readonly latitude: string
  readonly longitude: string
  readonly week: readonly string[]
  readonly holiday: string
  readonly exceptions: string
  readonly services: readonly string[]
  readonly access: Readonly<Record<string, AccessState>>
  readonly note: string
  readonly hasTickets: boolean
  readonly minutesEach: number
  readonly inUse: boolean
}

export const accessFacts = [
  'low-desk',
  'accessible-window',
  'ramp',
  'toilet',
  'parking',
  'large-print',
  'sign-language',
] as const satisfies readonly (keyof DeskOutlet['access'])[]

export const isDegrees = (text: string): boolean => /^\d{1,3}\.\d{3,8}$/.test(text.trim())
const e6 = (text: string): number => Math.round(Number(text) * 1_000_000)
const degrees = (value: number): string => (value / 1_000_000).toFixed(6)

export function formOf(outlet: DeskOutlet | null, companyId: string): OutletForm {
  const usual = '08:30-12:00 13:30-17:00'
  const week = outlet?.hours.week.map(textOfSpans) ?? [usual, usual, usual, usual, usual, '', '']
  return {
    companyId: outlet?.companyId ?? companyId,
    name: outlet?.name ?? '',
    address: outlet?.address ?? '',
    phone: outlet?.phone ?? '',
    latitude: outlet === null ? '' : degrees(outlet.latE6),
    longitude: outlet === null ? '' : degrees(outlet.lngE6),
    week,
    holiday: textOfSpans(outlet?.hours.holiday ?? []),
    exceptions: textOfExceptions(outlet?.hours.exceptions ?? []),
    services: outlet?.services ?? [],
    access: Object.fromEntries(accessFacts.map((fact) => [fact, outlet?.access[fact] ?? 'unknown'])),
    note: outlet?.note ?? '',
    hasTickets: outlet?.hasTickets ?? false,
    minutesEach: outlet?.minutesEach ?? 8,
    inUse: (outlet?.state ?? 'open') === 'open',
  }
}

/** What is sent; the form's own rules have refused before what is not understood here. */
export function factsOf(form: OutletForm): OutletFacts {
  const access: OutletFacts['access'] = {}
  for (const fact of accessFacts) {
    const state = form.access[fact]
    if (state === 'yes' || state === 'no') access[fact] = state
  }
  return {
    name: form.name,
    address: form.address,
    phone: form.phone.trim(),
    latE6: e6(form.latitude),
    lngE6: e6(form.longitude),
    hours: {
      week: form.week.map((text) => spansOf(text) ?? []),
      holiday: spansOf(form.holiday) ?? [],
      exceptions: exceptionsOf(form.exceptions) ?? [],
    },
    services: [...form.services],
    access,
    note: form.note,
    hasTickets: form.hasTickets,
    minutesEach: form.minutesEach,
    state: form.inUse ? 'open' : 'closed',
  }
}
