import { Navigate } from 'react-router'
import { useRead } from '../api/query'
import { SetUpPage } from '../features/sign-in/set-up-page'

export function Component() {
  const me = useRead('staff.me', {})
  if (me.data) return <Navigate to="/" replace />
  return <SetUpPage />
}
