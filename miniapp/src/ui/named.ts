import { login } from '../platform/login'

/** The name of a field for whoever hears the page. Taro's field in a browser has another inside, which is the one that is heard. */
export const named = (label: string): { ariaLabel: string; nativeProps?: { 'aria-label': string } } =>
  login.environment.endsWith('-mini')
    ? { ariaLabel: label }
    : { ariaLabel: label, nativeProps: { 'aria-label': label } }
