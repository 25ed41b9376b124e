import type { ComponentType } from 'react'
import type { Bill, Payment } from '../api/types'

/** Taro picks hall.weapp, hall.alipay or hall.h5 at build time; this says what each of them gives. */

/**
 * Whether this is a browser's window of a PC's width, outside the wallets: the hall (网上营业厅). It changes with the
 * window. The parts below show nothing anywhere else, and are loaded only there.
 */
export declare function useWide(): boolean

/** Bar and navigation around every page. */
export declare const HallFrame: ComponentType<{ title: string; tab: boolean }>
/** Signing in by scanning with either wallet. */
export declare const HallSignIn: ComponentType<{ onPhone: () => void }>
export declare const BillTable: ComponentType<{ bills: readonly Bill[] }>
export declare const RecordTable: ComponentType<{ payments: readonly Payment[] }>
/** The code that leads a telephone to this bill, or to all bills; asks now and then whether it was paid. */
export declare const PayByPhone: ComponentType<{ billId: string | null; onLook: () => void }>
