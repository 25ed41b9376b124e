import type { PrintForm } from './api'

const PER_PAGE: Readonly<Record<PrintForm, number>> = {
  'stickers-24': 24,
  'stickers-8': 8,
  notice: 1,
  'box-card': 16,
}

/** How many pages so many households take at least; communities and meter boxes begin pages of their own. */
export const pagesOf = (form: PrintForm, households: number): number => Math.ceil(households / PER_PAGE[form])

/** `1.2 MB`, for files of a few kilobytes and more. */
export function sizeOf(bytes: number): string {
  return bytes < 1_000_000
    ? `${Math.max(1, Math.round(bytes / 1000))} KB`
    : `${(bytes / 1_000_000).toFixed(1)} MB`
}
