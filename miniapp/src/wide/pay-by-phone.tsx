import { View } from '@tarojs/components'
import { useEffect, useRef } from 'react'
import { Qr } from './qr'
import { said } from './words'

const lookEveryMs = 5_000

/**
 * A PC has no wallet: its code leads a telephone to this very bill, whichever wallet scans it, and the bill here is
 * looked at again until it is paid. The address tells no more than the bill's id, which opens it to its household alone.
 */
export function PayByPhone({ billId, onLook }: { billId: string | null; onLook: () => void }) {
  const latest = useRef(onLook)
  useEffect(() => {
    latest.current = onLook
  })
  useEffect(() => {
    const timer = setInterval(() => {
      if (!document.hidden) latest.current()
    }, lookEveryMs)
    return () => clearInterval(timer)
  }, [])
  const link = `${window.location.origin}/s/${billId === null ? 'bills' : `b-${billId}`}`
  return (
    <View className="card hall-pay" id="hall-pay">
      <Qr text={link} label={said.pay.code} />
      <View className="hall-pay-words">
        <View className="t-title">{said.pay.title}</View>
        <View className="t-2">{billId === null ? said.pay.textAll : said.pay.text}</View>
      </View>
    </View>
  )
}
