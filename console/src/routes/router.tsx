import { createBrowserRouter, type RouteObject } from 'react-router'
import { Crashed, NotFound } from '../app/not-found'
import { Gate, Home } from './gate'

type Loaded = { Component: React.ComponentType }
const page = (path: string, load: () => Promise<Loaded>): RouteObject => ({
  path,
  lazy: async () => ({ Component: (await load()).Component }),
})

/** Each page is a file of its own that is loaded when it is opened. */
export const router = createBrowserRouter(
  [
    {
      errorElement: <Crashed />,
      HydrateFallback: () => null,
      children: [
        page('/sign-in', () => import('./sign-in')),
        page('/set-up', () => import('./set-up')),
        {
          element: <Gate />,
          children: [
            { index: true, element: <Home /> },
            page('/inbox', () => import('./inbox')),
            page('/requests/:requestId', () => import('./request')),
            page('/new', () => import('./new-request')),
            page('/chat/:conversationId?', () => import('./chat')),
            page('/calls', () => import('./calls')),
            page('/calls/:callId', () => import('./call')),
            page('/readings', () => import('./readings')),
            page('/readings/:readingId', () => import('./reading')),
            page('/outlets', () => import('./outlets')),
            page('/invoices', () => import('./invoices')),
            page('/invoices/:invoiceId', () => import('./invoice')),
            page('/heating', () => import('./heating')),
            page('/heating/:caseId', () => import('./heat-case')),
            page('/codes', () => import('./codes')),
            page('/knowledge', () => import('./knowledge')),
            page('/knowledge/write/:articleId?', () => import('./knowledge-editor')),
            page('/knowledge/:articleId', () => import('./knowledge-article')),
            page('/board', () => import('./board')),
            page('/review', () => import('./review')),
            page('/review/:reviewId', () => import('./review-sheet')),
            page('/dispatch', () => import('./dispatch')),
            page('/map', () => import('./map')),
            page('/slots', () => import('./slots')),
            page('/notices', () => import('./notices')),
            page('/notices/write/:noticeId?', () => import('./notice-editor')),
            page('/notices/:noticeId', () => import('./notice')),
            page('/messages', () => import('./messages')),
            page('/official', () => import('./official')),
            page('/replies', () => import('./replies')),
            page('/catalogue', () => import('./catalogue')),
            page('/exports', () => import('./exports')),
            page('/troubles', () => import('./troubles')),
            page('/people', () => import('./people')),
            page('/teams', () => import('./teams')),
            page('/privacy', () => import('./privacy')),
            page('/audit', () => import('./audit')),
            page('/me', () => import('./me')),
            { path: '*', element: <NotFound /> },
          ],
        },
      ],
    },
  ],
  { basename: '/console' },
)
