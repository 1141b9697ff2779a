import multiprocessing as mp
def t(s):
    try: print(s,'->',repr(eval(s)))
    except BaseException as e: print(s,'->',type(e).__name__,str(e)[:300].replace('\n','|'))
v=mp.Value('i',5)
def inc():
    with v.get_lock(): v.value+=1
    return v.value
for s in ['v','v.value','inc()','mp.Value("i")','mp.Value("d",1).value','mp.Value("i",2**31).value','mp.Value("i","x")','mp.Value("b",200).value','mp.Value("B",-1).value','mp.Value("f",0.1).value','mp.Value("c",b"x").value','mp.Value("?",3)','mp.Value("x",1)','mp.Value("i",0,lock=False)','mp.Value("i",lock=False).value','mp.Value("q",2**63).value','mp.Value("i",1.5)','mp.Value("u","a").value','mp.Array("i",3)[:]','list(mp.Array("d",[1,2]))','len(mp.Array("i",4))','mp.Array("c",b"abc").value','mp.RawValue("i",3).value','mp.Value("H",70000).value','v.get_obj().value','v.acquire()','v.release()','mp.cpu_count()>0','mp.current_process().name','mp.current_process()','mp.current_process().daemon','mp.active_children()','mp.get_start_method()','mp.parent_process()','mp.freeze_support()','mp.Event().is_set()','mp.Semaphore(2).acquire()','mp.get_logger().name','mp.Lock().acquire(timeout=0.01)','mp.TimeoutError()']:
    t(s)
with v: v.value=9
print(v.value)
q=mp.SimpleQueue(); q.put(3); print(q.get())
q=mp.JoinableQueue(); q.put(3); print(q.get()); q.task_done(); q.join()
