import subprocess, os, signal, sys, time
def t(s):
    try: print(s,'->',repr(eval(s)))
    except BaseException as e: print(s,'->',type(e).__name__,str(e)[:300].replace('\n','|'))
R=subprocess.run
for s in ['R(["echo","hi"],capture_output=True)','R("echo hi; exit 3",shell=True,capture_output=True,text=True)','R(["sh","-c","cat"],input=b"abc",capture_output=True).stdout','R(["cat"],input="äbc",capture_output=True,text=True).stdout','R(["nosuchprogram"])','R(["/nosuch/x"])','R(["/etc/passwd"])','R(["ls"],cwd="/nosuch")','R(["pwd"],cwd="/",capture_output=True,text=True).stdout','R(["sh","-c","echo $X"],env={"X":"1"},capture_output=True,text=True).stdout','R(["false"],check=True)','R(["sh","-c","echo a; echo b >&2; exit 2"],check=True,capture_output=True)','R(["sh","-c","kill -9 $$"]).returncode','R(["sh","-c","kill -15 $$"],check=True)','subprocess.check_output(["echo","x"])','subprocess.check_output("echo x; exit 1",shell=True)','subprocess.check_output(["sh","-c","echo e >&2"],stderr=subprocess.STDOUT)','subprocess.call(["true"])','subprocess.check_call(["false"])','subprocess.getoutput("echo a b")','subprocess.getstatusoutput("echo z; exit 4")','os.system("exit 3")','os.system("true")','os.popen("echo a; echo b").read()','os.popen("exit 3").close()','list(os.popen("printf \'a\\\\nb\\\\n\'"))','os.kill(999999,0)','os.kill(os.getpid(),0)','signal.SIGTERM','signal.Signals(15).name','signal.getsignal(signal.SIGUSR1)','subprocess.list2cmdline(["a b","c\\"d",""])','R(["echo"],stdout=subprocess.DEVNULL).stdout','R(["echo","x"],stdout=subprocess.PIPE,input=b"a",stdin=1)','R("echo",stdout=1,capture_output=True)','subprocess.Popen(["true"]).wait()','subprocess.TimeoutExpired("a",3)', 'str(subprocess.CalledProcessError(-9,["x"]))','R(["echo", 1])','R([])','R(["printf","a\\r\\nb"],capture_output=True,universal_newlines=True).stdout', 'signal.signal(9, lambda *a: 0)','signal.signal(signal.SIGUSR1, 5.5)']:
    t(s)
p=subprocess.Popen(["cat"],stdin=subprocess.PIPE,stdout=subprocess.PIPE,text=True)
print(p.poll(), p.stdin.write("hello\nyou\n")); p.stdin.flush(); print(repr(p.stdout.readline())); p.stdin.close(); print(p.stdout.read(), p.wait(), p.returncode, p.args)
p=subprocess.Popen(["sh","-c","for i in 1 2 3; do echo $i; done"],stdout=subprocess.PIPE)
print([l for l in p.stdout], p.wait())
with subprocess.Popen(["sh","-c","echo o; echo e >&2; cat"],stdin=subprocess.PIPE,stdout=subprocess.PIPE,stderr=subprocess.PIPE) as p: print(p.communicate(b"in"))
got=[]
print(signal.signal(signal.SIGUSR1, lambda s,f: got.append(s)))
os.kill(os.getpid(), signal.SIGUSR1); time.sleep(0.5); print(got)
import tempfile
name = os.path.join(tempfile.mkdtemp(), "p")
with open(name,"w") as f: R(["echo","to file"],stdout=f)
print(open(name).read())
