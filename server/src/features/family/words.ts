import { createHash } from 'node:crypto'
import { shanghaiParts } from '../../core/clock'
import { formatYuan } from '../../core/money'
import type { ProxyActRow } from './entities'
import type { Relation } from './schema'

export const RELATIONS: Readonly<Record<Relation, string>> = {
  daughter: '女儿',
  son: '儿子',
  spouse: '爱人',
  grandchild: '孙辈',
  other: '亲友',
}

/** What whoever is acted for agrees to. A change of the text is a further version. */
const VERSION = '2026-11'
const TEXT =
  '我同意由上面这位亲友在我选的户里替我办理：查看账单和用量、缴费、报修和申请服务、报水表燃气表读数。' +
  '他看得到这一户的地址、户号和账单，看不到我在别处的信息，也不能邀请别人或改家庭成员。' +
  '办了什么都会告诉我；我随时可以停止，停止后马上生效；到期自动停止。'

export const CONSENT = {
  version: VERSION,
  text: TEXT,
  textSha256: createHash('sha256').update(TEXT).digest('hex'),
}

const two = (value: number): string => String(value).padStart(2, '0')

/** 您的女儿于11月22日15:02缴了 120.50 元. */
export function actInWords(
  { what, amountFen, at }: Pick<ProxyActRow, 'what' | 'amountFen' | 'at'>,
  by: { readonly isAgent: boolean; readonly relation: Relation },
): string {
  const { month, day, hour, minute } = shanghaiParts(Number(at))
  const who = by.isAgent ? '您' : `您的${RELATIONS[by.relation]}`
  return `${who}于${month}月${day}日${two(hour)}:${two(minute)}${doneInWords({ what, amountFen })}`
}

/** 缴了 120.50 元. */
export const doneInWords = ({ what, amountFen }: Pick<ProxyActRow, 'what' | 'amountFen'>): string =>
  ({
    paid: `缴了 ${formatYuan(Number(amountFen ?? 0))} 元`,
    request: '提交了一件诉求',
    reading: '报了表读数',
  })[what]

/** 2026年11月22日 15:02. */
export function minuteInWords(at: number): string {
  const { year, month, day, hour, minute } = shanghaiParts(at)
  return `${year}年${month}月${day}日 ${two(hour)}:${two(minute)}`
}
