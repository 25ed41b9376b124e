import { useSyncExternalStore } from 'react'
import { keep, kept } from '../../../kit/kept'

type Choice = 'sound' | 'desktop'

const listeners = new Set<() => void>()

/** Sound is on until somebody turns it off; notifications are off until somebody asks for them. */
export const isOn = (choice: Choice): boolean =>
  kept(`chat.${choice}`) === 'on' || (choice === 'sound' && kept('chat.sound') === null)

export function setOn(choice: Choice, on: boolean): void {
  keep(`chat.${choice}`, on ? 'on' : 'off')
  for (const listener of listeners) listener()
}

export const useChoice = (choice: Choice): boolean => useSyncExternalStore(subscribe, () => isOn(choice))

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

export type Permission = 'granted' | 'denied' | 'default' | 'missing'

export const permissionNow = (): Permission =>
  'Notification' in globalThis ? Notification.permission : 'missing'
