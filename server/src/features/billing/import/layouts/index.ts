import { gasMonth } from './gas-month'
import { heatingSeason } from './heating-season'
import { powerMonth } from './power-month'
import type { Layout } from './types'
import { waterMonth } from './water-month'

/** The export forms we can read. Which company uses which stands in the configuration. */
export const layouts: readonly Layout[] = [heatingSeason, gasMonth, powerMonth, waterMonth]

/** Null when the configuration names a form that nobody has written. */
export function layoutById(id: string): Layout | null {
  return layouts.find((layout) => layout.id === id) ?? null
}
