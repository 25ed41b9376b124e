import { MoreOutlined } from '@ant-design/icons'
import { Button, Dropdown, Space } from 'antd'
import { useState } from 'react'
import type { Account } from '../../api/types'
import { useMay, useMe } from '../../kit/me-context'
import { kitWords } from '../../kit/words'
import { useWords } from '../../words/language'
import { BindCodeDialog } from './bind-code-dialog'
import { ResetDialog } from './reset-dialog'
import { StateDialog } from './state-dialog'
import { peopleWords } from './words'

interface AccountActionsProps {
  readonly account: Account
  readonly onEdit: ((account: Account) => void) | null
}

/** Nobody disables or resets themselves: that would lock the last door from inside. */
export function AccountActions({ account, onEdit }: AccountActionsProps) {
  const words = useWords(peopleWords)
  const kit = useWords(kitWords)
  const may = useMay()
  const me = useMe()
  const [open, setOpen] = useState<'state' | 'reset' | 'bind' | null>(null)
  const other = account.id !== me.id
  const items = [
    ...(may('staff.makeBindCode') && account.roles.includes('worker')
      ? [{ key: 'bind', label: words.bind, onClick: () => setOpen('bind') }]
      : []),
    ...(other && may('staff.resetPassword')
      ? [{ key: 'reset', label: words.reset, onClick: () => setOpen('reset') }]
      : []),
    ...(other && may('staff.setState')
      ? [
          {
            key: 'state',
            danger: account.state === 'active',
            label: account.state === 'active' ? words.disable : words.enable,
            onClick: () => setOpen('state'),
          },
        ]
      : []),
  ]
  const close = (): void => setOpen(null)
  return (
    <Space>
      {onEdit === null ? null : (
        <Button size="small" aria-label={`${kit.edit} ${account.name}`} onClick={() => onEdit(account)}>
          {kit.edit}
        </Button>
      )}
      {items.length === 0 ? null : (
        <Dropdown menu={{ items }} trigger={['click']} placement="bottomRight">
          <Button size="small" icon={<MoreOutlined aria-hidden />} aria-label={words.more(account.name)} />
        </Dropdown>
      )}
      {open === 'state' ? <StateDialog account={account} onClose={close} /> : null}
      {open === 'reset' ? <ResetDialog account={account} onClose={close} /> : null}
      {open === 'bind' ? <BindCodeDialog account={account} onClose={close} /> : null}
    </Space>
  )
}
