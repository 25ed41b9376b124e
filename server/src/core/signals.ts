import { EventEmitter } from 'node:events'
import type { Redis } from 'ioredis'
import type { Logger } from './log'

/**
 * Says to the portal's other processes that something is to be looked at. It may be lost, and comes without order:
 * whoever hears it reads the rows, and reads them now and then without being told, too.
 */
export interface Signals {
  /** To every other process; never to this one. Never throws and waits for nothing. */
  tell(topic: string, text: string): void
  /** Answers how to stop. */
  hear(topic: string, listener: (text: string) => void): () => void
}

/** One process alone, or no Redis: nobody is told, and what is polled anyway is the only way. */
export const noSignals: Signals = { tell: () => undefined, hear: () => () => undefined }

/** Over Redis pub/sub; a connection that listens can do nothing else, so it is one of its own. */
export function redisSignals(
  redis: Redis,
  options: { readonly prefix: string; readonly self: string; readonly log: Logger },
): { readonly signals: Signals; close(): void } {
  const { prefix, self, log } = options
  const heard = new EventEmitter().setMaxListeners(0)
  const subscriber = redis.duplicate({ enableOfflineQueue: true, maxRetriesPerRequest: null })
  subscriber.on('error', (error) => log.warn({ err: error }, 'signals.unreachable'))
  subscriber.on('message', (channel: string, message: string) => {
    const cut = message.indexOf('\n')
    if (message.slice(0, cut) !== self) heard.emit(channel, message.slice(cut + 1))
  })
  const channelOf = (topic: string): string => `${prefix}signal:${topic}`
  const signals: Signals = {
    tell: (topic, text) => {
      if (redis.status !== 'ready') return
      redis
        .publish(channelOf(topic), `${self}\n${text}`)
        .catch((error: unknown) => log.warn({ err: error }, 'signals.not-told'))
    },
    hear: (topic, listener) => {
      const channel = channelOf(topic)
      if (heard.listenerCount(channel) === 0)
        // The library subscribes again by itself after every reconnection.
        subscriber.subscribe(channel).catch((error: unknown) => log.warn({ err: error }, 'signals.not-heard'))
      heard.on(channel, listener)
      return () => void heard.off(channel, listener)
    },
  }
  return { signals, close: () => subscriber.disconnect() }
}
