import json
from locust import HttpUser, between, task


class StreamUser(HttpUser):
    wait_time = between(1, 2)

    @task
    def chat(self):
        body = {"model": "tiny", "messages": [{"role": "user", "content": "Hi"}], "stream": True}
        with self.client.post("/v1/chat/completions", json=body, stream=True, catch_response=True) as response:
            if response.status_code != 200:
                response.failure(f"HTTP {response.status_code}")
                return
            text = ""
            for line in response.iter_lines():
                if not line:
                    continue
                decoded = line.decode("utf-8")
                if decoded.startswith("data: "):
                    data = decoded[len("data: "):]
                    if data == "[DONE]":
                        break
                    chunk = json.loads(data)
                    if chunk["choices"]:
                        text += chunk["choices"][0]["delta"].get("content", "")
            print("answer:", text)
            response.success()
