# What raises and what calls sys.exit where; the test puts the case in the place of its name.
import gevent, sys, threading
from locust import User, task, constant, events
CASE = "CASE"
@events.test_start.add_listener
def ts(**kw):
    print("test_start")
    if CASE=="test_start_exit": sys.exit(42)
    if CASE=="test_start_exit_text": sys.exit("bye")
    if CASE=="test_start_exit_none": sys.exit()
    if CASE=="test_start_raise": raise ValueError("x")
    if CASE=="greenlet_raise": gevent.spawn(f)
    if CASE=="greenlet_exit": gevent.spawn(g)
    if CASE=="timer_raise": gevent.spawn_later(0.1, f)
    if CASE=="thread_raise": threading.Thread(target=f).start()
    if CASE=="thread_exit": threading.Thread(target=g).start()
def f(): raise ValueError("in greenlet")
def g(): sys.exit(43)
@events.init.add_listener
def i(environment, **kw):
    if CASE=="init_raise": raise ValueError("init")
    if CASE=="init_exit": sys.exit(44)
    if CASE=="message_raise":
        environment.runner.register_message("hello", lambda environment, msg: 1/0)
    if CASE=="message_exit":
        environment.runner.register_message("hello", lambda environment, msg: sys.exit(45))
    if CASE=="message_conc_raise":
        environment.runner.register_message("hello", lambda environment, msg: 1/0, concurrent=True)
@events.test_stop.add_listener
def tst(environment, **kw):
    print("test_stop", environment.stats.total.num_failures, environment.stats.total.fail_ratio)
    if CASE=="test_stop_code" and environment.stats.total.fail_ratio > 0.1: environment.process_exit_code = 7
    if CASE=="test_stop_exit": sys.exit(46)
    if CASE=="test_stop_raise": raise ValueError("x")
@events.quitting.add_listener
def q(environment, **kw):
    print("quitting", environment.stats.total.num_failures, environment.stats.total.fail_ratio, len(environment.stats.errors))
    if CASE=="quitting_code": environment.process_exit_code = 8
    if CASE=="quitting_exit": sys.exit(47)
    if CASE=="quitting_raise": raise ValueError("x")
@events.quit.add_listener
def q2(exit_code, **kw):
    print("quit", exit_code)
    if CASE=="quit_exit": sys.exit(48)
    if CASE=="quit_raise": raise ValueError("x")
@events.request.add_listener
def rq(**kw):
    if CASE=="request_raise": raise ValueError("x")
    if CASE=="request_exit": sys.exit(49)
@events.heartbeat_received.add_listener
def hb(**kw):
    if CASE=="heartbeat_exit": sys.exit(50)
@events.report_to_master.add_listener
def rp(**kw):
    if CASE=="report_raise": raise ValueError("x")
class U(User):
    wait_time = constant(1)
    def __init__(self, env):
        super().__init__(env)
        if CASE=="ctor_raise": raise ValueError("ctor")
        if CASE=="ctor_exit": sys.exit(51)
    def on_start(self):
        if CASE=="on_start_raise": raise ValueError("os")
        if CASE=="on_start_exit": sys.exit(52)
    def on_stop(self):
        if CASE=="on_stop_raise": raise ValueError("os")
    @task
    def t(self):
        self.environment.events.request.fire(request_type="X", name="n", response_time=5, response_length=3, exception="bad")
        if CASE=="task_exit": sys.exit(53)
        if CASE=="task_base": raise BaseException("bb")
        if CASE=="task_quit": self.environment.runner.quit()
        if CASE=="task_stop": self.environment.runner.stop()
