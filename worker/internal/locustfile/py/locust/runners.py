# What a locustfile sees of its runner on a worker (locust/runners.py). The worker's session does the work.
import logging

import locust._worker as _worker
from locust.exception import RPCError, RPCReceiveError, RPCSendError

logger = logging.getLogger(__name__)

STATE_INIT = "ready"
STATE_SPAWNING = "spawning"
STATE_RUNNING = "running"
STATE_CLEANUP = "cleanup"
STATE_STOPPING = "stopping"
STATE_STOPPED = "stopped"
STATE_MISSING = "missing"

WORKER_REPORT_INTERVAL = 3.0
WORKER_LOG_REPORT_INTERVAL = 10
CPU_MONITOR_INTERVAL = 10.0
CPU_WARNING_THRESHOLD = 90
HEARTBEAT_INTERVAL = 1
HEARTBEAT_LIVENESS = 3
HEARTBEAT_DEAD_INTERNAL = -60
MASTER_HEARTBEAT_TIMEOUT = 60
FALLBACK_INTERVAL = 5
CONNECT_TIMEOUT = 5
CONNECT_RETRY_COUNT = 60


class Runner:
    def __init__(self, environment):
        self.environment = environment
        self.state = STATE_INIT
        self.custom_messages = {}
        self.exceptions = {}
        self.target_user_count = 0
        self.target_user_classes_count = {}
        self.final_user_classes_count = {}
        self.cpu_warning_emitted = False
        self.worker_cpu_warning_emitted = False
        self.connection_broken = False
        self.shape_greenlet = None
        self.shape_last_tick = None
        self.spawning_greenlet = None
        self._group = None
        environment.events.spawning_complete.add_listener(self._on_spawning_complete)

    @property
    def greenlet(self):
        if self._group is None:
            from gevent.pool import Group

            self._group = Group()
        return self._group

    @property
    def user_greenlets(self):
        return _worker.users()

    @property
    def user_classes(self):
        return self.environment.user_classes

    @property
    def user_classes_by_name(self):
        return self.environment.user_classes_by_name

    @property
    def stats(self):
        return self.environment.stats

    @property
    def errors(self):
        return self.stats.errors

    @property
    def user_count(self):
        return sum(self.user_classes_count.values())

    @property
    def user_classes_count(self):
        return _worker.user_classes_count()

    @property
    def current_cpu_usage(self):
        return _worker.cpu_usage()

    @property
    def current_memory_usage(self):
        return _worker.memory_usage()

    def update_state(self, new_state):
        self.state = new_state

    def register_message(self, msg_type, listener, concurrent=False):
        self.custom_messages[msg_type] = (listener, concurrent)

    def log_exception(self, node_id, msg, formatted_tb):
        row = self.exceptions.setdefault(
            hash(formatted_tb), {"count": 0, "msg": msg, "traceback": formatted_tb, "nodes": set()}
        )
        row["count"] += 1
        row["nodes"].add(node_id)

    def stop(self):
        _worker.stop()

    def quit(self):
        _worker.quit()


    def _on_spawning_complete(self, user_count):
        self.update_state(STATE_RUNNING)
        if self.environment.reset_stats:
            logger.info("Resetting stats\n")
            self.stats.reset_all()


class LocalRunner(Runner):
    pass


class DistributedRunner(Runner):
    pass


class MasterRunner(DistributedRunner):
    pass


class WorkerRunner(DistributedRunner):
    worker_index = -1

    def __init__(self, environment, master_host, master_port):
        super().__init__(environment)
        self.master_host = master_host
        self.master_port = master_port
        self.client_id = _worker.client_id()
        self.worker_state = STATE_INIT
        self.connected = False
        self.last_heartbeat_timestamp = None
        self.logs = []

    def start(self, user_count, spawn_rate, wait=False, user_classes=None):
        raise NotImplementedError("use start_worker")

    def send_message(self, msg_type, data=None, client_id=None):
        _worker.send(msg_type, data)


class WorkerNode:
    def __init__(self, id, state=STATE_INIT, heartbeat_liveness=HEARTBEAT_LIVENESS):
        self.id = id
        self.state = state
        self.user_count = 0
        self.heartbeat = heartbeat_liveness
        self.cpu_usage = 0
        self.cpu_warning_emitted = False
        self.memory_usage = 0
        self.user_classes_count = {}


class Message:
    def __init__(self, message_type, data, node_id):
        self.type = message_type
        self.data = data
        self.node_id = node_id

    def __repr__(self):
        return f"<Message {self.type}:{self.node_id}>"
