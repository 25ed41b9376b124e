import { Alert, Form, Modal, Select } from 'antd'
import { useState } from 'react'
import { Failed } from '../../kit/loaded'
import { useMay } from '../../kit/me-context'
import { useWords } from '../../words/language'
import { useColleagues, useTestSend } from './api/test-send'
import { noticeWords } from './words'

interface TestDialogProps {
  readonly noticeId: string
  readonly revision: number
  readonly onClose: () => void
}

/** The notice as residents would get it, sent to people at work only. */
export function TestDialog({ noticeId, revision, onClose }: TestDialogProps) {
  const words = useWords(noticeWords)
  const may = useMay()
  const colleagues = useColleagues(may('staff.list'))
  const send = useTestSend()
  const [staffIds, setStaffIds] = useState<string[]>([])
  const { data } = send
  return (
    <Modal
      open
      title={words.testTitle}
      okText={words.testSend}
      okButtonProps={{ loading: send.isPending }}
      onOk={() => send.mutate({ noticeId, revision, staffIds })}
      onCancel={onClose}
    >
      <p className="quiet">{words.testText}</p>
      {send.error ? <Failed error={send.error} /> : null}
      {data === undefined ? null : data.sentTo.length === 0 ? (
        <Alert type="warning" showIcon role="status" title={words.testNone} />
      ) : (
        <Alert type="success" showIcon role="status" title={words.testSent(data.sentTo.join('、'))} />
      )}
      {data !== undefined && data.sentTo.length > 0 && data.withoutWallet.length > 0 ? (
        <Alert type="info" showIcon title={words.testWithout(data.withoutWallet.join('、'))} />
      ) : null}
      {may('staff.list') ? (
        <Form layout="vertical" component="div">
          <Form.Item label={words.testWho} htmlFor="test-who">
            <Select
              id="test-who"
              mode="multiple"
              maxCount={10}
              value={staffIds}
              options={(colleagues.data?.items ?? []).map(({ id, name }) => ({ value: id, label: name }))}
              loading={colleagues.isFetching}
              showSearch={{ optionFilterProp: 'label' }}
              onChange={(ids: string[]) => setStaffIds(ids)}
            />
          </Form.Item>
        </Form>
      ) : null}
    </Modal>
  )
}
