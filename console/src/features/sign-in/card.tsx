import type { ReactNode } from 'react'
import { setLanguage, useLanguage } from '../../words/language'

/** The one card of the pages before the sign-in, with the language beside it. */
export function Card({
  title,
  hint,
  children,
}: {
  readonly title: string
  readonly hint?: string
  readonly children: ReactNode
}) {
  const language = useLanguage()
  return (
    <main className="door">
      <div className="door-card">
        <h1>{title}</h1>
        {hint === undefined ? null : <p className="door-hint">{hint}</p>}
        {children}
      </div>
      <button
        type="button"
        className="plain-button"
        lang={language === 'zh' ? 'en' : 'zh-CN'}
        onClick={() => setLanguage(language === 'zh' ? 'en' : 'zh')}
      >
        {language === 'zh' ? 'English' : '中文'}
      </button>
    </main>
  )
}
