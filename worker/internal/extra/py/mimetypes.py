# The types of files by their names: a table of the usual ones.
import os as _os

encodings_map = {".gz": "gzip", ".Z": "compress", ".bz2": "bzip2", ".xz": "xz", ".br": "br"}
suffix_map = {".svgz": ".svg.gz", ".tgz": ".tar.gz", ".taz": ".tar.gz", ".tz": ".tar.gz", ".tbz2": ".tar.bz2", ".txz": ".tar.xz"}
types_map = {
    ".js": "text/javascript", ".mjs": "text/javascript", ".json": "application/json", ".webmanifest": "application/manifest+json",
    ".doc": "application/msword", ".dot": "application/msword", ".nq": "application/n-quads", ".nt": "application/n-triples",
    ".bin": "application/octet-stream", ".exe": "application/octet-stream", ".dll": "application/octet-stream", ".so": "application/octet-stream",
    ".pdf": "application/pdf", ".ps": "application/postscript", ".ai": "application/postscript", ".eps": "application/postscript",
    ".trig": "application/trig", ".m3u": "application/vnd.apple.mpegurl", ".m3u8": "application/vnd.apple.mpegurl",
    ".xls": "application/vnd.ms-excel", ".ppt": "application/vnd.ms-powerpoint", ".wasm": "application/wasm",
    ".h5": "application/x-hdf5", ".hdf": "application/x-hdf", ".latex": "application/x-latex", ".pyc": "application/x-python-code",
    ".sh": "application/x-sh", ".swf": "application/x-shockwave-flash", ".tar": "application/x-tar", ".tex": "application/x-tex",
    ".p12": "application/x-pkcs12", ".rdf": "application/xml", ".wsdl": "application/xml", ".xsl": "application/xml", ".zip": "application/zip",
    ".3gp": "audio/3gpp", ".aac": "audio/aac", ".opus": "audio/opus", ".au": "audio/basic", ".snd": "audio/basic", ".mp3": "audio/mpeg",
    ".mp2": "audio/mpeg", ".aif": "audio/x-aiff", ".aiff": "audio/x-aiff", ".wav": "audio/x-wav",
    ".avif": "image/avif", ".bmp": "image/bmp", ".gif": "image/gif", ".ief": "image/ief", ".heic": "image/heic", ".heif": "image/heif",
    ".jpg": "image/jpeg", ".jpe": "image/jpeg", ".jpeg": "image/jpeg", ".png": "image/png", ".svg": "image/svg+xml", ".tiff": "image/tiff",
    ".tif": "image/tiff", ".ico": "image/vnd.microsoft.icon", ".eml": "message/rfc822", ".mht": "message/rfc822",
    ".css": "text/css", ".csv": "text/csv", ".html": "text/html", ".htm": "text/html", ".n3": "text/n3", ".txt": "text/plain", ".bat": "text/plain",
    ".c": "text/plain", ".h": "text/plain", ".ksh": "text/plain", ".pl": "text/plain", ".srt": "text/plain", ".rtx": "text/richtext",
    ".tsv": "text/tab-separated-values", ".vtt": "text/vtt", ".py": "text/x-python", ".etx": "text/x-setext", ".sgm": "text/x-sgml",
    ".sgml": "text/x-sgml", ".vcf": "text/x-vcard", ".xml": "text/xml",
    ".mp4": "video/mp4", ".mpeg": "video/mpeg", ".mpg": "video/mpeg", ".mov": "video/quicktime", ".qt": "video/quicktime", ".webm": "video/webm",
    ".avi": "video/x-msvideo", ".movie": "video/x-sgi-movie",
}
common_types = {".rtf": "application/rtf", ".jpg": "image/jpg", ".midi": "audio/midi", ".mid": "audio/midi", ".webp": "image/webp", ".xul": "text/xul", ".pct": "image/pict"}
knownfiles = ["/etc/mime.types"]
inited = False


def init(files=None):
    """Reads the types that the system adds."""
    global inited
    inited = True
    for name in [*knownfiles, *(files or ())]:
        if _os.path.isfile(name):
            with open(name, encoding="utf-8") as f:
                for line in f:
                    kind, *exts = line.partition("#")[0].split() or [""]
                    types_map.update(("." + ext, kind) for ext in exts)


def guess_type(url, strict=True):
    if not inited:
        init()
    url = _os.fspath(url)
    scheme, colon, rest = url.partition(":")
    if colon and scheme == "data":
        kind, comma, _ = rest.partition(",")
        kind = kind.partition(";")[0]
        return (kind if "=" not in kind and "/" in kind else "text/plain", None) if comma else (None, None)
    base, ext = _os.path.splitext(url)
    while ext in suffix_map:
        base, ext = _os.path.splitext(base + suffix_map[ext])
    encoding = encodings_map.get(ext)
    if encoding:
        base, ext = _os.path.splitext(base)
    for table in (types_map,) if strict else (types_map, common_types):
        if ext in table or ext.lower() in table:
            return table.get(ext) or table[ext.lower()], encoding
    return None, encoding


def guess_all_extensions(type, strict=True):
    if not inited:
        init()
    tables = (types_map,) if strict else (types_map, common_types)
    return [ext for table in tables for ext, kind in table.items() if kind == type.lower()]


def guess_extension(type, strict=True):
    return next(iter(guess_all_extensions(type, strict)), None)


def add_type(type, ext, strict=True):
    if not inited:
        init()
    (types_map if strict else common_types)[ext] = type
