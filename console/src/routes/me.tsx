import { MePage } from '../features/me/me-page'
import { ChangePassword } from '../features/sign-in/change-password'
import { SecondFactor } from '../features/sign-in/second-factor'

export function Component() {
  return <MePage password={<ChangePassword />} factor={<SecondFactor />} />
}
