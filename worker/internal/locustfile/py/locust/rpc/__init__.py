from locust.runners import Message
