import { Button, Result, Typography } from 'antd'
import { Link } from 'react-router'
import type { Output } from '../../../api/types'
import { useWords } from '../../../words/language'
import { createWords } from './words'

/** The number, what to promise on the telephone, and the link for somebody without a wallet. */
export function Created({
  answer,
  onAgain,
}: {
  readonly answer: Output<'desk.create'>
  readonly onAgain: () => void
}) {
  const words = useWords(createWords)
  const { request, followUrl } = answer
  const promises = request.clocks.map(({ promise }) => promise)
  return (
    <Result
      status="success"
      title={words.doneTitle(request.number)}
      subTitle={
        <>
          {words.donePromise}：{promises.length === 0 ? words.priceless : promises.join('；')}
        </>
      }
      extra={[
        <Link key="open" to={`/requests/${request.id}`}>
          <Button type="primary">{words.open}</Button>
        </Link>,
        <Button key="again" onClick={onAgain}>
          {words.again}
        </Button>,
      ]}
    >
      <p>
        {words.doneLink}：
        <Typography.Text code copyable>
          {followUrl}
        </Typography.Text>
      </p>
      <p className="quiet">{words.doneLinkHint}</p>
    </Result>
  )
}
