"""A story API like the one to be tested: POST a prompt, wait while a video is made, GET the story.

    uvicorn app:app --port 8000

STORY_RENDER=moviepy   makes a real video of 2 s for each story; without it a story costs only STORY_LATENCY_MS.
STORY_LATENCY_MS=20    how long a story takes when nothing is rendered, in milliseconds; 0 if not set.
STORY_LEAK=1           the render does not close its clips: the leak to be found.
STORY_JOBS=1           POST answers at once with 202, and GET tells the status: queued, rendering, done or failed.
STORY_FAIL_EVERY=10    every tenth of these stories fails; none if not set.
STORY_JOB_LOG=FILE     a line for each of these stories when a GET has told that it is done or failed (jobs.py).

One process only (no --workers): story ids and the counts at GET /served live in its memory.
"""

import asyncio
import os
from concurrent.futures import ThreadPoolExecutor
from typing import Annotated

from fastapi import FastAPI, HTTPException, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import BaseModel, Field, StringConstraints

from jobs import Jobs
from served import ServedCounter


class StoryRequest(BaseModel):
    """What the client asks for."""

    prompt: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
    scenes: int = Field(default=3, ge=1, le=20, strict=True)


def environment_cost():
    """Return the coroutine function that makes one story, as the environment says."""
    render = os.getenv("STORY_RENDER", "")
    if render == "moviepy":
        from render import render_story  # here, because MoviePy is optional and slow to import

        leak = os.getenv("STORY_LEAK", "") == "1"
        # As many renders at once as there are cores: more would only slow each other down. The event loop stays free.
        pool = ThreadPoolExecutor(max_workers=os.cpu_count(), thread_name_prefix="render")

        async def make(story):
            await asyncio.get_running_loop().run_in_executor(pool, render_story, story.prompt, story.scenes, leak)

    elif render == "":
        latency = float(os.getenv("STORY_LATENCY_MS", "0")) / 1000

        async def make(story):
            if latency > 0:
                await asyncio.sleep(latency)

    else:
        raise SystemExit(f"STORY_RENDER={render}: use moviepy, or leave it out")
    return make


def environment_jobs(make):
    """Return the stories that are made behind the answers, None if the environment does not ask for that."""
    if os.getenv("STORY_JOBS", "") != "1":
        return None
    return Jobs(make, int(os.getenv("STORY_FAIL_EVERY", "0")), os.getenv("STORY_JOB_LOG", ""))


def story_api(make, jobs=None):
    """Build the API around make, which pays for one story. With jobs, these are made behind the answers."""
    api = FastAPI(title="Story API")
    made = 0  # stories made so far. Their ids are 1 to this number, so nothing has to be kept.

    @api.exception_handler(RequestValidationError)
    async def bad_request(request: Request, error: RequestValidationError):
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        return JSONResponse({"detail": f"{where}: {first['msg']}"}, status_code=400)

    @api.get("/health")
    async def health():
        return {"status": "ok"}

    @api.post("/api/v1/story", status_code=201)
    async def create_story(story: StoryRequest):
        nonlocal made
        if jobs:
            return JSONResponse(jobs.begin(story), status_code=202)
        await make(story)
        made += 1
        return {"id": str(made), "status": "done", "scenes": story.scenes}

    @api.get("/api/v1/story/{story_id}")
    async def read_story(story_id: str):
        if jobs:
            if not (told := jobs.tell(story_id)):
                raise HTTPException(status_code=404, detail="there is no such story")
            return told
        known = story_id.isascii() and story_id.isdigit() and story_id[0] != "0" and int(story_id) <= made
        if not known:
            raise HTTPException(status_code=404, detail="there is no such story")
        return {"id": story_id, "status": "done"}

    return api


make = environment_cost()
app = ServedCounter(story_api(make, environment_jobs(make)))
