/// <reference types="@tarojs/taro" />
declare module '*.scss'
declare module '*.png' {
  const address: string
  export default address
}
/** Where the API lives: empty in the browser (same origin), absolute in the mini-programs. */
declare const API_ORIGIN: string
