# Where gevent keeps the semaphores of gevent.lock; many files import them from here.
from .lock import BoundedSemaphore, Semaphore
