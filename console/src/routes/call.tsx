import { CallPage } from '../features/calls/call-page'
import { ContextPane } from '../features/chat/context/context-pane'
import { contextWords } from '../features/chat/context/words'
import { NewRequest } from '../features/request/create/new-request-page'
import { useCompanies } from '../kit/companies'
import { useMay, useMe } from '../kit/me-context'
import { useWords } from '../words/language'

/** Who may be calling stands beside the form for callers. */
export function Component() {
  const words = useWords(contextWords)
  const may = useMay()
  const companies = useCompanies(useMe())
  return (
    <CallPage
      renderContext={(context) => (
        <ContextPane context={context} nobody={words.noCaller} onCard={null} onAbout={null} />
      )}
      renderRequest={({ companyId }, household, onCreated) =>
        may('desk.create') ? (
          <NewRequest
            companyId={companyId}
            companies={companies.filter(({ id }) => id === companyId)}
            onCompany={() => undefined}
            first={household}
            onCreated={onCreated}
          />
        ) : null
      }
    />
  )
}
