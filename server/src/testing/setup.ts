// alipay-sdk writes timestamps in the process's own time zone; production sets the same.
process.env['TZ'] = 'Asia/Shanghai'
