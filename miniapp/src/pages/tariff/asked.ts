import type { Tariff } from '../../api/types'

export type Calculator = NonNullable<Tariff['calculator']>

/** What is filled in, as it stands on the screen. */
export interface Form {
  quantity: string
  usedBefore: string
  months: number
  /** Null until somebody says how many they are. */
  people: number | null
  customer: 'resident' | 'other'
  stopped: boolean
}
export const emptyForm: Form = {
  quantity: '',
  usedBefore: '',
  months: 1,
  people: null,
  customer: 'resident',
  stopped: false,
}

const QUANTITY = /^\d{1,6}(\.\d{1,2})?$/

/** Whether what is typed is no quantity; nothing typed yet is no fault. A point at the end is on its way to be one. */
export const isFaulty = (text: string): boolean => text !== '' && !QUANTITY.test(text.replace(/\.$/, ''))

/** The question to ask, with only what this price list wants to know; null while it cannot be asked. */
export function askedOf(companyId: string, calculator: Calculator, form: Form) {
  const quantity = form.quantity.replace(/\.$/, '')
  const usedBefore = form.usedBefore.replace(/\.$/, '')
  const countsYear = calculator.every === 'year'
  if (!QUANTITY.test(quantity) || (countsYear && isFaulty(usedBefore))) return null
  return {
    companyId,
    quantity,
    ...(countsYear && usedBefore !== '' ? { usedBefore } : {}),
    ...(calculator.months && form.months > 1 ? { months: form.months } : {}),
    ...(calculator.peopleAbove !== null && form.people !== null ? { people: form.people } : {}),
    ...(calculator.other && form.customer === 'other' ? { customer: 'other' as const } : {}),
    ...(calculator.stopped && form.stopped ? { stopped: 'yes' as const } : {}),
  }
}

/** Where the slider stands for what is typed: whole units between nothing and its end. */
export function sliderAt(quantity: string, max: number): number {
  const value = Number.parseInt(quantity, 10)
  return Number.isNaN(value) ? 0 : Math.min(Math.max(value, 0), max)
}

/** Sizes of household to pick from: those without longer tiers together, then one by one. */
export const sizesOf = (above: number): number[] => [0, 1, 2, 3].map((more) => above + more)
