import { declaredBy } from './register'
import { readRegister, type RegisterTable } from './read-register'

const HOW: Readonly<Record<RegisterTable['columns'][number]['how'], string>> = {
  shown: '给本人副本',
  sealed: '加密保存，给本人副本',
  refs: '编号',
  secret: '密文、散列、口令，只给程序用',
  staff: '员工的',
  others: '别人的，不给副本',
}

/** docs/personal-data.md, written from the declarations by scripts/personal-data.ts; a test compares the two. */
export function registerPage(): string {
  const { tables } = readRegister()
  const features = declaredBy.map(({ feature }) => feature)
  const parts = features.map((feature) => featurePart(feature, tables))
  return `${HEAD}\n${parts.filter((part) => part !== '').join('\n')}`
}

const HEAD = `# 个人信息登记表

这一页由 \`npx tsx scripts/personal-data.ts\` 按各功能的 \`personal.ts\` 写成，不要手改。
哪张表的哪一列是个人信息、用来做什么、依据是什么、留多久、谁能看、注销时怎样，都在这里；
没有登记的新列会让 \`server/src/features/privacy/register.test.ts\` 失败。
`

function featurePart(feature: string, tables: readonly RegisterTable[]): string {
  const own = tables.filter((table) => table.feature === feature)
  const { impersonal = {} } = declaredBy.find((one) => one.feature === feature) ?? {}
  const names = Object.keys(impersonal)
  if (own.length === 0 && names.length === 0) return ''
  const none =
    names.length === 0 ? '' : `\n没有个人信息的表：${names.map((name) => `\`${name}\``).join('、')}\n`
  return `## ${feature}\n${own.map(tablePart).join('')}${none}`
}

function tablePart(table: RegisterTable): string {
  const columns = (Object.keys(HOW) as (keyof typeof HOW)[])
    .map((how) => {
      const of = table.columns.filter((column) => column.how === how)
      return of.length === 0
        ? null
        : `- ${HOW[how]}：${of.map(({ column, label }) => `\`${column}\`${label === '' ? '' : ` ${label}`}`).join('、')}`
    })
    .filter((line) => line !== null)
  return `
### ${table.says} \`${table.table}\`

- 用途：${table.why}
- 依据：${table.basis}
- 保存：${table.kept}
- 谁能看：${table.seen}
- 注销时：${table.atEnd}
${columns.join('\n')}
`
}
