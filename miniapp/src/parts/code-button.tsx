import { ApiError } from '../api/errors'
import { useCountdown } from '../state/countdown'
import { Button, usePress } from '../ui'
import { words } from '../words'

/** Sends an SMS code and counts down until it may be sent again. `send` answers with that wait in seconds. */
export function CodeButton({
  send,
  disabled,
}: {
  send: () => Promise<{ retryAfterSeconds: number }>
  disabled: boolean
}) {
  const { seconds, start } = useCountdown()
  const { busy, press } = usePress(async () => {
    try {
      start((await send()).retryAfterSeconds)
    } catch (error) {
      if (error instanceof ApiError && error.retryAfterSeconds !== undefined) start(error.retryAfterSeconds)
      throw error
    }
  })
  return (
    <Button small kind="soft" id="send-code" busy={busy} disabled={disabled || seconds > 0} onClick={press}>
      {seconds > 0 ? words.bind.resend(seconds) : words.bind.sendCode}
    </Button>
  )
}
