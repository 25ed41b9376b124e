import { View } from '@tarojs/components'
import { useState } from 'react'
import { write } from '../../api/client'
import type { RequestView } from '../../api/types'
import { moment } from '../../format'
import { go } from '../../routes'
import { useNow } from '../../state/now'
import { Button, succeed } from '../../ui'
import { WordsSheet } from '../buttons'
import { said } from '../words'

/** Not solved after all: open it again while the company's window lasts; afterwards report it anew. */
export function Reopen({
  request,
  onChanged,
}: {
  request: RequestView
  onChanged(request: RequestView): void
}) {
  const nowMs = useNow()
  const [open, setOpen] = useState(false)
  const { reopenUntil, may } = request
  if (may.includes('reopen')) {
    return (
      <>
        <Button kind="soft" id="reopen" onClick={() => setOpen(true)}>
          {said.detail.reopen}
        </Button>
        {reopenUntil === null ? null : (
          <View className="t-3 center">{said.detail.reopenUntil(moment(reopenUntil, nowMs))}</View>
        )}
        {open ? (
          <WordsSheet
            title={said.detail.reopenTitle}
            holder={said.detail.reopenTitle}
            withFiles
            onClose={() => setOpen(false)}
            onSend={async (words, fileIds) => {
              onChanged((await write('requests.reopen', { requestId: request.id, words, fileIds })).request)
              succeed(said.detail.reopened)
            }}
          />
        ) : null}
      </>
    )
  }
  if (!may.includes('follow-up')) return null
  return (
    <Button
      kind="soft"
      id="follow-up"
      onClick={() => go('reportForm', { companyId: request.companyId, typeId: request.typeId })}
    >
      {said.detail.followUp}
    </Button>
  )
}
