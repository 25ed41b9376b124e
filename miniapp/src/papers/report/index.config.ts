export default definePageConfig({ navigationBarTitleText: '缴费和用量', enablePullDownRefresh: true })
