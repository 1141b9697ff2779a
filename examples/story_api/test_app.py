"""pytest, in this folder: the API, and that it counts what it served exactly."""

import asyncio
from concurrent.futures import ThreadPoolExecutor

import pytest
from fastapi.testclient import TestClient

from app import StoryRequest, environment_cost, story_api
from jobs import Jobs
from served import MAX_OTHER_NAMES, ServedCounter

STORY = {"prompt": "a fox", "scenes": 2}


async def free(story):
    """Make a story at no cost."""


@pytest.fixture
def client():
    return TestClient(ServedCounter(story_api(free)))


def served(client):
    return client.get("/served").json()


def test_stories(client):
    assert client.get("/health").json() == {"status": "ok"}
    assert client.get("/api/v1/story/1").status_code == 404
    made = client.post("/api/v1/story", json=STORY)
    assert (made.status_code, made.json()) == (201, {"id": "1", "status": "done", "scenes": 2})
    assert client.post("/api/v1/story", json={"prompt": "a fox"}).json() == {"id": "2", "status": "done", "scenes": 3}
    read = client.get("/api/v1/story/2")
    assert (read.status_code, read.json()) == (200, {"id": "2", "status": "done"})
    for unknown in ("3", "0", "01", "fox", "²"):
        answer = client.get(f"/api/v1/story/{unknown}")
        assert (answer.status_code, answer.json()) == (404, {"detail": "there is no such story"}), unknown


@pytest.mark.parametrize(
    "body", ["fox", '["a fox"]', "{}", '{"prompt":" "}', '{"prompt":"x","scenes":0}', '{"prompt":"x","scenes":21}', '{"prompt":"x","scenes":"3"}']
)
def test_bad_request(client, body):
    answer = client.post("/api/v1/story", content=body, headers={"Content-Type": "application/json"})
    assert answer.status_code == 400
    assert isinstance(answer.json()["detail"], str)


def test_served_has_the_go_target_s_form(client):
    assert client.get("/served").text == '{"total":0,"by":{},"failed":0,"connections":0,"sessions":0}'
    client.get("/health")
    client.post("/api/v1/story", json=STORY)
    client.get("/api/v1/story/1")
    client.get("/api/v1/story/9")
    client.get("/missing")
    assert served(client) == {
        "total": 5,
        "by": {"GET /health": 1, "POST /api/v1/story": 1, "GET /api/v1/story/[id]": 2, "GET /missing": 1},
        "failed": 2,
        "connections": 1,
        "sessions": 1,
    }
    assert client.post("/served/reset").json()["total"] == 0
    client.get("/health")
    assert served(client) == {"total": 1, "by": {"GET /health": 1}, "failed": 0, "connections": 0, "sessions": 0}


def test_counts_exactly_from_many_clients():
    users, stories = 8, 25
    app = ServedCounter(story_api(free))

    async def one_user():
        for _ in range(stories):
            await request(app, "GET", "/health")

    async def all_users():
        await asyncio.gather(*(one_user() for _ in range(users)))

    asyncio.run(all_users())
    assert app.served()["total"] == users * stories
    assert app.served()["sessions"] == users * stories  # these clients keep no cookies


async def request(app, method, path):
    """Send one request without a client library, so that many can be in flight."""

    async def receive():
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message):
        await asyncio.sleep(0)

    scope = {"type": "http", "method": method, "path": path, "headers": [], "query_string": b"", "client": None}
    await app(scope, receive, send)


def test_a_crash_is_counted_as_failed():
    async def crash(story):
        raise RuntimeError("no ffmpeg")

    client = TestClient(ServedCounter(story_api(crash)), raise_server_exceptions=False)
    assert client.post("/api/v1/story", json=STORY).status_code == 500
    assert served(client)["by"] == {"POST /api/v1/story": 1}
    assert served(client)["failed"] == 1


def test_foreign_cookies_get_a_session(client):
    prefix, _, _ = client.get("/health").cookies["session"].partition("-")
    for cookie in ("session=1", "session=fox-1", "other=1", f"session={prefix}-99"):
        client.cookies.clear()
        assert "session" in client.get("/health", headers={"Cookie": cookie}).cookies, cookie
    assert served(client)["sessions"] == 5


def test_a_streamed_response_is_one_request():
    async def stream(scope, receive, send):
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": b"a", "more_body": True})
        await send({"type": "http.response.body", "body": b"b"})

    client = TestClient(ServedCounter(stream))
    assert client.get("/stream").text == "ab"
    assert served(client)["total"] == 1


def test_other_names_are_bounded(client):
    for path in range(MAX_OTHER_NAMES + 5):
        client.get(f"/path/{path}")
    client.get("/health")
    by = served(client)["by"]
    assert (len(by), by["other"], by["GET /health"]) == (MAX_OTHER_NAMES + 2, 5, 1)


def test_environment(monkeypatch):
    monkeypatch.setenv("STORY_RENDER", "blender")
    with pytest.raises(SystemExit, match="STORY_RENDER=blender"):
        environment_cost()


def test_render():
    pytest.importorskip("moviepy")
    from render import leaked, render_story

    with ThreadPoolExecutor(max_workers=2) as pool:
        sizes = list(pool.map(render_story, ["a fox", "a robot"], [1, 5]))
    assert min(sizes) > 1000
    assert leaked == []
    render_story("a fox", 2, leak=True)
    assert len(leaked) == 4  # two images, the voice, the video
    for clip in leaked:
        clip.close()
    leaked.clear()


def test_jobs(tmp_path):
    log = tmp_path / "jobs.csv"
    asyncio.run(two_jobs(Jobs(slow, fail_every=2, log=str(log))))
    lines = [line.split(",") for line in log.read_text().splitlines()]
    assert [line[:2] for line in lines] == [["1", "done"], ["2", "failed"]]
    for _, _, over, told in lines:
        assert 0.05 <= float(over) <= float(told)


async def slow(story):
    await asyncio.sleep(0.05)


async def two_jobs(jobs):
    story = StoryRequest(**STORY)
    assert jobs.begin(story) == {"id": "1", "status": "queued", "scenes": 2}
    jobs.begin(story)
    assert jobs.tell("1") == {"id": "1", "status": "queued"}
    assert jobs.tell("3") is None
    while any(jobs.tell(i)["status"] in ("queued", "rendering") for i in ("1", "2")):
        await asyncio.sleep(0.01)
    assert jobs.tell("2") == {"id": "2", "status": "failed"}


def test_jobs_over_http():
    client = TestClient(ServedCounter(story_api(free, Jobs(free))))
    with client:  # one event loop for all requests, in which the stories are made
        made = client.post("/api/v1/story", json=STORY)
        assert (made.status_code, made.json()) == (202, {"id": "1", "status": "queued", "scenes": 2})
        read = client.get("/api/v1/story/1")
        assert (read.status_code, read.json()["id"]) == (200, "1")
        assert client.get("/api/v1/story/2").status_code == 404
