import { ExportButton } from '../features/exports/export-button'
import { InboxPage } from '../features/inbox/inbox-page'

export function Component() {
  return <InboxPage renderExport={(query, columns) => <ExportButton query={query} columns={columns} />} />
}
