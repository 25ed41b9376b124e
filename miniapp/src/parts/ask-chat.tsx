import { View } from '@tarojs/components'
import { go } from '../routes'
import { Icon } from '../ui'
import { focusable } from '../ui/focusable'
import { words } from '../words'

interface AskChatProps {
  companyId: string
  householdId?: string | null
  about: 'bill' | 'request' | 'notice'
  aboutId: string
}

/** Opens the chat with what is on the page, so that nobody has to explain what they mean. */
export const AskChat = ({ companyId, householdId = null, about, aboutId }: AskChatProps) => (
  <View
    className="ask-chat t-accent"
    id="ask-chat"
    role="button"
    hoverClass="row-pressed"
    {...focusable}
    onClick={() =>
      go('chat', { companyId, about, aboutId, ...(householdId === null ? {} : { householdId }) })
    }
  >
    <Icon name="chat" />
    {words.askChat}
  </View>
)
