import { AccountBookOutlined } from '@ant-design/icons'
import { Button, Tooltip } from 'antd'
import { yuan } from '../../../kit/format'
import type { Conversation } from '../../../kit/line/frames'
import { useWords } from '../../../words/language'
import { useContextOf } from '../api/reads'
import { billCard } from './bill-card'
import type { CardRef } from './use-sending'
import { composerWords } from './words'

interface BillButtonProps {
  readonly conversation: Conversation
  readonly onCard: (card: CardRef) => void
}

/** One click puts what is owed into the chat, to be paid there. */
export function BillButton({ conversation, onCard }: BillButtonProps) {
  const words = useWords(composerWords)
  const context = useContextOf(conversation.id)
  const household = context.data?.households[0]
  const card = household === undefined ? null : billCard(household)
  const why = ((): string => {
    if (household === undefined) return words.billNoHome
    if (household.owedFen === null) return words.billUnknown
    return household.owedFen === 0 ? words.billNone : `${household.addressMasked} ${yuan(household.owedFen)}`
  })()
  return (
    <Tooltip title={why}>
      <Button
        size="small"
        icon={<AccountBookOutlined aria-hidden />}
        disabled={card === null}
        onClick={() => card !== null && onCard(card)}
      >
        {words.bill}
      </Button>
    </Tooltip>
  )
}
