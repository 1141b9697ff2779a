"""Stories that are made behind the answer of POST: GET tells the status."""

import asyncio
import time


class Jobs:
    """The stories of this process. Everything runs in the event loop, so there is no lock.

    The log has a line for each story that is over, when a GET has told it: id, status, and two times in seconds since
    the POST came in: until the story was over, and until that was told. Who polls sees the second one.
    """

    def __init__(self, make, fail_every=0, log=""):
        self.make = make
        self.fail_every = fail_every  # 0: none
        self.stories = {}  # by id: [status, when it was asked for, when it was over]
        self.tasks = set()  # the event loop alone would not keep them
        self.log = open(log, "a", buffering=1) if log else None

    def begin(self, story):
        """Begin a story and return what POST answers."""
        number = len(self.stories) + 1
        self.stories[str(number)] = ["queued", time.perf_counter(), 0.0]
        task = asyncio.get_running_loop().create_task(self.run(number, story))
        self.tasks.add(task)
        task.add_done_callback(self.tasks.discard)
        return {"id": str(number), "status": "queued", "scenes": story.scenes}

    async def run(self, number, story):
        """Make a story."""
        mine = self.stories[str(number)]
        mine[0] = "rendering"
        status = "failed"
        try:
            await self.make(story)
            if not self.fail_every or number % self.fail_every:
                status = "done"
        finally:
            mine[0], mine[2] = status, time.perf_counter()

    def tell(self, story_id):
        """Return what GET answers, None for a story that nobody asked for."""
        mine = self.stories.get(story_id)
        if not mine:
            return None
        status, began, ended = mine[:3]
        if ended and self.log and len(mine) == 3:
            mine.append("told")
            self.log.write(f"{story_id},{status},{ended - began:.6f},{time.perf_counter() - began:.6f}\n")
        return {"id": story_id, "status": status}
