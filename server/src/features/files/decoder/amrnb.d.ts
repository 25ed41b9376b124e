declare module 'benz-amr-recorder/src/amrnb' {
  /** Compiles the codec and hangs it into the global `self` as a worker's `onmessage`. */
  const begin: () => void
  export default begin
}
