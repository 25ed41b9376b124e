import { View } from '@tarojs/components'
import { useSecond } from '../state/second'
import { classes } from '../ui/classes'
import { type NoticeFacts, phaseOf } from './notice-phase'

const boxTones = { ok: 'ok', warn: 'warn', bad: 'bad', plain: 'plain', accent: 'accent' } as const

/** How long there is still supply, or how long it is still gone; it ticks, and never below zero. */
export function NoticeBox({ notice }: { notice: NoticeFacts }) {
  const ticks = notice.shown === 'planned' || notice.shown === 'under-way' || notice.shown === 'extended'
  const phase = phaseOf(notice, useSecond(ticks))
  if (phase.line === null) return null
  return (
    <View className={classes('promise', boxTones[phase.tone])} id="notice-box">
      <View className="grow">
        <View className="promise-line">{phase.line}</View>
        {phase.note ? <View className="promise-note">{phase.note}</View> : null}
      </View>
      {phase.left ? (
        <View className="notice-left">
          <View className="t-3">{phase.label}</View>
          <View className="promise-left num" id="notice-countdown">
            {phase.left}
          </View>
        </View>
      ) : null}
    </View>
  )
}
