class timeout(OSError): pass
error = OSError
def gethostname():
    try:
        with open("/etc/hostname") as f: return f.read().strip()
    except OSError: return "localhost"
