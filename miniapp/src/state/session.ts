import { create } from 'zustand'
import { newClientId } from '../api/act-ids'
import { connectSession, read, write } from '../api/client'
import { ApiError, localError } from '../api/errors'
import type { Me, Session } from '../api/types'
import { login } from '../platform/login'
import { forget, forgetCaches, load, save } from '../platform/storage'
import { hasConsented, loadPortal, recordConsent, usePortal } from './portal'

/**
 * - `unknown`: not looked at yet
 * - `out`: nobody is signed in
 * - `entering`: a sign-in is under way
 * - `in`: there is a token; `me` may still be on its way
 */
export type SessionStage = 'unknown' | 'out' | 'entering' | 'in'

interface SessionState {
  stage: SessionStage
  token: string | null
  me: Me | null
  /** A browser that came by a household's code: a session that knows nobody and ends with the visit. */
  guest: boolean
}

export const useSession = create<SessionState>(() => ({
  stage: 'unknown',
  token: null,
  me: null,
  guest: false,
}))

/** Somebody is signed in, and not only visiting. */
export const isSignedIn = ({ stage, guest }: Pick<SessionState, 'stage' | 'guest'>): boolean =>
  stage === 'in' && !guest

const tokenKey = 'token'
const residentKey = 'resident'
/** The code that was opened last (code-visit.ts). */
export const openedCodeKey = 'code-opened'
/** Until when a guest's session lasts; nothing where somebody is signed in. */
const guestKey = 'guest-until'
/** Whether the resident of `residentKey` was only a guest; it outlives the guest's session, as that key does. */
const wasGuestKey = 'resident-was-guest'

export function adopt(session: Session): void {
  // What is kept on this phone belongs to whoever was signed in last; the same person coming back keeps it.
  const before = load<string>(residentKey)
  // Where nobody was yet, or only a guest, the code was scanned by whoever signs in now, such as to bind its household.
  const sameHand = before === null || load(wasGuestKey) === true
  if (before !== session.me.id) forgetPersonal(sameHand ? [openedCodeKey] : [])
  save(residentKey, session.me.id)
  save(tokenKey, session.token)
  const guest = session.me.channel === 'guest'
  save(wasGuestKey, guest)
  if (guest) save(guestKey, session.expiresAt)
  else forget(guestKey)
  useSession.setState({ stage: 'in', token: session.token, me: session.me, guest })
}

function forgetPersonal(except: readonly string[] = []): void {
  forgetCaches()
  const personal = [
    residentKey,
    wasGuestKey,
    'pay-acts',
    'bind-draft',
    'bind-act',
    'home',
    'code-visit',
    openedCodeKey,
    'waiting-acts',
  ]
  for (const name of personal) if (!except.includes(name)) forget(name)
}

/** The server no longer knows the token; what was begun under it can go on after the next sign-in. */
function dropToken(): void {
  forget(tokenKey)
  forget(guestKey)
  useSession.setState({ stage: 'out', token: null, me: null, guest: false })
}

/** A guest whose time is over is out without being told by the server first. */
function dropOverdueGuest(): void {
  const until = load<number>(guestKey)
  if (until !== null && until <= Date.now()) dropToken()
}

/** Forgets the session and everything personal that was kept on this phone. */
export function forgetSession(): void {
  dropToken()
  forgetPersonal()
}

/**
 * Where no wallet can vouch and nothing is kept, nobody is signed in: known at once, the first page is drawn once and
 * not a second time to say it.
 */
export function beginSession(): void {
  if (!login.silent && load<string>(tokenKey) === null) useSession.setState({ stage: 'out' })
}

/** One sign-in at a time: pages that open together share it. */
let entering: Promise<boolean> | null = null

/**
 * Signs in as far as that needs nothing from the resident. Resolves true when there is a session, false when the
 * resident has to do something (consent, SMS code) or the browser is leaving for the wallet's page.
 */
export function enter(): Promise<boolean> {
  entering ??= enterOnce().finally(() => {
    entering = null
  })
  return entering
}

async function enterOnce(): Promise<boolean> {
  const ticket = login.takeTicket()
  if (ticket !== null) return redeem(ticket)
  dropOverdueGuest()
  const kept = load<string>(tokenKey)
  if (kept !== null) {
    useSession.setState({ stage: 'in', token: kept, guest: load<number>(guestKey) !== null })
    return true
  }
  const portal = await loadPortal()
  if (!hasConsented(portal) || !login.silent || leftRecently() || load(stayOutKey) === true) {
    useSession.setState({ stage: 'out' })
    return false
  }
  return proveAndLogIn()
}

const leftKey = 'left-to-sign-in'
const loopGuardMs = 60_000

/** A browser that came back from the wallet's page without a ticket must not be sent there again at once. */
function leftRecently(): boolean {
  const leftAt = load<number>(leftKey)
  return leftAt !== null && Date.now() - leftAt < loopGuardMs
}

const stayOutKey = 'stay-out'

/** The resident signed out by hand: nobody signs them in again behind their back. */
export function signOutHere(): void {
  forgetSession()
  save(stayOutKey, true)
}

/** The resident has just asked to be signed in, so neither guard applies. */
export function allowSignIn(): void {
  forget(leftKey)
  forget(stayOutKey)
}

async function redeem(ticket: string): Promise<boolean> {
  useSession.setState({ stage: 'entering' })
  try {
    adopt(await write('sessions.redeem', { ticket }))
    void recordConsent()
    return true
  } catch (error) {
    useSession.setState({ stage: 'out' })
    throw error
  }
}

/** Shows the wallet who we are. In a plain browser there is nothing to show, so the caller opens the login page. */
export async function proveAndLogIn(): Promise<boolean> {
  useSession.setState({ stage: 'entering' })
  try {
    const portal = usePortal.getState().portal ?? (await loadPortal())
    const proof = await login.prove(portal.signIn)
    if (proof.kind === 'code') {
      adopt(await write('sessions.login', { channel: proof.channel, code: proof.code }))
      void recordConsent()
      return true
    }
    useSession.setState({ stage: 'out' })
    if (proof.kind === 'leaving') save(leftKey, Date.now())
    return false
  } catch (error) {
    useSession.setState({ stage: 'out' })
    throw error instanceof ApiError ? error : localError('sign_in_needed')
  }
}

/** Signs in with a phone number and its SMS code. */
export async function logInByCode(phone: string, code: string): Promise<void> {
  adopt(await write('sessions.loginByCode', { phone, code }))
  void recordConsent()
}

/** Brings `me` up to date; the token alone says nothing about phone or channel. */
export async function loadMe(): Promise<Me> {
  const me = await read('residents.me', {})
  useSession.setState({ me })
  return me
}

export const keepMe = (me: Me): void => useSession.setState({ me })

/** Made at the first write and kept, also over signing out: it names the installation, not the resident. */
function deviceName(): string {
  const kept = load<string>('device')
  if (kept !== null) return kept
  const made = newClientId()
  save('device', made)
  return made
}

connectSession({
  token: () => useSession.getState().token,
  device: deviceName,
  renew: async () => {
    dropToken()
    // A browser would leave the page in the middle of something; only mini-programs renew in silence.
    if (!login.environment.endsWith('-mini')) return false
    try {
      return await proveAndLogIn()
    } catch {
      return false
    }
  },
})
