export default definePageConfig({ navigationBarTitleText: '营业网点', enablePullDownRefresh: true })
