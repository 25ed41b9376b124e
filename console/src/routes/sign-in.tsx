import { Navigate, useSearchParams } from 'react-router'
import { useRead } from '../api/query'
import { mayOpen } from '../app/menu'
import { SignInPage } from '../features/sign-in/sign-in-page'
import { safeReturn } from '../features/sign-in/safe-return'

export function Component() {
  const me = useRead('staff.me', {})
  const [params] = useSearchParams()
  if (me.data) {
    // Somebody else may have signed in than the one who was there before.
    const to = safeReturn(params.get('to'))
    const path = to.split('?')[0] ?? '/'
    return <Navigate to={mayOpen(path, me.data.me.may) ? to : '/'} replace />
  }
  return <SignInPage />
}
