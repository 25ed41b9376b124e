/** Taro picks lost-page.weapp, .alipay or .h5 at build time; this says what each of them gives. */
export declare function onLostPage(explain: () => Promise<{ again: boolean }>): void
