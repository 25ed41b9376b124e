export default definePageConfig({ navigationBarTitleText: '您的报修', enablePullDownRefresh: true })
