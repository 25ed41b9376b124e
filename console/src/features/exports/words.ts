import { defineWords } from '../../words/words'

export const exportWords = defineWords(
  {
    export: '导出',
    title: '导出当前列表',
    rule: '最多 5,000 行，每人每天 3 次；姓名、电话和地址是打码的。每次导出都会留下审计记录。',
    filters: (query: string) => `筛选：${query === '' ? '无' : query}`,
    columns: (count: number) => `${count} 列`,
    noSearch: '有搜索词时不能导出，请先清空搜索，改用筛选条件。',
    prepare: '准备文件',
    ready: (rows: number) => `文件准备好了，共 ${rows} 行。下载地址 5 分钟内有效。`,
    download: '下载 CSV',
  },
  {
    export: 'Export',
    title: 'Export this list',
    rule: 'At most 5,000 rows, three times a day each; names, phones and addresses are masked. Every export is audited.',
    filters: (query: string) => `Filters: ${query === '' ? 'none' : query}`,
    columns: (count: number) => `${count} columns`,
    noSearch: 'A search is kept nowhere: clear it and use filters before you export.',
    prepare: 'Prepare the file',
    ready: (rows: number) => `The file is ready with ${rows} rows. Its address lives for 5 minutes.`,
    download: 'Download CSV',
  },
)
