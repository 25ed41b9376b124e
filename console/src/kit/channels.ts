import type { kitWords } from './words'

type Words = (typeof kitWords)['en']

/** A channel's name; one that this version of the console does not know keeps the server's. */
export function channelName(channel: string, words: Words): string {
  const names: Readonly<Record<string, string>> = words.channel
  return names[channel] ?? channel
}
