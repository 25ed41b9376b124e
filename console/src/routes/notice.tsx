export { NoticePage as Component } from '../features/notices/page/notice-page'
