import { Button, Typography } from 'antd'
import { clockOf } from '../../kit/format'
import { useMe } from '../../kit/me-context'
import { useSay } from '../../kit/use-done'
import { useWords } from '../../words/language'
import { useMakeBindCode } from './api/make-bind-code'
import { meWords } from './words'

/** A code for my own wallet, so that a test or a reminder reaches me there. */
export function PhoneCard() {
  const words = useWords(meWords)
  const me = useMe()
  const { failed } = useSay()
  const make = useMakeBindCode()
  return (
    <section className="card">
      <h2>{words.phone}</h2>
      <p className="quiet">{words.phoneText}</p>
      {make.data ? (
        <div className="once" role="status">
          <Typography.Text code copyable className="big">
            {make.data.code}
          </Typography.Text>
          <p className="quiet">{words.codeHint(clockOf(make.data.expiresAt))}</p>
        </div>
      ) : null}
      <Button loading={make.isPending} onClick={() => make.mutate({ staffId: me.id }, { onError: failed })}>
        {words.makeCode}
      </Button>
    </section>
  )
}
