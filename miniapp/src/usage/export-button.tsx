import { View } from '@tarojs/components'
import { read } from '../api/client'
import { saveTable } from '../platform/save-table'
import { Button, succeed, usePress } from '../ui'
import { said } from './words'

/** One's own figures to keep: a file where there are files, text to paste where there are none. */
export function ExportButton({ householdId }: { householdId: string }) {
  const { busy, press } = usePress(async () => {
    const table = await read('usage.export', { householdId })
    await saveTable.save(table.fileName, table.csv)
    succeed(saveTable.asFile() ? said.saved : said.copied)
  })
  return (
    <View className="stack">
      <Button kind="soft" id="usage-export" busy={busy} onClick={press}>
        {saveTable.asFile() ? said.export : said.copy}
      </Button>
      <View className="t-3 center">{said.exportNote[saveTable.asFile() ? 'save' : 'copy']}</View>
    </View>
  )
}
