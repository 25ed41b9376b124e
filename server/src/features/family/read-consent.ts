import { CONSENT } from './words'

/** What whoever is acted for agrees to, to be read to them before they tell the code. */
export function readConsent() {
  return CONSENT
}
