import { Navigate, useSearchParams } from 'react-router'
import { useRead } from '../api/query'
import { SignInPage } from '../features/sign-in/sign-in-page'
import { safeReturn } from '../features/sign-in/safe-return'

export function Component() {
  const me = useRead('staff.me', {})
  const [params] = useSearchParams()
  if (me.data) return <Navigate to={safeReturn(params.get('to'))} replace />
  return <SignInPage />
}
