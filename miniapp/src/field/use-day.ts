import { useDidHide, useDidShow } from '@tarojs/taro'
import { useEffect, useState } from 'react'
import { write } from '../api/client'
import { here } from '../platform/here'
import { sharedOrders, sharePlace } from './sharing'
import { refresh, sender, useField } from './store'

const beatMs = 15_000
/** WeChat answers no more often. */
const placeEveryMs = 30_000

function beat(): void {
  void sender()
    .run()
    .then(() => refresh())
}

function useShown(): boolean {
  const [shown, setShown] = useState(true)
  useDidShow(() => setShown(true))
  useDidHide(() => setShown(false))
  return shown
}

/** While a page of the worker's is in view: what waits is sent, and the day is asked for again. */
export function useDay(): void {
  const shown = useShown()
  useEffect(() => {
    if (!shown) return
    beat()
    const timer = setInterval(beat, beatMs)
    return () => clearInterval(timer)
  }, [shown])
}

/** Sends the place while it may be sent. True while it is, so that the page can say so. */
export function useSharing(): boolean {
  // Names the ways that are under way: the server's word to stop holds for these, not for the next one.
  const onTheWay = useField(({ today, outbox }) => sharedOrders(today, outbox).join(' '))
  const [stoppedFor, setStoppedFor] = useState('')
  const shown = useShown()
  const on = onTheWay !== '' && onTheWay !== stoppedFor && shown
  useEffect(() => {
    if (!on) return
    const turn = () => {
      void sharePlace({ here: here.now, send: (place) => write('field.sendPlace', place) }).then((goOn) => {
        if (!goOn) setStoppedFor(onTheWay)
      })
    }
    turn()
    const timer = setInterval(turn, placeEveryMs)
    return () => clearInterval(timer)
  }, [on, onTheWay])
  return on
}
