import { defineWords } from '../words/words'

export const householdWords = defineWords(
  {
    outage: '停供中',
    until: (at: string) => `预计 ${at} 恢复`,
    unknownEnd: '恢复时间未定',
    bills: '账单',
    owed: '欠费',
    asOf: (at: string) => `截至 ${at}`,
    lastPaid: '上次缴费',
    dueOn: (day: string) => `${day} 到期`,
    paid: '已缴清',
  },
  {
    outage: 'Outage',
    until: (at: string) => `expected back ${at}`,
    unknownEnd: 'end unknown',
    bills: 'Bills',
    owed: 'Owed',
    asOf: (at: string) => `as of ${at}`,
    lastPaid: 'Last paid',
    dueOn: (day: string) => `due ${day}`,
    paid: 'paid',
  },
)
