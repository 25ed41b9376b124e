import type { Kernel } from '../kernel/kernel'

/** One message as the provider sent it; `at` is epoch milliseconds of the sandbox's clock. */
export interface SentSms {
  id: string
  phone: string
  templateCode: string
  params: Record<string, string>
  text: string
  /** How many messages a phone network counts it as. */
  parts: number
  at: number
}

/** Phone networks take some seconds to say what became of a message. */
const REPORT_AFTER_MS = 3_000
const AGAIN_AFTER_MS = 60_000
const RETRY_GAPS_MS = [60_000, 300_000, 900_000]
const SHANGHAI_OFFSET_MS = 8 * 3_600_000

export function declareReportFaults(kernel: Kernel): void {
  kernel.faults.declare('sms.report-failed', '短信：先收下、后来回执说失败（params.code，默认 MK:0001）')
  kernel.faults.declare('sms.report-twice', '短信：同一条回执隔一分钟送两次')
  kernel.faults.declare('sms.report-never', '短信：没有回执')
}

/** Plans the report of a message that was taken; false when it will not reach the phone. */
export function planReport(kernel: Kernel, sms: SentSms): boolean {
  const failed = kernel.faults.take('sms.report-failed')
  const code = failed ? String(failed.params?.['code'] ?? 'MK:0001') : 'DELIVERED'
  if (!kernel.faults.take('sms.report-never')) {
    send(kernel, sms, { code, isFailed: failed !== undefined, afterMs: REPORT_AFTER_MS, copy: 1 })
    if (kernel.faults.take('sms.report-twice')) {
      const afterMs = REPORT_AFTER_MS + AGAIN_AFTER_MS
      send(kernel, sms, { code, isFailed: failed !== undefined, afterMs, copy: 2 })
    }
  }
  return failed === undefined
}

function send(
  kernel: Kernel,
  sms: SentSms,
  report: { code: string; isFailed: boolean; afterMs: number; copy: number },
): void {
  const url = kernel.config.sms.reportUrl
  if (url === undefined) return
  kernel.notifier.deliver({
    key: `sms:report:${sms.id}:${report.copy}`,
    url,
    gapsMs: RETRY_GAPS_MS,
    startAfterMs: report.afterMs,
    accepted: (status, body) => status === 200 && readsAsTaken(body),
    make: () => ({
      headers: { 'Content-Type': 'application/json;charset=UTF-8' },
      body: JSON.stringify([
        {
          phone_number: sms.phone,
          send_time: shanghaiTime(sms.at),
          report_time: shanghaiTime(kernel.clock.now()),
          success: !report.isFailed,
          err_code: report.code,
          err_msg: report.isFailed ? '用户手机关机或停机' : '用户接收成功',
          sms_size: String(sms.parts),
          biz_id: sms.id,
          out_id: '',
        },
      ]),
    }),
  })
}

function readsAsTaken(body: string): boolean {
  try {
    return (JSON.parse(body) as { code?: unknown }).code === 0
  } catch {
    return false
  }
}

function shanghaiTime(atMs: number): string {
  return new Date(atMs + SHANGHAI_OFFSET_MS).toISOString().slice(0, 19).replace('T', ' ')
}
