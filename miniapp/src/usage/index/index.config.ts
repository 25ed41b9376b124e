export default definePageConfig({ navigationBarTitleText: '用量', enablePullDownRefresh: true })
