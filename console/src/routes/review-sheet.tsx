import { Transcript } from '../features/chat/talk/transcript'
import { SheetPage } from '../features/review/sheet-page'

/** What is judged is shown as its agent saw it. */
export function Component() {
  return (
    <SheetPage
      renderMessages={({ messages, conversation }) => (
        <Transcript messages={messages} conversation={conversation} />
      )}
    />
  )
}
