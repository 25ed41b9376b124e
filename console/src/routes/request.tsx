import { useParams, useSearchParams } from 'react-router'
import { DispatchDrawer } from '../features/dispatch/dispatch-drawer'
import { HelpPanel } from '../features/dispatch/help-panel'
import { ListPane } from '../features/inbox/list-pane'
import { LatestMessages } from '../features/messages/latest-messages'
import { ReplyPicker } from '../features/replies/reply-picker'
import { RequestPage } from '../features/request/request-page'

/** The list stays beside the request; parts of other features are put in here. */
export function Component() {
  const { requestId = '' } = useParams()
  const [params] = useSearchParams()
  return (
    <div className="desk">
      <ListPane current={requestId} />
      <RequestPage
        key={requestId}
        requestId={requestId}
        backTo={params.size === 0 ? '/inbox' : `/inbox?${params}`}
        renderDispatch={(request, onClose) => <DispatchDrawer request={request} onClose={onClose} />}
        renderTemplates={(request, onPick) => <ReplyPicker requestId={request.id} onPick={onPick} />}
        renderMessages={(householdId) => <LatestMessages householdId={householdId} />}
        renderHelp={(request) => <HelpPanel requestId={request.id} />}
      />
    </div>
  )
}
