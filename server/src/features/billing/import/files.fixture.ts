import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** Writes a file for one test and answers its path. */
export function tempFile(name: string, content: string | Buffer): string {
  const path = join(mkdtempSync(join(tmpdir(), 'yihu-import-')), name)
  writeFileSync(path, content)
  return path
}

export const GAS_HEADER =
  '户号,户名,联系电话,用气地址,片区,调压站,表号,上期抄见,本期抄见,用气量(m³),一阶气量,二阶气量,三阶气量,气费,违约金,账期,抄表日期,缴费截止日,预存余额'

export const gasRules = {
  accountNoLength: 10,
  pricesIn: () => gasPrices,
}

const gasPrices = {
  stoppedShare: null,
  estimatedPrice: null,
  charges: [],
  tiers: [
    { price: '3.41', upTo: 50 },
    { price: '3.92', upTo: 110 },
    { price: '5.12', upTo: null },
  ],
}

/** One gas record of 25 m³ for 85.25 yuan, with some fields changed by header. */
export function gasRow(accountNo: string, changes: Record<string, string> = {}): string {
  const base =
    `${accountNo},沈红宇,17903412298,福田区香蜜湖花园9栋1655,片区12,调压站5,GM2613529370,3036,3061,25,25,0,0,85.25,0.00,2026-10,20261017,2026年11月20日,0.00`.split(
      ',',
    )
  return GAS_HEADER.split(',')
    .map((header, index) => changes[header] ?? base[index] ?? '')
    .map((text) => (/[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text))
    .join(',')
}

export const gasFile = (rows: readonly string[]): string => [GAS_HEADER, ...rows, ''].join('\n')
