"""A FastAPI that shows itself to Prometheus: requests through prometheus-fastapi-instrumentator, a pool through a gauge of its own."""

from fastapi import FastAPI
from prometheus_client import Gauge, make_asgi_app
from prometheus_fastapi_instrumentator import Instrumentator

app = FastAPI()
Instrumentator().instrument(app).expose(app)
app.mount("/open", make_asgi_app())  # OpenMetrics, for whoever takes it
used = Gauge("db_pool_used", "Connections in use")


@app.get("/stories/{n}")
async def story(n: int):
    used.set(n)
    return n
