import { create } from 'zustand'
import { read, write } from '../api/client'
import type { Portal } from '../api/types'
import { load, save } from '../platform/storage'

/** What the portal is, and what the resident said to its privacy text. The only things asked before consent. */
interface Consent {
  version: string
  granted: boolean
  /** The server has it too. Before a login there is no one to record it for. */
  recorded: boolean
}
interface PortalState {
  portal: Portal | null
  consent: Consent | null
}

const portalKey = 'cache.portal'
const consentKey = 'consent'
export const clientVersion = '0.1.0'

export const usePortal = create<PortalState>(() => ({
  portal: load<Portal>(portalKey),
  consent: load<Consent>(consentKey),
}))

const freshMs = 60_000
let asked: { atMs: number; answer: Promise<Portal> } | null = null

/**
 * One question a minute serves all pages. Rejects only when the portal was never seen; otherwise the last known
 * description serves.
 */
export function loadPortal(): Promise<Portal> {
  const nowMs = Date.now()
  if (asked === null || nowMs - asked.atMs > freshMs) asked = { atMs: nowMs, answer: askPortal() }
  return asked.answer
}

async function askPortal(): Promise<Portal> {
  try {
    const portal = await read('portal.describe', {})
    save(portalKey, portal)
    usePortal.setState({ portal })
    return portal
  } catch (error) {
    asked = null
    const { portal } = usePortal.getState()
    if (portal) return portal
    throw error
  }
}

/** A new version of the text asks again. */
export function hasConsented(
  portal: Portal,
  consent: Consent | null = usePortal.getState().consent,
): boolean {
  return consent !== null && consent.granted && consent.version === portal.privacy.version
}

/** Keeps the answer here; {@link recordConsent} tells the server once somebody is signed in. */
export function answerConsent(portal: Portal, granted: boolean): void {
  keep({ version: portal.privacy.version, granted, recorded: false })
}

function keep(consent: Consent): void {
  save(consentKey, consent)
  usePortal.setState({ consent })
}

let recording: Promise<void> | null = null

/** Tells the server what was answered, once. A failure is made up for at the next sign-in or start. */
export function recordConsent(): Promise<void> {
  recording ??= recordOnce().finally(() => {
    recording = null
  })
  return recording
}

async function recordOnce(): Promise<void> {
  const { portal, consent } = usePortal.getState()
  if (!portal || !consent || consent.recorded || consent.version !== portal.privacy.version) return
  try {
    await tellServer(portal, consent.granted)
    keep({ ...consent, recorded: true })
  } catch {
    // Kept as not recorded, so the next start tries again.
  }
}

/** A withdrawal must reach the server before the session ends, so here a failure is the caller's to show. */
export async function withdrawConsent(portal: Portal, signedIn: boolean): Promise<void> {
  if (signedIn) await tellServer(portal, false)
  keep({ version: portal.privacy.version, granted: false, recorded: signedIn })
}

const tellServer = (portal: Portal, granted: boolean) =>
  write('consents.record', {
    purpose: 'privacy-policy',
    version: portal.privacy.version,
    textSha256: portal.privacy.textSha256,
    granted,
    clientVersion,
  })
