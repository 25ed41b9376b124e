import { MePage } from '../features/me/me-page'
import { ChangePassword } from '../features/sign-in/change-password'

export function Component() {
  return <MePage password={<ChangePassword />} />
}
