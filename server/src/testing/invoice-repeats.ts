import { buildInvoice, buildPaid } from './build-invoice'
import { buildHousehold } from './factories'
import type { TestApp } from './harness'

interface Case {
  readonly input: Record<string, unknown>
  readonly other: Record<string, unknown>
}

const person = (name: string) => ({ kind: 'person', name })

/** A resident's writes about invoices, each with another content under the same id. */
export function invoiceRepeats(
  app: () => TestApp,
): Readonly<Record<string, (who: { readonly id: string }) => Promise<Case>>> {
  const build = (residentId: string) =>
    buildInvoice(app(), { companyId: 'heating', residentId, state: 'issued' })
  return {
    'invoices.request': async ({ id }) => {
      const household = await buildHousehold(app(), { members: [id] })
      const item = await buildPaid(app(), { residentId: id, household })
      const asked = { items: [item], shownTotalFen: 363408 }
      return {
        input: { ...asked, title: person('张玉兰') },
        other: { ...asked, title: person('别的人') },
      }
    },
    'invoices.mail': async ({ id }) => {
      const { invoiceId } = await build(id)
      return {
        input: { invoiceId, email: 'a@example.com' },
        other: { invoiceId, email: 'b@example.com' },
      }
    },
    'invoices.saveTitle': async () => ({
      input: { title: person('张玉兰') },
      other: { title: person('别的人') },
    }),
    'invoices.removeTitle': async ({ id }) => ({
      input: { titleId: (await build(id)).titleId },
      other: { titleId: (await build(id)).titleId },
    }),
  }
}
