import certifi, codecs, resource, psutil, os, tempfile
def t(s):
    try: print(s,'->',repr(eval(s)))
    except BaseException as e: print(s,'->',type(e).__name__,str(e)[:300].replace('\n','|'))
f=os.path.join(tempfile.mkdtemp(),'x')
with codecs.open(f,'w',encoding='utf-8') as h: h.write('äö\r\n')
for s in ['os.path.exists(certifi.where())','codecs.open(f,encoding="utf-8").read()','codecs.open(f,"r","latin-1").read()','codecs.open(f,"rb").read()','codecs.encode("ab","rot13")','codecs.decode(b"6162","hex")','codecs.encode(b"ab","hex")','codecs.BOM_UTF8','codecs.encode("ä")','codecs.decode(b"\\xe4","latin-1")','codecs.encode(b"abc","base64")',
 'resource.getrlimit(resource.RLIMIT_NOFILE)==resource.getrlimit(7)','resource.getrlimit(99)','resource.setrlimit(resource.RLIMIT_NOFILE,(10,5))','resource.setrlimit(resource.RLIMIT_NOFILE, resource.getrlimit(resource.RLIMIT_NOFILE))','resource.getrusage(resource.RUSAGE_SELF).ru_maxrss>0','resource.RLIM_INFINITY','len(resource.getrusage(0))','resource.getrusage(55)',
 'psutil.cpu_count()==os.cpu_count()','0<=psutil.cpu_percent(interval=0.05)<=100','psutil.virtual_memory()._fields','psutil.Process().memory_info()._fields','psutil.Process().memory_info().rss>1e6','psutil.Process().pid==os.getpid()','psutil.Process(99999999)','psutil.cpu_percent(-1)','psutil.Process().cpu_percent()','psutil.Process().cpu_times()._fields','psutil.pid_exists(1)','psutil.Process().num_threads()>0','psutil.Process().num_fds()>0','psutil.__version__']: t(s)
