import { Checkbox } from 'antd'
import type { DeskRequest } from '../../api/types'
import { useMay } from '../../kit/me-context'
import { useSay } from '../../kit/use-done'
import { useWords } from '../../words/language'
import { useCheck } from './api/check-line'
import { keepRequest } from './api/keep-request'
import { requestWords } from './words'

export function Checklist({ request }: { readonly request: DeskRequest }) {
  const words = useWords(requestWords)
  const may = useMay()
  const { failed } = useSay()
  const check = useCheck()
  if (request.checklist.length === 0) return null
  return (
    <section>
      <h2>{words.checklist}</h2>
      {request.checklist.map(({ text, done }, index) => (
        <div key={text}>
          <Checkbox
            checked={done}
            disabled={!may('desk.check') || check.isPending}
            onChange={(event) =>
              check.mutate(
                { requestId: request.id, index, done: event.target.checked },
                { onSuccess: keepRequest, onError: failed },
              )
            }
          >
            {text}
          </Checkbox>
        </div>
      ))}
    </section>
  )
}
