import { View } from '@tarojs/components'
import { useState } from 'react'
import { write } from '../../api/client'
import { CodeField } from '../../parts/code-field'
import { Button, Card, confirm, Line, Sheet, succeed, usePress } from '../../ui'
import { words } from '../../words'
import { looksLikeEmail } from './looks-like-email'
import { said } from './words'

interface EmailProps {
  /** Masked; null while there is none. */
  email: string | null
  /** Where the portal sends no mail, an address that is there can only be taken away. */
  mayChange: boolean
  onChanged(): void
}

/** An address for those whose wallet cannot be reached; it counts once its code was right. */
export function Email({ email, mayChange, onChanged }: EmailProps) {
  const [open, setOpen] = useState(false)
  const remove = usePress(async () => {
    if (!(await confirm(said.email.removeTitle, said.email.removeText, said.email.remove))) return
    await write('messages.confirmEmail', { email: null, code: null })
    succeed(said.email.removed)
    onChanged()
  })
  return (
    <Card className="stack">
      <View>
        <View className="t-title">{said.email.title}</View>
        <View className={email === null ? 't-3' : 'num'} id="my-email">
          {email ?? said.email.none}
        </View>
        <View className="t-3">{said.email.text}</View>
      </View>
      <View className="between">
        {email === null ? null : (
          <View className="grow">
            <Button kind="plain" id="remove-email" busy={remove.busy} onClick={remove.press}>
              {said.email.remove}
            </Button>
          </View>
        )}
        {mayChange ? (
          <View className="grow">
            <Button kind="soft" id="edit-email" onClick={() => setOpen(true)}>
              {email === null ? said.email.add : said.email.change}
            </Button>
          </View>
        ) : null}
      </View>
      {open ? (
        <EmailSheet
          onClose={() => setOpen(false)}
          onSaved={() => {
            setOpen(false)
            onChanged()
          }}
        />
      ) : null}
    </Card>
  )
}

function EmailSheet({ onClose, onSaved }: { onClose(): void; onSaved(): void }) {
  const [text, setText] = useState('')
  const [code, setCode] = useState('')
  const [shown, setShown] = useState(false)
  const email = text.trim()
  const emailOk = looksLikeEmail(email)
  const codeOk = /^\d{6}$/.test(code)
  const { busy, press } = usePress(async () => {
    setShown(true)
    if (!emailOk || !codeOk) return
    await write('messages.confirmEmail', { email, code })
    succeed(said.email.saved)
    onSaved()
  })
  return (
    <Sheet title={said.email.title} onClose={onClose}>
      <View className="stack">
        <View>
          <Line
            id="email"
            label={said.email.label}
            value={text}
            onInput={setText}
            placeholder={said.email.holder}
            maxLength={120}
            error={shown && !emailOk ? said.email.wrong : null}
          />
          <CodeField
            id="email-code"
            value={code}
            onInput={setCode}
            error={shown && emailOk && !codeOk ? words.bind.wrongCode : null}
            disabled={!emailOk}
            send={() => write('messages.sendEmailCode', { email })}
          />
        </View>
        <Button id="save-email" busy={busy} onClick={press}>
          {said.email.save}
        </Button>
        <Button kind="plain" onClick={onClose}>
          {words.common.cancel}
        </Button>
      </View>
    </Sheet>
  )
}
