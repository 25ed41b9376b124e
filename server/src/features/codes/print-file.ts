import { createWriteStream } from 'node:fs'
import type { Doc } from '../../core/print/draw'
import { type DrawPage, writePdf, type WrittenPdf } from '../../core/print/write-pdf'
import { drawBoxCard, type MeterBox } from './print-card'
import type { FormFacts } from './print-forms'
import { drawNotice } from './print-notice'
import { drawStickers, type Letterhead, type PrintedCode } from './print-sheet'

/** What stands on one page: codes for a sheet or a notice, a box for a card. */
export type PrintPage = { readonly codes: readonly PrintedCode[] } | { readonly box: MeterBox }

/** Writes a PDF page by page to `path`. */
export function printFile(
  path: string,
  of: { readonly form: FormFacts; readonly head: Letterhead; readonly title: string; readonly now: number },
  pages: Iterable<PrintPage>,
): Promise<WrittenPdf> {
  const facts = { title: of.title, author: of.head.companyName, now: of.now }
  return writePdf(createWriteStream(path, { mode: 0o600 }), facts, drawingsOf(of.form, of.head, pages))
}

function* drawingsOf(form: FormFacts, head: Letterhead, pages: Iterable<PrintPage>): Generator<DrawPage> {
  for (const page of pages) yield (doc) => drawPage(doc, form, head, page)
}

function drawPage(doc: Doc, form: FormFacts, head: Letterhead, page: PrintPage): number {
  if ('box' in page) {
    if (form.kind !== 'box-card') throw new Error(`A box is no page of the form ${form.kind}.`)
    return drawBoxCard(doc, form, head, page.box)
  }
  if (form.kind === 'stickers') return drawStickers(doc, form, head, page.codes)
  return page.codes.reduce((missing, code) => missing + drawNotice(doc, head, code), 0)
}
