import { View } from '@tarojs/components'
import type { Company } from '../../api/types'
import { inFours } from '../../format'
import { words } from '../../words'

/** A drawn bill with the account number marked, and the company's own words about it. */
export const WhereIsIt = ({ company }: { company: Company }) => (
  <View className="where">
    <View className="where-paper">
      <View className="center t-3">{`${company.name} ${words.bind.sampleTitle}`}</View>
      <View className="where-mark">
        <View>{words.bind.accountNo}</View>
        <View className="num">{inFours('0123456789012345'.slice(0, company.accountNoLength))}</View>
      </View>
      {[words.bind.sampleName, words.bind.sampleAddress, words.bind.sampleAmount].map((label) => (
        <View key={label} className="where-line t-3">
          <View>{label}</View>
          <View className="where-blank" />
        </View>
      ))}
    </View>
    <View className="t-2">{company.accountNoHint}</View>
  </View>
)
