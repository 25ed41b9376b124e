/** Taro picks letters.weapp, letters.alipay or letters.h5 at build time; this says what each of them gives. */
export declare function hasLargeLetters(): boolean
