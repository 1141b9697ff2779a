"""Semaphore.wait takes nothing: one release lets everyone go on who waits, and one who acquires."""
import gevent
from gevent.lock import BoundedSemaphore, Semaphore
from locust import User, constant, task


class Starter(User):
    wait_time = constant(0)

    @task
    def all_go(self):
        for gate in (Semaphore(), BoundedSemaphore(1)):
            gate.acquire()
            passed = []

            def waiter(n):
                gate.wait()
                passed.append(n)

            def taker(n):
                gate.acquire()
                passed.append(-n)

            jobs = [gevent.spawn(waiter, n) for n in range(1, 4)]
            gevent.sleep(0.01)
            gate.release()
            gevent.joinall(jobs, timeout=20)
            print(sorted(passed), gate.counter)
            gate.acquire()
            jobs = [gevent.spawn(taker, n) for n in range(1, 4)]
            gevent.sleep(0.01)
            gate.release()
            gevent.joinall(jobs, timeout=0.5)
            print(passed[3:], gate.counter, gate.locked())
            gate.release()
            gate.release()
            gevent.joinall(jobs, timeout=20)
            print(sorted(passed[3:]), gate.counter, gate.wait(timeout=0.01))
