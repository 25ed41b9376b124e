import { write } from '../../api/client'
import { isOffline } from '../../api/errors'
import { login } from '../../platform/login'
import { isSignedIn, signOutHere, useSession } from '../../state/session'
import { Button, confirm, usePress } from '../../ui'
import { words } from '../../words'

/** Leaves this phone, or all of them. Mini-programs sign in by themselves, so there only "all devices" makes sense. */
export function SignOut() {
  const signedIn = useSession(isSignedIn)
  const here = usePress(async () => {
    try {
      await write('sessions.end', {})
    } catch (error) {
      // Offline the phone forgets its token; the session then ends by itself when it has been idle.
      if (!isOffline(error)) throw error
    }
    signOutHere()
  })
  const everywhere = usePress(async () => {
    if (!(await confirm(words.me.signOutAll, words.me.signOutAllText, words.me.signOutYes))) return
    await write('sessions.endAll', {})
    signOutHere()
  })
  if (!signedIn) return null
  return (
    <>
      {login.environment.endsWith('-mini') ? null : (
        <Button kind="plain" id="sign-out" busy={here.busy} onClick={here.press}>
          {words.me.signOut}
        </Button>
      )}
      <Button kind="plain" id="sign-out-all" busy={everywhere.busy} onClick={everywhere.press}>
        {words.me.signOutAll}
      </Button>
    </>
  )
}
