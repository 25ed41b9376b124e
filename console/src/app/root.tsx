import { QueryClientProvider } from '@tanstack/react-query'
import { App, ConfigProvider } from 'antd'
import enUS from 'antd/locale/en_US'
import zhCN from 'antd/locale/zh_CN'
import dayjs from 'dayjs'
import 'dayjs/locale/zh-cn'
import { useEffect } from 'react'
import { RouterProvider, type RouterProviderProps } from 'react-router'
import { queryClient, useRead } from '../api/query'
import { palette, readableAccent } from '../design/palette'
import { applyPalette, themeFor } from '../design/theme'
import { useLanguage } from '../words/language'

/** Everything that stands around the pages: data, language, look. */
export function Root({ router }: Pick<RouterProviderProps, 'router'>) {
  return (
    <QueryClientProvider client={queryClient}>
      <Look>
        <RouterProvider router={router} />
      </Look>
    </QueryClientProvider>
  )
}

function Look({ children }: { readonly children: React.ReactNode }) {
  const language = useLanguage()
  const accent = useAccent()
  useEffect(() => {
    dayjs.locale(language === 'zh' ? 'zh-cn' : 'en')
  }, [language])
  useEffect(() => applyPalette(accent), [accent])
  return (
    <ConfigProvider
      theme={themeFor(accent)}
      locale={language === 'zh' ? zhCN : enUS}
      button={{ autoInsertSpace: false }}
    >
      <App>{children}</App>
    </ConfigProvider>
  )
}

/** Who works for one company sees its colour; who works for several sees the portal's, or the house's own. */
function useAccent(): string {
  const portal = useRead('portal.describe', {})
  const me = useRead('staff.me', {})
  const mine = me.data?.me.companies
  const only = mine?.length === 1 ? portal.data?.companies.find(({ id }) => id === mine[0]) : undefined
  const colour = only?.brandColour ?? portal.data?.brandColour
  return colour ? readableAccent(colour) : palette.accent
}
