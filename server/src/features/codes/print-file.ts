import { once } from 'node:events'
import { createWriteStream } from 'node:fs'
import { finished } from 'node:stream/promises'
import { setImmediate as nextTurn } from 'node:timers/promises'
import NewDocument from 'pdfkit'
import { drawBoxCard, type MeterBox } from './print-card'
import type { Doc } from './print-draw'
import type { FormFacts } from './print-forms'
import { drawNotice } from './print-notice'
import { drawStickers, type Letterhead, type PrintedCode } from './print-sheet'

/** What stands on one page: codes for a sheet or a notice, a box for a card. */
export type PrintPage = { readonly codes: readonly PrintedCode[] } | { readonly box: MeterBox }

export interface PrintedFile {
  readonly pages: number
  /** Characters that no font of ours has; they are 〓 and want somebody's pen. */
  readonly missing: number
}

/**
 * Writes a PDF page by page to `path`. A page is on its way to the disk when the next one is drawn, and other work of the
 * process gets its turn between two pages.
 */
export async function printFile(
  path: string,
  of: { readonly form: FormFacts; readonly head: Letterhead; readonly title: string; readonly now: number },
  pages: Iterable<PrintPage>,
): Promise<PrintedFile> {
  const doc: Doc = new NewDocument({
    size: 'A4',
    margin: 0,
    autoFirstPage: false,
    pdfVersion: '1.7',
    lang: 'zh-CN',
    displayTitle: true,
    info: { Title: of.title, Author: of.head.companyName, CreationDate: new Date(of.now) },
  })
  const out = createWriteStream(path, { mode: 0o600 })
  // Awaited below; until then a failure is kept, so that it is not nobody's.
  const written = finished(out)
  written.catch(() => undefined)
  doc.pipe(out)
  let [count, missing] = [0, 0]
  try {
    for (const page of pages) {
      doc.addPage()
      missing += drawPage(doc, of.form, of.head, page)
      count++
      await nextTurn()
      if (out.destroyed) break
      if (out.writableNeedDrain) await Promise.race([once(out, 'drain'), written])
    }
  } finally {
    doc.end()
  }
  await written
  return { pages: count, missing }
}

function drawPage(doc: Doc, form: FormFacts, head: Letterhead, page: PrintPage): number {
  if ('box' in page) {
    if (form.kind !== 'box-card') throw new Error(`A box is no page of the form ${form.kind}.`)
    return drawBoxCard(doc, form, head, page.box)
  }
  if (form.kind === 'stickers') return drawStickers(doc, form, head, page.codes)
  return page.codes.reduce((missing, code) => missing + drawNotice(doc, head, code), 0)
}
