import type { ReadableMessage } from './inbox-message'
import { barePage } from './page'
import type { MessageView } from './schema'
import { knownTemplate } from './templates'

/** A message as the inbox shows it: labels from the template, values from the row and what it shares with others. */
export function presentMessage({ row, title, page, facts }: ReadableMessage): MessageView {
  return {
    id: row.id,
    kind: row.template,
    title,
    fields: (knownTemplate(row.template)?.says ?? [])
      .filter(({ from }) => (facts[from] ?? '') !== '')
      .map(({ label, from }) => ({ label, value: facts[from] ?? '' })),
    page: page === null ? null : `/${barePage(page)}`,
    createdAt: Number(row.createdAt),
    readAt: row.readAt === null ? null : Number(row.readAt),
  }
}
