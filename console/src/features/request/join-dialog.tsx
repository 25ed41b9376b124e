import { Alert, Form, Input, Modal, Select } from 'antd'
import { useState } from 'react'
import type { DeskRequest } from '../../api/types'
import { timeOf } from '../../kit/format'
import { useSay } from '../../kit/use-done'
import { kitWords } from '../../kit/words'
import { useWords } from '../../words/language'
import { useFoundRequests } from './api/find-requests'
import { keepRequest } from './api/keep-request'
import { useLinkRequests } from './api/link-requests'
import { useMerge } from './api/merge-requests'
import { isFindable } from './findable'
import { useConflict } from './use-conflict'
import { requestWords } from './words'

interface JoinDialogProps {
  readonly request: DeskRequest
  readonly kind: 'merge' | 'link'
  readonly onClose: () => void
}

/** Finds other requests and joins them to this one: as its children, or only beside it. */
export function JoinDialog({ request, kind, onClose }: JoinDialogProps) {
  const words = useWords(requestWords)
  const kit = useWords(kitWords)
  const { done } = useSay()
  const merge = useMerge()
  const link = useLinkRequests()
  const conflict = useConflict(request.id)
  const [ids, setIds] = useState<string[]>([])
  const [reason, setReason] = useState('')
  const ready = ids.length > 0 && (kind === 'link' || reason.trim().length >= 2)
  const after = {
    onError: conflict.onError,
    onSuccess: (answer: { request: DeskRequest }) => {
      keepRequest(answer)
      done(words.moved(words[kind]))
      onClose()
    },
  }
  const submit = (): void => {
    conflict.reset()
    const [otherId] = ids
    if (kind === 'merge') merge.mutate({ parentId: request.id, childIds: ids, reason: reason.trim() }, after)
    else if (otherId !== undefined) link.mutate({ requestId: request.id, otherId, linked: true }, after)
  }
  return (
    <Modal
      open
      title={kind === 'merge' ? words.mergeTitle : words.linkTitle}
      okText={kind === 'merge' ? `${words.merge} ${ids.length}` : words.link}
      okButtonProps={{ disabled: !ready, loading: merge.isPending || link.isPending }}
      onOk={submit}
      onCancel={onClose}
    >
      {kind === 'merge' && ids.length > 0 ? <p>{words.mergeText(ids.length)}</p> : null}
      {conflict.text === null ? null : <Alert type="warning" showIcon title={conflict.text} role="alert" />}
      <Form layout="vertical">
        <Form.Item label={words.mergePick} htmlFor="join-pick">
          <RequestPicker request={request} many={kind === 'merge'} ids={ids} onChange={setIds} />
        </Form.Item>
        {kind === 'merge' ? (
          <Form.Item label={kit.reason} htmlFor="join-reason">
            <Input
              id="join-reason"
              maxLength={100}
              value={reason}
              onChange={(event) => setReason(event.target.value)}
            />
          </Form.Item>
        ) : null}
      </Form>
    </Modal>
  )
}

interface RequestPickerProps {
  readonly request: DeskRequest
  readonly many: boolean
  readonly ids: string[]
  readonly onChange: (ids: string[]) => void
}

function RequestPicker({ request, many, ids, onChange }: RequestPickerProps) {
  const words = useWords(requestWords)
  const kit = useWords(kitWords)
  const [q, setQ] = useState('')
  const found = useFoundRequests(request, q)
  const options = (found.data?.items ?? [])
    .filter(({ id }) => id !== request.id)
    .map((row) => ({
      value: row.id,
      label: `${row.number} · ${row.typeName} · ${kit.state[row.state]} · ${row.areaName ?? kit.unknown} · ${timeOf(row.createdAt)}`,
    }))
  return (
    <Select
      id="join-pick"
      mode="multiple"
      {...(many ? {} : { maxCount: 1 })}
      showSearch={{
        optionFilterProp: 'label',
        onSearch: setQ,
        ...(isFindable(q) && { filterOption: false as const }),
      }}
      placeholder={words.findRequest}
      value={ids}
      options={options}
      loading={found.isFetching}
      onChange={(chosen: string[]) => onChange(chosen)}
    />
  )
}
