"""A story API as it is written on a Friday, with two faults that a load test finds.

    pip install -r requirements.txt
    uvicorn app:app --port 8000

1. The work is done in the event loop: one thread, however many cores there are. STORY_MS=25 is how much of it a story takes.
2. Every story is kept for ever: STORY_MB=1 is how large one is.
"""

import os
import time

from fastapi import FastAPI, HTTPException
from pydantic import BaseModel

STORY_MS = float(os.getenv("STORY_MS", "25"))
STORY_MB = float(os.getenv("STORY_MB", "1"))

app = FastAPI(title="Slow story API")
stories = {}


class StoryRequest(BaseModel):
    prompt: str
    scenes: int = 3


def illustrate(prompt, milliseconds):
    """Work that needs the CPU: a picture, a model, a template. It takes as long alone as it does under load."""
    end = time.thread_time() + milliseconds / 1000
    while time.thread_time() < end:
        prompt = prompt[1:] + prompt[:1]
    return prompt


@app.get("/health")
def health():
    return {"status": "ok"}


@app.post("/api/v1/story", status_code=201)
async def create_story(story: StoryRequest):  # async def: nobody else is served while it works
    text = illustrate(story.prompt, STORY_MS)
    story_id = str(len(stories) + 1)
    stories[story_id] = (text, os.urandom(int(STORY_MB * 1024 * 1024)))  # the video, which nobody ever deletes
    return {"id": story_id, "status": "done", "scenes": story.scenes}


@app.get("/api/v1/story/{story_id}")
async def read_story(story_id: str):
    if story_id not in stories:
        raise HTTPException(status_code=404, detail="there is no such story")
    return {"id": story_id, "status": "done"}
