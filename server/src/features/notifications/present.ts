import { z } from 'zod'
import type { MessageRow } from './entities'
import { barePage } from './page'
import type { MessageView } from './schema'
import { templateNamed } from './templates'

const factsShape = z.record(z.string(), z.string())

/** A message as the inbox shows it: labels from the template, values from the row. */
export function presentMessage(row: MessageRow): MessageView {
  const facts = factsShape.parse(JSON.parse(row.facts))
  return {
    id: row.id,
    kind: row.template,
    title: row.title,
    fields: templateNamed(row.template)
      .says.filter(({ from }) => facts[from] !== undefined)
      .map(({ label, from }) => ({ label, value: facts[from] ?? '' })),
    page: row.page === null ? null : `/${barePage(row.page)}`,
    createdAt: row.createdAt,
    readAt: row.readAt,
  }
}
