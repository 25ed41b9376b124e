export default definePageConfig({ navigationBarTitleText: '停供通知', enablePullDownRefresh: true })
