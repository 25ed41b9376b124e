import { ChatPage } from '../features/chat/chat-page'
import { RequestDialog } from '../features/chat/dialogs/request-dialog'
import { DangerGate } from '../features/request/create/danger-gate'
import { Questions } from '../features/request/create/questions'
import { TypeChoice } from '../features/request/create/type-choice'

const parts = { DangerGate, Questions, TypeChoice }

/** A request that is made out of a chat has the parts of the form for callers. */
export function Component() {
  return (
    <ChatPage
      renderRequest={(data, onClose) => <RequestDialog data={data} parts={parts} onClose={onClose} />}
    />
  )
}
