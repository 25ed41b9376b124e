import { View } from '@tarojs/components'
import { useEffect, useState } from 'react'
import { callHotline } from '../../parts/hotline'
import { due } from '../../format'
import { speak } from '../../platform/speak'
import { go } from '../../routes'
import { useNow } from '../../state/now'
import { setElder, setLargest, useSettings } from '../../state/settings'
import { creditNote, type OwedSummary } from '../../status'
import { Amount, Button, Card, Icon, type IconName } from '../../ui'
import { words } from '../../words'
import { openCashier, totalNote } from './hero'
import { spokenOwed } from './spoken'
import { said } from './words'
import { written } from '../../format-words'

/** "暖气费，11月30日前" for one bill, nothing fancy for several. */
function feeLine(summary: OwedSummary, nowMs: number): { button: string; line: string } {
  const owing = summary.groups.filter((group) => (group.owedFen ?? 0) > 0)
  const names = [...new Set(owing.map((group) => words.kindFee[group.kind]))]
  const days = owing.flatMap((group) =>
    group.bills.flatMap((bill) => (bill.owedFen > 0 && bill.dueOn ? [bill.dueOn] : [])),
  )
  const first = days.sort()[0]
  const only = names.length === 1 ? names[0] : undefined
  return {
    button: only ? words.home.elderPay(only) : words.home.elderPayAll,
    line: written.clauses(
      [written.listed(names), first ? due(first, nowMs).text : ''].filter((part) => part !== ''),
    ),
  }
}

/** One sum, one sentence, one button. */
export function ElderCard({ summary }: { summary: OwedSummary }) {
  const nowMs = useNow()
  const fee = feeLine(summary, nowMs)
  const credit = creditNote(summary)
  return (
    <Card className="stack">
      {summary.totalFen === null ? (
        <View className="t-head">{words.home.allMissing}</View>
      ) : (
        <Amount fen={summary.totalFen} id="owed-total" />
      )}
      <View>{summary.totalFen === 0 ? words.home.nothingOwed : fee.line}</View>
      <View className="t-3">{totalNote(summary, nowMs)}</View>
      {credit === null ? null : (
        <View className="t-2" id="credit">
          {credit}
        </View>
      )}
      {speak.available ? <ReadOut text={spokenOwed(summary, nowMs)} /> : null}
      {(summary.totalFen ?? 0) > 0 ? (
        <Button id="go-pay" onClick={() => openCashier(summary)}>
          {fee.button}
        </Button>
      ) : null}
    </Card>
  )
}

/** Reads the sum aloud; a second tap ends it. */
function ReadOut({ text }: { text: string }) {
  const [state, setState] = useState<'quiet' | 'reading' | 'failed'>('quiet')
  useEffect(() => () => speak.stop(), [])
  const press = () => {
    if (state === 'reading') return speak.stop()
    setState('reading')
    void speak.say(text).then((read) => setState(read ? 'quiet' : 'failed'))
  }
  return (
    <>
      <Button kind="soft" id="read-out" onClick={press}>
        {state === 'reading' ? said.readStop : said.read}
      </Button>
      {state === 'failed' ? <View className="t-2">{said.readFailed}</View> : null}
    </>
  )
}

interface BigTileProps {
  icon: IconName
  title: string
  id?: string
  onClick(): void
}
const BigTile = ({ icon, title, id, onClick }: BigTileProps) => (
  <View className="big-tile" {...(id ? { id } : {})} role="button" hoverClass="row-pressed" onClick={onClick}>
    <Icon name={icon} />
    <View>{title}</View>
  </View>
)

/** Letters once more larger, and back: beside the tiles, since who needs it does not look for it in settings. */
function LettersButton() {
  const largest = useSettings((settings) => settings.largest)
  return (
    <Button kind="plain" id="letters-largest" onClick={() => setLargest(!largest)}>
      {largest ? words.home.elderSmaller : words.home.elderLarger}
    </Button>
  )
}

export const ElderTiles = ({ unread, chatUnread }: { unread: number; chatUnread: number }) => (
  <>
    <View className="big-tiles">
      <BigTile id="elder-report" icon="repair" title={words.home.elderReport} onClick={() => go('report')} />
      <BigTile icon="clock" title={words.home.elderRequests} onClick={() => go('requests')} />
      <BigTile icon="phone" title={words.home.elderCall} onClick={callHotline} />
      <BigTile
        id="elder-notices"
        icon="notice"
        title={words.home.elderNotices}
        onClick={() => go('notices')}
      />
      <BigTile
        id="elder-chat"
        icon="chat"
        title={chatUnread > 0 ? words.home.elderChatUnread(chatUnread) : words.home.elderChat}
        onClick={() => go('chat')}
      />
      <BigTile
        icon="message"
        title={unread > 0 ? words.home.elderUnread(unread) : words.home.elderMessages}
        onClick={() => go('messages')}
      />
    </View>
    <LettersButton />
    <Button kind="plain" id="leave-elder" onClick={() => void setElder(false)}>
      {words.home.elderBack}
    </Button>
  </>
)
