import { PassThrough, type Readable } from 'node:stream'
import { shanghaiDateTime } from '../../core/clock'
import { logoAt } from '../../core/config/brand'
import type { CompanyConfig } from '../../core/config/companies'
import { writePdf } from '../../core/print/write-pdf'
import type { Ctx } from '../../platforms/context'
import { pagesOf, type Row } from './pdf-sheet'
import { said } from './words'

/** A paper with a company's head on each page, drawn while it is read. */
export function pdfOf(
  ctx: Ctx,
  company: Pick<CompanyConfig, 'name' | 'hotline' | 'brandColour' | 'logo'>,
  title: string,
  rows: readonly Row[],
): Readable {
  const now = ctx.clock.now()
  const { name: companyName, hotline, brandColour } = company
  const logo = logoAt(company.logo)?.png ?? null
  const foot = `${said.made} ${shanghaiDateTime(now)}`
  const out = new PassThrough()
  const pages = pagesOf({ companyName, hotline, brandColour, logo, title, foot }, rows)
  writePdf(out, { title: `${companyName} ${title}`, author: companyName, now }, pages).catch(
    (error: unknown) => out.destroy(error instanceof Error ? error : new Error(String(error))),
  )
  return out
}
