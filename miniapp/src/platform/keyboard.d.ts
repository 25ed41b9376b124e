/** Taro picks keyboard.weapp, .alipay or .h5 at build time; this says what each of them gives. */
/** From now on whatever can be pressed is reached with Tab, pressed with Enter or Space, and Escape closes a sheet. */
export declare function serveKeyboard(): void
/** A sheet or a dialog has opened: the focus goes into it. Gives what brings it back to where it was. */
export declare function holdFocus(): () => void
