"""The settings of TLS as urllib3 makes them."""


def create_urllib3_context(ssl_version=None, cert_reqs=None, options=None, ciphers=None, ssl_minimum_version=None, ssl_maximum_version=None,
                           verify_flags=None):
    import ssl
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.minimum_version = ssl.TLSVersion.TLSv1_2 if ssl_minimum_version is None else ssl_minimum_version
    if ssl_maximum_version is not None:
        context.maximum_version = ssl_maximum_version
    if ciphers:
        context.set_ciphers(ciphers)
    context.options |= ssl.OP_NO_SSLv3 | ssl.OP_NO_COMPRESSION | ssl.OP_NO_TICKET if options is None else options
    if cert_reqs is None or cert_reqs == ssl.CERT_REQUIRED:
        context.verify_mode, context.check_hostname = ssl.CERT_REQUIRED, True
    else:
        context.check_hostname, context.verify_mode = False, cert_reqs
    return context
