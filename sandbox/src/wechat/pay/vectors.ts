/**
 * The signing vectors of wechat.md section 4. The public key was recovered from the printed signatures themselves
 * (the greatest common divisor of s^e - m over two of them), so that no private key stands in this repository.
 */
export const VECTOR_PUBLIC_KEY = `-----BEGIN PUBLIC KEY-----
MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAptpm+qvIDCh/9wjU26SQ
CK26ogYkBhDrYxnAaw2JbbBsp1oDbHKk+1r381NeBUG2HEFAuU+Fr72u5ot3yKdz
oF/FajAzQNKnm569/D3upKoi8mYBaST15Uig8j8qoUW1U217LL0jEHlSnHV3lcaD
TXqDpTRR4Bfz9IqOgJgFZ8/oTfEomSrjrLYef81Eyxr7ZIMQXEKKEK7V4UXKS0+/
fDsiG/cXidhzt8UbTL9vqXqxM2+IDImyO+FAc/tkBG55LmzxPto1Nq0WbnZzRM/w
Tzrd0I/8NlevxtFbphg4evlHjFNI7+GrqR87ViEwuAJJ9Je5QQjct5YJfFRWiZ5C
MQIDAQAB
-----END PUBLIC KEY-----
`

export const VECTOR_TIMESTAMP = '1554208460'
export const VECTOR_NONCE = '593BEC0C930BF1AFEB40B4A08C8FB242'

export const GET_SIGNATURE =
  'Lc9VXxmeonkdV8Xk9tmigQFLhl0vRWTerdmoRu01aAnYwIrD/5nsSwE1WlmZGLRlAFTNQ3QsMa0+VRDlJp1Wp5p0nO8EK68b5sJBbjouxaFciIfq1zfDWWz+jqhcMoKXI1A6dPm1AW7D4d30WsMTNzp6g23OXakIsh9LO3lUmwvTuE0BY8ncf6tNGk4wKmvXwERd/ZpoQY3MAVKz+Nakwc+2XBmzT66KcUehU5kr4IvGa/lEU5RZb/q00zP9VLdBhC/jQSX3X1UcJLCtEc4gTmib4tnmAT+bHF/e17ZAuxDNcx6rqT8gNEXqaJGG+1OflMSTU2tpyG65G4dMKdFcoA=='

export const POST_BODY =
  '{"appid":"wxd678efh567hg6787","mchid":"1900007291","description":"Image形象店-深圳腾大-QQ公仔","out_trade_no":"1217752501201407033233368018","notify_url":"https://www.weixin.qq.com/wxpay/pay.php","amount":{"total":100,"currency":"CNY"},"payer":{"openid":"oUpF8uMuAJO_M2pxb1Q9zNjWeS6o"}}'
export const POST_SIGNATURE =
  'jnks4dlrPw3ZX+ozVvSK39oa0t7OMBsg83BHAwd8BRdUFiVaQNTLTvci+wURgP1OQBbKYhFGvt7iqYpDSTQkp7Uq1sltaQKyncCyrA1g88m5bsKERQfPyT0ahSwKTYJ1CAn9QiJuSJRq1QsQs07eehbU/k9BCS51jTyc1Jpsi2H77HF9f/BnjXAOP3/sPObg6V5Ee4EzwLox684hhuMuIwHo7D8KFk3LIHOKDcNI4It1aCXydFWNpNK+SG86VUDe5kwoDpw4Ulqfu9z8OFDGbDs9TCxEv8iqQzbpxOlEVoOe2kalSYM5kApQb3nZcxdUtoE0liJGW3RGUNE0t4v01A=='

export const PAY_SIGNATURE =
  'mI35pfNEQV6777ke/1T+LJLQDNTm7yeoUJH+j/adPGhmCCi0PbgkvYQTRcXH0uibcLVtvFLdGLpmoYO9FV6lBBsTAjuhh5YOvQi0e2g3e0yytitiNET9FEuqM0pjnKfRW4K6LIZDdbWJv9KhZUx3DrJa5TL7OJ7VdADVivxVySIlPVKjGwuCXzuXSJes0UcILgWQUMyha5/3nYofuHtS7r+KYyMuxD+oJ9VM1Qdxk4UIG59CP5Y3wtYIFybyF3bdu1caHTRRX+DLyMXyYA/IrTmiW01c4RPjpHBX5Dk1sZyY1zVsWNsvMHr2e1NTWtBxKJ+qk5N61J7caYoepHFaxw=='

export const CALLBACK_BODY =
  '{"id":"11111111-2222-5333-8444-555555555555","create_time":"2026-01-01T10:00:01+08:00","resource_type":"encrypt-resource","event_type":"TRANSACTION.SUCCESS","summary":"支付成功","resource":{"original_type":"transaction","algorithm":"AEAD_AES_256_GCM","ciphertext":"4ouKWSuj/DnPJxKEgzRMF3W07f415EgKVP+mfevCu95SG1FOypdDrVXYSAmsv1zmiU6wis1kDXsHrZMsaSZ69kKcLCSs283cwr5p6mApPFOtmHf9b/p562Njhem8H3e9FnIkZBtOM9gbR2wF7qZEzpWBPGbWAdRYtYLzdZbB0ivBha3MsXsrN18VDCRodK/sZKTZLYVI6NkUf/69e4mbZbDRnmtjzJbwsHKvVAMwHKOQ/itg9Hey/mxNXnYWSDQSu7uyeFm3WkTz6Jugcjmfc60UWluEaJiuAJDCSOzqNgN6J/afHqQhgdvDTwUNL0tXc/1HLs/JZWgkMKHKv6NvrUCzulGWWoLZlV5V9a5J1ya4d13RKQ9gpDNSYGpx+pxruvn2GRxOw3McqAuAZEQcmvJNRKlqiRtFkOHWS7f/UK3REc/Ndm/Y/5VhJLBZBfphpFewa9Df1HnBEKrVVBShBNPLz/UyHxoXBHNEk5Z6zkf0LNBgiTZ9yKqGBNjDLaHeCDolz3u2j8/dAP+/yVY64e/1xtwUiRuqQoqtive6acx8XOUbx3HuIX4CfqsQVcIlwtTDU5e6kmNZXC4=","associated_data":"transaction","nonce":"0123456789ab"}}'
export const CALLBACK_SIGNATURE =
  'W5fnRLbMq5zMpmsJndbX6tRghUIn2J+FJRdbpm8h6ScBsjhJzvjCu48u4UqAC0WhFwe8Jip1C/K2igKgfErkY8Xy7k1rtWmll+anrrvgO0yXUutW3DmuGHNqHB2NjsBpfVzfZ0GCOe/ED6RkrYNyoyv/Q2fUgLYztwGmAnXpuR0AmFfgT5D8zANC8l7pRjOCAlHP9CHzymTc035RMvWitsP694kgEi770lWgNeuQitZKiWuzhLg3sY+z8t0XKth10vdMo1UCx1uye6wdOqVT/KsrlsVXMnVkc73Emw1e4qAZBRpP11FWkHNi5e49BSXAekBiHQHTOst/TGnkJMmITg=='
