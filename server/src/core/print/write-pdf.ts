import { once } from 'node:events'
import type { Writable } from 'node:stream'
import { finished } from 'node:stream/promises'
import { setImmediate as nextTurn } from 'node:timers/promises'
import NewDocument from 'pdfkit'
import type { Doc } from './draw'

/** What stands in the document's own facts. */
export interface PdfFacts {
  readonly title: string
  readonly author: string
  readonly now: number
}

export interface WrittenPdf {
  readonly pages: number
  /** Characters that no font of ours has; they are 〓 and want somebody's pen. */
  readonly missing: number
}

/** Draws what stands on one page, and answers how many characters were missing. */
export type DrawPage = (doc: Doc) => number

/**
 * Writes a PDF of A4 pages to `out`, page by page: a page is on its way when the next one is drawn, and other work of the
 * process gets its turn between two pages. Ends when the last byte is taken; errors: those of `out`.
 */
export async function writePdf(
  out: Writable,
  facts: PdfFacts,
  pages: Iterable<DrawPage>,
): Promise<WrittenPdf> {
  const doc: Doc = new NewDocument({
    size: 'A4',
    margin: 0,
    autoFirstPage: false,
    pdfVersion: '1.7',
    lang: 'zh-CN',
    displayTitle: true,
    info: { Title: facts.title, Author: facts.author, CreationDate: new Date(facts.now) },
  })
  // Awaited below; until then a failure is kept, so that it is not nobody's.
  const written = finished(out, { readable: false })
  written.catch(() => undefined)
  doc.pipe(out)
  let [count, missing] = [0, 0]
  try {
    for (const draw of pages) {
      doc.addPage()
      missing += draw(doc)
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
